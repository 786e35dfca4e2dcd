DROP INDEX `plans_agreed`;--> statement-breakpoint
ALTER TABLE `plans` ADD `judge_at` integer;--> statement-breakpoint
CREATE INDEX `plans_to_judge` ON `plans` (`judge_at`) WHERE judge_at is not null;--> statement-breakpoint
DROP INDEX `promises_open`;--> statement-breakpoint
ALTER TABLE `promises` ADD `note_at` integer;--> statement-breakpoint
ALTER TABLE `promises` ADD `judge_at` integer;--> statement-breakpoint
CREATE INDEX `promises_to_note` ON `promises` (`note_at`) WHERE note_at is not null;--> statement-breakpoint
CREATE INDEX `promises_to_judge` ON `promises` (`judge_at`) WHERE judge_at is not null;--> statement-breakpoint
ALTER TABLE `instalments` ADD `note_at` integer;--> statement-breakpoint
CREATE INDEX `instalments_to_note` ON `instalments` (`note_at`) WHERE note_at is not null;--> statement-breakpoint
CREATE INDEX `holds_awaiting` ON `holds` (`until`) WHERE kind in ('paid_reported', 'reply') and ended_at is null;