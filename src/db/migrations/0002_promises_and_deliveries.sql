CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`mail_id` text NOT NULL,
	`kind` text NOT NULL,
	`address` text,
	`is_permanent` integer,
	`detail` text,
	`at` integer NOT NULL,
	`recorded_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `deliveries_by_mail` ON `deliveries` (`mail_id`);--> statement-breakpoint
CREATE TABLE `disputes` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`invoice_id` text NOT NULL,
	`hold_id` text NOT NULL,
	`state` text NOT NULL,
	`amount_minor` integer,
	`reason` text NOT NULL,
	`text` text,
	`name` text,
	`author` text NOT NULL,
	`opened_at` integer NOT NULL,
	`answer_due_at` integer NOT NULL,
	`ended_at` integer,
	`answer` text,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`hold_id`) REFERENCES `holds`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `disputes_one_open` ON `disputes` (`invoice_id`) WHERE state = 'open';--> statement-breakpoint
CREATE INDEX `disputes_unanswered` ON `disputes` (`answer_due_at`) WHERE state = 'open';--> statement-breakpoint
CREATE TABLE `documents` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`invoice_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`media_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`content` blob NOT NULL,
	`author` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `documents_once` ON `documents` (`invoice_id`,`sha256`);--> statement-breakpoint
CREATE TABLE `instalments` (
	`plan_id` text NOT NULL,
	`seq` integer NOT NULL,
	`on_day` integer NOT NULL,
	`amount_minor` integer NOT NULL,
	`state` text NOT NULL,
	PRIMARY KEY(`plan_id`, `seq`),
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "instalments_amount" CHECK("instalments"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE `notice_invoices` (
	`notice_id` text NOT NULL,
	`invoice_id` text NOT NULL,
	PRIMARY KEY(`notice_id`, `invoice_id`),
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `notice_invoices_by_invoice` ON `notice_invoices` (`invoice_id`);--> statement-breakpoint
CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`fact` text NOT NULL,
	`kind` text NOT NULL,
	`customer_id` text NOT NULL,
	`body` text NOT NULL,
	`state` text NOT NULL,
	`leaves_at` integer NOT NULL,
	`lease_until` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`recipients` text,
	`subject` text,
	`message_id` text,
	`provider_id` text,
	`failure` text,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	`sha256` text,
	`raw` blob,
	`bytes` integer,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notices_fact_unique` ON `notices` (`fact`);--> statement-breakpoint
CREATE INDEX `notices_under_way` ON `notices` (`state`,`leaves_at`) WHERE state in ('planned', 'sending', 'unknown');--> statement-breakpoint
CREATE INDEX `notices_by_customer` ON `notices` (`customer_id`);--> statement-breakpoint
CREATE TABLE `plan_invoices` (
	`plan_id` text NOT NULL,
	`invoice_id` text NOT NULL,
	`hold_id` text,
	`amount_minor` integer NOT NULL,
	PRIMARY KEY(`plan_id`, `invoice_id`),
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`hold_id`) REFERENCES `holds`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `plan_invoices_by_invoice` ON `plan_invoices` (`invoice_id`);--> statement-breakpoint
CREATE TABLE `plans` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`state` text NOT NULL,
	`currency` text NOT NULL,
	`waives_interest` integer DEFAULT false NOT NULL,
	`note` text,
	`name` text,
	`author` text NOT NULL,
	`asked_at` integer NOT NULL,
	`decided_at` integer,
	`decided_by` text,
	`answer` text,
	`ended_at` integer,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `plans_by_customer` ON `plans` (`customer_id`);--> statement-breakpoint
CREATE INDEX `plans_agreed` ON `plans` (`id`) WHERE state = 'agreed';--> statement-breakpoint
CREATE TABLE `promises` (
	`id` text PRIMARY KEY NOT NULL,
	`made_with` text NOT NULL,
	`customer_id` text NOT NULL,
	`invoice_id` text NOT NULL,
	`hold_id` text,
	`state` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`on_day` integer NOT NULL,
	`last_day` integer NOT NULL,
	`note` text,
	`name` text,
	`author` text NOT NULL,
	`replaces` text,
	`made_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`hold_id`) REFERENCES `holds`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "promises_amount" CHECK("promises"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `promises_one_open` ON `promises` (`invoice_id`) WHERE state in ('asked', 'open');--> statement-breakpoint
CREATE INDEX `promises_by_invoice` ON `promises` (`invoice_id`);--> statement-breakpoint
CREATE INDEX `promises_open` ON `promises` (`last_day`) WHERE state = 'open';--> statement-breakpoint
CREATE TABLE `proposed_contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`state` text NOT NULL,
	`author` text NOT NULL,
	`at` integer NOT NULL,
	`decided_at` integer,
	`decided_by` text,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `proposed_contacts_by_customer` ON `proposed_contacts` (`customer_id`);--> statement-breakpoint
CREATE TABLE `revoked_links` (
	`subject` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`author` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `used_forms` (
	`token` text PRIMARY KEY NOT NULL,
	`used_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `used_forms_by_time` ON `used_forms` (`used_at`);--> statement-breakpoint
ALTER TABLE `reminders` ADD `unknown_at` integer;--> statement-breakpoint
ALTER TABLE `reminders` ADD `settled_by` text;