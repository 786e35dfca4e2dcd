CREATE INDEX `disputes_by_invoice` ON `disputes` (`invoice_id`);--> statement-breakpoint
CREATE INDEX `promises_together` ON `promises` (`made_with`);