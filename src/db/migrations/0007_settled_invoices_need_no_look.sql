UPDATE `invoices` SET `next_look_at` = NULL, `waits_for` = NULL, `stage_due_on` = NULL
WHERE `next_look_at` IS NOT NULL AND (`balance_minor` = 0 OR `status` <> 'open');
--> statement-breakpoint
CREATE TRIGGER `invoices_settled_need_no_look` AFTER UPDATE OF `balance_minor`, `status` ON `invoices`
WHEN NEW.`next_look_at` IS NOT NULL AND (NEW.`balance_minor` = 0 OR NEW.`status` <> 'open')
BEGIN
	UPDATE `invoices` SET `next_look_at` = NULL, `waits_for` = NULL, `stage_due_on` = NULL WHERE `id` = NEW.`id`;
END;
