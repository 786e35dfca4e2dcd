import { appendLedger, ledgerHeadsQuery, readHeads } from "../../db/ledger.ts";
import {
  markMissingStatement,
  type OpenInvoice,
  openInvoicesQuery,
  readMarked,
  readOpenInvoices,
} from "../../db/missing-invoices.ts";
import { touchCustomers } from "../../db/touch.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";

const PAGE = 2000;

/**
 * Marks the open invoices that a complete file did not name, unless it is only a rehearsal. Answers the numbers of all that are
 * absent, those marked before included. What became known after `at` cannot be in the file and is left alone.
 */
export async function markMissing(
  services: Services,
  options: { isPresent(number: string): boolean; author: string; at: Instant; isDryRun: boolean },
): Promise<string[]> {
  const { isPresent, author, at, isDryRun } = options;
  const missing: string[] = [];
  let after = "";
  for (;;) {
    const page = await readPage(services, { after, limit: PAGE, knownBy: at });
    const absent = page.filter((invoice) => !isPresent(invoice.number));
    for (const invoice of absent) missing.push(invoice.number);
    const unmarked = absent.filter((invoice) => !invoice.isMarked).map((invoice) => invoice.id);
    if (!isDryRun && unmarked.length > 0) await mark(services, unmarked, { author, at });
    if (page.length < PAGE) return missing;
    after = page.at(-1)!.id;
  }
}

async function readPage(
  services: Services,
  page: { after: string; limit: number; knownBy: Instant },
): Promise<OpenInvoice[]> {
  const [invoices] = await services.db.batch([openInvoicesQuery(page)], "read");
  return readOpenInvoices(invoices!);
}

async function mark(
  services: Services,
  invoiceIds: string[],
  { author, at }: { author: string; at: Instant },
): Promise<void> {
  await services.db.write(async (tx) => {
    const [updated, stored] = await tx.batch([
      markMissingStatement(invoiceIds, at),
      ledgerHeadsQuery(invoiceIds),
    ]);
    const marked = readMarked(updated!);
    if (marked.length === 0) return;
    const entry = { at, kind: "invoice_missing" as const, author, data: {} };
    await tx.batch([
      appendLedger(
        readHeads(stored!),
        marked.map(({ invoiceId }) => ({ invoiceId, entry })),
      ),
      ...touchCustomers(
        marked.map(({ customerId }) => customerId),
        at,
      ),
    ]);
  });
}
