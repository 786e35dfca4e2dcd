CREATE TABLE `seen_webhooks` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `kept_webhooks` ADD `waits_for` text;--> statement-breakpoint
CREATE INDEX `kept_webhooks_waiting` ON `kept_webhooks` (`id`) WHERE waits_for is not null;