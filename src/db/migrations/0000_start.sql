CREATE TABLE `alerts` (
	`id` text PRIMARY KEY NOT NULL,
	`fact` text NOT NULL,
	`kind` text NOT NULL,
	`customer_id` text,
	`invoice_id` text,
	`to_email` text,
	`payload` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_try_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`posted_at` integer,
	`channel` text,
	`ts` text,
	`error` text,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alerts_fact_unique` ON `alerts` (`fact`);--> statement-breakpoint
CREATE INDEX `alerts_pending` ON `alerts` (`next_try_at`) WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX `alerts_by_invoice` ON `alerts` (`invoice_id`,`kind`);--> statement-breakpoint
CREATE TABLE `allocations` (
	`payment_id` text NOT NULL,
	`invoice_id` text NOT NULL,
	`amount_minor` integer NOT NULL,
	PRIMARY KEY(`payment_id`, `invoice_id`),
	FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `allocations_by_invoice` ON `allocations` (`invoice_id`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`role` text NOT NULL,
	`name` text,
	`email` text NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "contacts_role" CHECK("contacts"."role" in ('billing', 'manager', 'executive', 'legal'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contacts_once` ON `contacts` (`customer_id`,`role`,`email`);--> statement-breakpoint
CREATE INDEX `contacts_by_email` ON `contacts` (`email`);--> statement-breakpoint
CREATE TABLE `creditors` (
	`id` integer PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "creditors_only_one" CHECK("creditors"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE `customers` (
	`id` text PRIMARY KEY NOT NULL,
	`ref` text NOT NULL,
	`name` text NOT NULL,
	`legal_name` text,
	`address` text,
	`kind` text DEFAULT 'company' NOT NULL,
	`country` text,
	`locale` text,
	`timezone` text,
	`owner_email` text,
	`policy` text,
	`facts_version` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`owner_email`) REFERENCES `owners`(`email`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "customers_kind" CHECK("customers"."kind" in ('company', 'sole_trader', 'public', 'consumer'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `customers_ref_unique` ON `customers` (`ref`);--> statement-breakpoint
CREATE INDEX `customers_by_policy` ON `customers` (`policy`) WHERE policy is not null;--> statement-breakpoint
CREATE TABLE `holds` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`invoice_id` text,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`amount_minor` integer,
	`from_at` integer NOT NULL,
	`until` integer,
	`question_to` text,
	`ended_at` integer,
	`author` text NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "holds_end" CHECK("holds"."until" is not null or "holds"."question_to" is not null)
);
--> statement-breakpoint
CREATE INDEX `holds_by_customer` ON `holds` (`customer_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `holds_one_manual` ON `holds` (`invoice_id`) WHERE kind = 'manual' and ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `holds_one_manual_of_customer` ON `holds` (`customer_id`) WHERE kind = 'manual' and ended_at is null and invoice_id is null;--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`file_name` text NOT NULL,
	`is_complete` integer DEFAULT false NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`rows` integer DEFAULT 0 NOT NULL,
	`imported` integer DEFAULT 0 NOT NULL,
	`unchanged` integer DEFAULT 0 NOT NULL,
	`refused` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `invoices` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`customer_id` text NOT NULL,
	`currency` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`balance_minor` integer NOT NULL,
	`issued_on` integer,
	`due_on` integer,
	`status` text DEFAULT 'open' NOT NULL,
	`po_number` text,
	`payment_url` text,
	`invoice_url` text,
	`missing_since` integer,
	`next_look_at` integer,
	`waits_for` text,
	`stage_due_on` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "invoices_amount" CHECK("invoices"."amount_minor" >= 0),
	CONSTRAINT "invoices_balance" CHECK("invoices"."balance_minor" between 0 and "invoices"."amount_minor"),
	CONSTRAINT "invoices_status" CHECK("invoices"."status" in ('open', 'void', 'written_off')),
	CONSTRAINT "invoices_dates" CHECK("invoices"."issued_on" is null or "invoices"."due_on" is null or "invoices"."due_on" >= "invoices"."issued_on")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invoices_number_unique` ON `invoices` (`number`);--> statement-breakpoint
CREATE INDEX `invoices_next_look` ON `invoices` (`next_look_at`,`customer_id`) WHERE next_look_at is not null;--> statement-breakpoint
CREATE INDEX `invoices_open_by_customer` ON `invoices` (`customer_id`,`next_look_at`) WHERE balance_minor > 0 and status = 'open';--> statement-breakpoint
CREATE INDEX `invoices_waiting` ON `invoices` (`waits_for`,`stage_due_on`) WHERE waits_for is not null;--> statement-breakpoint
CREATE TABLE `ledger` (
	`invoice_id` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`author` text NOT NULL,
	`data` text NOT NULL,
	`prev_hash` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`invoice_id`, `seq`),
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `ledger_heads` (
	`invoice_id` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `messages` (
	`reminder_id` text PRIMARY KEY NOT NULL,
	`sha256` text NOT NULL,
	`raw` blob NOT NULL,
	`bytes` integer NOT NULL,
	FOREIGN KEY (`reminder_id`) REFERENCES `reminders`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `owners` (
	`email` text PRIMARY KEY NOT NULL,
	`slack_user_id` text,
	`looked_up_at` integer
);
--> statement-breakpoint
CREATE TABLE `payments` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`kind` text NOT NULL,
	`currency` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`allocated_minor` integer NOT NULL,
	`paid_on` integer NOT NULL,
	`identity` text NOT NULL,
	`reference` text,
	`source` text NOT NULL,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "payments_amount" CHECK("payments"."amount_minor" > 0),
	CONSTRAINT "payments_kind" CHECK("payments"."kind" in ('payment', 'credit_note', 'refund'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payments_once` ON `payments` (`kind`,`identity`);--> statement-breakpoint
CREATE INDEX `payments_unallocated` ON `payments` (`customer_id`) WHERE amount_minor > abs(allocated_minor);--> statement-breakpoint
CREATE TABLE `policies` (
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`name`, `version`)
);
--> statement-breakpoint
CREATE TABLE `reminder_invoices` (
	`reminder_id` text NOT NULL,
	`invoice_id` text NOT NULL,
	`stage` text NOT NULL,
	`asked_minor` integer NOT NULL,
	`balance_minor` integer NOT NULL,
	`counts` integer DEFAULT true NOT NULL,
	PRIMARY KEY(`reminder_id`, `invoice_id`),
	FOREIGN KEY (`reminder_id`) REFERENCES `reminders`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reminder_invoices_stage_once` ON `reminder_invoices` (`invoice_id`,`stage`) WHERE counts = 1;--> statement-breakpoint
CREATE TABLE `reminders` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`stage` text NOT NULL,
	`state` text NOT NULL,
	`policy_name` text NOT NULL,
	`policy_version` integer NOT NULL,
	`leaves_on` integer NOT NULL,
	`recipients` text NOT NULL,
	`subject` text,
	`message_id` text,
	`provider_id` text,
	`is_backlog` integer DEFAULT false NOT NULL,
	`lease_until` integer,
	`failure` text,
	`asked_at` integer,
	`decision` text,
	`decided_at` integer,
	`decided_by` text,
	`closed_at` integer,
	`created_at` integer NOT NULL,
	`sending_at` integer,
	`sent_at` integer,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reminders_state" CHECK(state in ('planned', 'awaiting_approval', 'claimed', 'sending', 'sent', 'delivered', 'bounced', 'complained', 'deferred', 'failed', 'unknown', 'cancelled'))
);
--> statement-breakpoint
CREATE INDEX `reminders_by_customer` ON `reminders` (`customer_id`,`leaves_on`);--> statement-breakpoint
CREATE INDEX `reminders_under_way` ON `reminders` (`state`) WHERE state in ('claimed', 'sending', 'unknown', 'awaiting_approval');--> statement-breakpoint
CREATE INDEX `reminders_backlog` ON `reminders` (`leaves_on`) WHERE is_backlog = 1;--> statement-breakpoint
CREATE TABLE `runs` (
	`id` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`counts` text,
	`left` integer,
	`failed` integer,
	`error` text
);
--> statement-breakpoint
CREATE INDEX `runs_by_start` ON `runs` (`started_at`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `suppressions` (
	`address` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`source` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `waived_stages` (
	`invoice_id` text NOT NULL,
	`stage` text NOT NULL,
	`at` integer NOT NULL,
	`waived_on` integer NOT NULL,
	`author` text NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`invoice_id`, `stage`),
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action
);
