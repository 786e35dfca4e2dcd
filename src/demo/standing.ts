import { type ListedInvoice, listInvoices } from "../db/invoice-list.ts";
import { readTimeline } from "../db/timeline.ts";
import { why } from "../reminders/forecast/why.ts";
import type { Services } from "../services.ts";
import { formatAmount } from "./amounts.ts";

/** Where an invoice stands when the story is over. */
export type Standing = {
  customer: string;
  invoice: string;
  /** Stages that left for it, in order. */
  stages: string[];
  /** The reason why nothing leaves now. */
  reason: string;
  /** What is left to pay, credit counted; empty when nothing is. */
  left: string;
};

const MOST_INVOICES = 100;
const LONGEST_LEDGER = 200;

export async function listStandings(services: Services): Promise<Standing[]> {
  const invoices = await listInvoices(services.db, {}, { limit: MOST_INVOICES });
  return Promise.all(invoices.map((invoice) => standingOf(services, invoice)));
}

async function standingOf(services: Services, invoice: ListedInvoice): Promise<Standing> {
  const { id, number, balanceMinor, currency } = invoice;
  const entries = await readTimeline(services.db, id, { after: 0, limit: LONGEST_LEDGER });
  const { reason } = await why(services, { invoiceNumber: number });
  return {
    customer: invoice.customerName,
    invoice: number,
    stages: entries.filter(({ kind }) => kind === "reminder_sent").map(({ data }) => String(data.stage)),
    reason: reason ?? "",
    left: balanceMinor === 0 || reason === "paid" ? "" : formatAmount(balanceMinor, currency),
  };
}
