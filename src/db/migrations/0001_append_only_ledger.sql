CREATE TRIGGER `ledger_keeps_its_entries` BEFORE UPDATE ON `ledger`
BEGIN
	SELECT RAISE(ABORT, 'the ledger is append-only: an entry is never changed');
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_loses_no_entry` BEFORE DELETE ON `ledger`
BEGIN
	SELECT RAISE(ABORT, 'the ledger is append-only: an entry is never deleted');
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_knows_its_heads` AFTER INSERT ON `ledger`
BEGIN
	INSERT INTO `ledger_heads` (`invoice_id`, `seq`, `hash`) VALUES (NEW.`invoice_id`, NEW.`seq`, NEW.`hash`)
	ON CONFLICT (`invoice_id`) DO UPDATE SET `seq` = excluded.`seq`, `hash` = excluded.`hash`;
END;
