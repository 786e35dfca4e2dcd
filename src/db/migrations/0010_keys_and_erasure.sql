CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`hash` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`last_used_on` integer,
	`revoked_at` integer,
	`revoked_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_unique` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_one_in_force` ON `api_keys` (`name`) WHERE revoked_at is null;--> statement-breakpoint
ALTER TABLE `customers` ADD `erased_at` integer;--> statement-breakpoint
CREATE INDEX `invoices_by_customer` ON `invoices` (`customer_id`);--> statement-breakpoint
DROP TRIGGER `ledger_keeps_its_entries`;
--> statement-breakpoint
CREATE TRIGGER `ledger_keeps_its_entries` BEFORE UPDATE ON `ledger`
WHEN OLD.`data` = NEW.`data` OR NEW.`data` IS NOT json_remove(OLD.`data`,
	'$.name', '$.email', '$.address', '$.from', '$.subject', '$.sentence', '$.to', '$.refused_addresses', '$.open_addresses', '$.detail', '$.note', '$.text', '$.answer',
	'$.payment_url', '$.invoice_url', iif(OLD.`kind` = 'dispute_opened', '$.none', '$.reason'),
	iif(OLD.`kind` = 'paid_reported', '$.reference', '$.none'))
	OR (OLD.`invoice_id`, OLD.`seq`, OLD.`at`, OLD.`kind`, OLD.`author`, OLD.`prev_hash`, OLD.`hash`)
	IS NOT (NEW.`invoice_id`, NEW.`seq`, NEW.`at`, NEW.`kind`, NEW.`author`, NEW.`prev_hash`, NEW.`hash`)
BEGIN
	SELECT RAISE(ABORT, 'the ledger is append-only: an entry is never changed');
END;
