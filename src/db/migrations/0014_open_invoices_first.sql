-- Of two indexes that seem to cost the same SQLite takes the younger: what is owed is found without what was paid.
DROP INDEX `invoices_open_by_customer`;--> statement-breakpoint
CREATE INDEX `invoices_open_by_customer` ON `invoices` (`customer_id`,`next_look_at`) WHERE balance_minor > 0 and status = 'open';
