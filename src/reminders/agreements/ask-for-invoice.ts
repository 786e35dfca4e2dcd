import type { Transaction } from "@libsql/client";
import type { StoredInvoice } from "../../db/invoices.ts";
import { LONGEST_NAME, takeLine } from "../../domain/taken.ts";
import type { Services } from "../../services.ts";
import { enter } from "../recording.ts";
import { notify, tell } from "./case-news.ts";
import { openCase, requireOpen, writeCase } from "./debtor-case.ts";
import { enteredToday, occasionToday } from "./entered-today.ts";

export type InvoiceRequest = {
  invoices: string[];
  name?: string;
  author: string;
  /** An account owner who asks is told only where there is something to send. */
  by?: "debtor" | "owner";
  customerId?: string;
};

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
    const before = await enteredToday(tx, matter, "invoice_requested");
    const fresh = matter.invoices.filter(({ id }) => !before.has(id));
    const again = matter.invoices.filter(({ id }) => before.has(id)).map(({ number }) => number);
    const asked = fresh.map(({ number }) => number);
    if (fresh.length === 0) return { asked, again };
    const shares = fresh.map((invoice) => ({ invoice, amountMinor: requireOpen(matter, invoice) }));
    for (const { id } of fresh) enter(matter.recording, id, "invoice_requested", { name: name ?? undefined });
    const about = occasionToday(matter, shares);
    notify(matter, { kind: "invoice_resent", about, shares, body: { name } });
    const note = (await isAllAtHand(tx, fresh)) ? null : "invoice_not_on_record";
    if (request.by !== "owner" || note !== null) {
      tell(matter, { kind: "invoice_requested", to: "owner", about, shares, note: [note] });
    }
    await writeCase(tx, matter);
    return { asked, again };
  });
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
