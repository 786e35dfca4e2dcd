CREATE TABLE `payment_names` (
	`name` text PRIMARY KEY NOT NULL,
	`of` text NOT NULL,
	`kind` text,
	`amount_minor` integer
);
--> statement-breakpoint
CREATE INDEX `payment_names_by_meaning` ON `payment_names` (`of`);--> statement-breakpoint
CREATE TABLE `webhook_attempts` (
	`message_id` text NOT NULL,
	`at` integer NOT NULL,
	`status` integer,
	`error` text,
	`duration_ms` integer NOT NULL,
	FOREIGN KEY (`message_id`) REFERENCES `webhook_messages`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `webhook_attempts_by_message` ON `webhook_attempts` (`message_id`,`at`);--> statement-breakpoint
CREATE TABLE `webhook_endpoints` (
	`id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`events` text,
	`secret` text NOT NULL,
	`read_through` integer NOT NULL,
	`created_at` integer NOT NULL,
	`author` text NOT NULL,
	`closed_at` integer,
	`closed_by` text
);
--> statement-breakpoint
CREATE TABLE `webhook_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`endpoint_id` text NOT NULL,
	`fact` text NOT NULL,
	`type` text NOT NULL,
	`body` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_try_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	FOREIGN KEY (`endpoint_id`) REFERENCES `webhook_endpoints`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_messages_once` ON `webhook_messages` (`endpoint_id`,`fact`);--> statement-breakpoint
CREATE INDEX `webhook_messages_pending` ON `webhook_messages` (`next_try_at`) WHERE state = 'pending';