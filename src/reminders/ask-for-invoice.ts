import type { Transaction } from "@libsql/client";
import type { StoredInvoice } from "../db/invoices.ts";
import { formatCivilDay } from "../domain/civil-date.ts";
import { LONGEST_NAME, takeLine } from "../domain/taken.ts";
import { instantOf } from "../domain/zone.ts";
import type { Services } from "../services.ts";
import { notify, tell } from "./case-news.ts";
import { type DebtorCase, openCase, requireOpen, writeCase } from "./debtor-case.ts";
import { enter } from "./recording.ts";

export type InvoiceRequest = { invoices: string[]; name?: string; author: string; customerId?: string };

/**
 * Sends invoices once more, at most once a day each, and tells the account owner; one without a link or a document on record is the
 * owner's to send. Nothing is held for it. `asked` are those that were not asked for today before. Throws `conflict` where
 * nothing is left to pay, `not_found`.
 */
export async function askForInvoice(
  services: Services,
  request: InvoiceRequest,
): Promise<{ asked: string[]; again: string[] }> {
  const { author, customerId } = request;
  const name = takeLine("name", request.name, LONGEST_NAME);
  const at = services.clock();
  return services.db.write(async (tx) => {
    const matter = await openCase(tx, { numbers: request.invoices, author, at, customerId });
    const before = await askedToday(tx, matter);
    const fresh = matter.invoices.filter(({ id }) => !before.has(id));
    const again = matter.invoices.filter(({ id }) => before.has(id)).map(({ number }) => number);
    const asked = fresh.map(({ number }) => number);
    if (fresh.length === 0) return { asked, again };
    const shares = fresh.map((invoice) => ({ invoice, amountMinor: requireOpen(matter, invoice) }));
    for (const { id } of fresh) enter(matter.recording, id, "invoice_requested", { name: name ?? undefined });
    const about = `${fresh[0]!.id} ${formatCivilDay(matter.context.today)}`;
    notify(matter, { kind: "invoice_resent", about, shares, body: { name } });
    const note = [(await isAllAtHand(tx, fresh)) ? null : "invoice_not_on_record"];
    tell(matter, { kind: "invoice_requested", to: "owner", about, shares, note });
    await writeCase(tx, matter);
    return { asked, again };
  });
}

async function askedToday(tx: Transaction, { context, invoices }: DebtorCase): Promise<Set<unknown>> {
  const { rows } = await tx.execute({
    sql: `SELECT DISTINCT l.invoice_id FROM json_each(?) j JOIN ledger l ON l.invoice_id = j.value
          WHERE l.kind = 'invoice_requested' AND l.at >= ?`,
    args: [JSON.stringify(invoices.map(({ id }) => id)), instantOf(context.today, 0, context.calendar.zone)],
  });
  return new Set(rows.map((row) => row.invoice_id));
}

async function isAllAtHand(tx: Transaction, invoices: StoredInvoice[]): Promise<boolean> {
  const bare = invoices.filter(({ invoiceUrl }) => invoiceUrl === null).map(({ id }) => id);
  const { rows } = await tx.execute({
    sql: `SELECT DISTINCT invoice_id FROM documents
          WHERE kind = 'invoice' AND invoice_id IN (SELECT value FROM json_each(?))`,
    args: [JSON.stringify(bare)],
  });
  return rows.length === bare.length;
}
