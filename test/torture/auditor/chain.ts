import { createHash } from "node:crypto";
import type { Finding } from "./findings.ts";
import type { Invoice, LedgerRow, Records } from "./records.ts";

/** Entries that were changed, left out or put in; chains cut off; invoices without one. */
export function brokenChains({ invoices, heads }: Records): Finding[] {
  return [...invoices.values()].flatMap((invoice) => {
    const broken = breakOf(invoice, heads.get(invoice.id));
    return broken ? [{ invoice: invoice.number, what: broken }] : [];
  });
}

function breakOf({ id, ledger }: Invoice, head: { seq: number; hash: string } | undefined): string | null {
  if (ledger.length === 0) return "its chain has no entry";
  let previous = "";
  for (const [i, entry] of ledger.entries()) {
    if (entry.seq !== i + 1) return `entry ${i + 1} is missing`;
    if (entry.prevHash !== previous) return `entry ${entry.seq} does not follow from the one before it`;
    if (hashOf(id, entry) !== entry.hash) return `entry ${entry.seq} is not what was hashed`;
    previous = entry.hash;
  }
  if (head?.seq !== ledger.length || head.hash !== previous) return "it does not end where it ended last";
  return null;
}

function hashOf(invoiceId: string, { seq, at, kind, author, text, prevHash }: LedgerRow): string {
  const line = JSON.stringify([invoiceId, seq, at, kind, author, text, prevHash]);
  return createHash("sha256").update(line, "utf8").digest("hex");
}
