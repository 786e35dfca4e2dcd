CREATE TABLE `kept_webhooks` (
	`id` text PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`reason` text NOT NULL,
	`body` text NOT NULL,
	`received_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `notices_by_provider` ON `notices` (`provider_id`) WHERE provider_id is not null;--> statement-breakpoint
CREATE INDEX `reminders_by_provider` ON `reminders` (`provider_id`) WHERE provider_id is not null;