CREATE TABLE `reminder_totals` (
	`state` text PRIMARY KEY NOT NULL,
	`total` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `runs` ADD `by_machine_clock` integer DEFAULT false NOT NULL;--> statement-breakpoint
INSERT INTO `reminder_totals` (`state`, `total`) SELECT `state`, count(*) FROM `reminders` GROUP BY `state`;
--> statement-breakpoint
CREATE TRIGGER `reminders_count_new` AFTER INSERT ON `reminders`
BEGIN
	INSERT INTO `reminder_totals` (`state`, `total`) VALUES (NEW.`state`, 1)
	ON CONFLICT (`state`) DO UPDATE SET `total` = `total` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `reminders_count_changed` AFTER UPDATE OF `state` ON `reminders` WHEN NEW.`state` <> OLD.`state`
BEGIN
	INSERT INTO `reminder_totals` (`state`, `total`) VALUES (NEW.`state`, 1)
	ON CONFLICT (`state`) DO UPDATE SET `total` = `total` + 1;
END;
