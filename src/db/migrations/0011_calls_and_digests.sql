CREATE TABLE `calls` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`invoice_id` text,
	`on_day` integer NOT NULL,
	`person` text NOT NULL,
	`said` text NOT NULL,
	`author` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `calls_by_customer` ON `calls` (`customer_id`,`on_day`);--> statement-breakpoint
CREATE TABLE `replies` (
	`id` text PRIMARY KEY NOT NULL,
	`identity` text NOT NULL,
	`customer_id` text,
	`mail_id` text,
	`matched_by` text,
	`proof` text NOT NULL,
	`is_machine` integer NOT NULL,
	`kind` text NOT NULL,
	`from_address` text,
	`subject` text,
	`quote` text NOT NULL,
	`confidence` real NOT NULL,
	`proposal` text,
	`returns_on` integer,
	`state` text NOT NULL,
	`decided_at` integer,
	`decided_by` text,
	`ask_again_at` integer,
	`received_at` integer NOT NULL,
	`sha256` text NOT NULL,
	`raw` blob NOT NULL,
	`bytes` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `replies_identity_unique` ON `replies` (`identity`);--> statement-breakpoint
CREATE INDEX `replies_by_customer` ON `replies` (`customer_id`);--> statement-breakpoint
CREATE INDEX `replies_open` ON `replies` (`id`) WHERE state in ('open', 'accepting');--> statement-breakpoint
CREATE INDEX `replies_to_ask_again` ON `replies` (`ask_again_at`) WHERE ask_again_at is not null;--> statement-breakpoint
CREATE TABLE `reply_invoices` (
	`reply_id` text NOT NULL,
	`invoice_id` text NOT NULL,
	`hold_id` text,
	PRIMARY KEY(`reply_id`, `invoice_id`),
	FOREIGN KEY (`reply_id`) REFERENCES `replies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invoice_id`) REFERENCES `invoices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`hold_id`) REFERENCES `holds`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `reply_invoices_by_invoice` ON `reply_invoices` (`invoice_id`);--> statement-breakpoint
ALTER TABLE `owners` ADD `timezone` text;--> statement-breakpoint
ALTER TABLE `owners` ADD `digest_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `owners_digest` ON `owners` (`digest_at`);--> statement-breakpoint
CREATE INDEX `alerts_for_digest` ON `alerts` (`to_email`) WHERE state = 'digest';--> statement-breakpoint
CREATE INDEX `customers_by_owner` ON `customers` (`owner_email`) WHERE owner_email is not null;