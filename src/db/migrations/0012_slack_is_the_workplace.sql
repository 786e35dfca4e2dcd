CREATE TABLE `threads` (
	`customer_id` text NOT NULL,
	`recipient` text NOT NULL,
	`channel` text NOT NULL,
	`ts` text NOT NULL,
	`alert_id` text NOT NULL,
	PRIMARY KEY(`customer_id`, `recipient`),
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`alert_id`) REFERENCES `alerts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `alerts` ADD `about` text;--> statement-breakpoint
ALTER TABLE `alerts` ADD `asks` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `alerts` ADD `claimed_until` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `settled_at` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `settled_by` text;--> statement-breakpoint
ALTER TABLE `alerts` ADD `settled_as` text;--> statement-breakpoint
ALTER TABLE `alerts` ADD `is_stale` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `alerts_asking` ON `alerts` (`customer_id`) WHERE asks = 1;--> statement-breakpoint
CREATE INDEX `alerts_stale` ON `alerts` (`id`) WHERE is_stale = 1;--> statement-breakpoint
CREATE INDEX `alerts_posted` ON `alerts` (`posted_at`);--> statement-breakpoint
ALTER TABLE `customers` ADD `alerts_to` text;--> statement-breakpoint
ALTER TABLE `owners` ADD `slack_locale` text;--> statement-breakpoint
ALTER TABLE `owners` ADD `team_channel` text;--> statement-breakpoint
ALTER TABLE `owners` ADD `deputy_email` text;--> statement-breakpoint
ALTER TABLE `owners` ADD `away_from` integer;--> statement-breakpoint
ALTER TABLE `owners` ADD `away_until` integer;--> statement-breakpoint
CREATE INDEX `owners_by_slack_user` ON `owners` (`slack_user_id`) WHERE slack_user_id is not null;--> statement-breakpoint
CREATE INDEX `owners_by_deputy` ON `owners` (`deputy_email`) WHERE deputy_email is not null;