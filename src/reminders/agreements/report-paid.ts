import type { Transaction } from "@libsql/client";
import { type CivilDay, formatCivilDay } from "../../domain/civil-date.ts";
import { LONGEST_NAME, takeLine } from "../../domain/taken.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { enter } from "../recording.ts";
import { notify, type Share, tell, tellBoth } from "./case-news.ts";
import { addHold, type DebtorCase, openCase, requireOpen, writeCase } from "./debtor-case.ts";
import { enteredToday, occasionToday } from "./entered-today.ts";
import { earliest, shortHolds } from "./short-hold.ts";

export type PaidReport = {
  invoices: string[];
  paidOn: CivilDay;
  reference?: string;
  name?: string;
  author: string;
  by: "debtor" | "owner";
  customerId?: string;
};

const HOLD_SENDING_DAYS = 3;

/**
 * Records that somebody says invoices are paid: they are held for three sending days, and finance is asked to find the money. Only
 * recording a payment confirms it. A second report within 30 days tells finance and holds nothing longer; one on the same day is told only for a new proof. Answers the day through
 * which all of them are held, null where one is not. Throws `invalid` for a day to come, `conflict` where nothing is left to pay,
 * `not_found`.
 */
export async function reportPaid(
  services: Services,
  report: PaidReport,
): Promise<{ heldUntil: CivilDay | null; invoices: string[] }> {
  const { invoices: numbers, paidOn, author, by, customerId } = report;
  const reference = takeLine("reference", report.reference, LONGEST_NAME);
  const name = takeLine("name", report.name, LONGEST_NAME);
  const at = services.clock();
  return services.db.write(async (tx) => {
    const matter = await openCase(tx, { numbers, author, at, customerId });
    if (paidOn > matter.context.today) {
      throw new AppError("invalid", `${formatCivilDay(paidOn)} is to come: what will be paid is a promise`);
    }
    const shares = matter.invoices.map((invoice) => ({ invoice, amountMinor: requireOpen(matter, invoice) }));
    const lastDays = await holdReported(tx, matter);
    const before = await enteredToday(tx, matter, "paid_reported");
    const proofs = await proofsOf(tx, matter);
    for (const { invoice } of shares) {
      const heldUntil = lastDays.get(invoice.id)!;
      enter(matter.recording, invoice.id, "paid_reported", {
        by,
        paid_on: formatCivilDay(paidOn),
        reference: reference ?? undefined,
        name: name ?? undefined,
        held_until: heldUntil === null ? undefined : formatCivilDay(heldUntil),
      });
    }
    const news = shares.filter(({ invoice }) => !before.has(invoice.id) || proofs.has(invoice.id));
    for (const [heldUntil, told] of Map.groupBy(news, ({ invoice }) => lastDays.get(invoice.id)!)) {
      const documents = told.flatMap(({ invoice }) => proofs.get(invoice.id) ?? []);
      tellOfReport(matter, report, { shares: told, before, documents, reference, name, heldUntil });
    }
    await writeCase(tx, matter);
    return { heldUntil: earliest(lastDays), invoices: numbers };
  });
}

/** Holds those invoices that nobody reported as paid lately; a report that is repeated does not put reminders off for ever. */
async function holdReported(tx: Transaction, matter: DebtorCase): Promise<Map<string, CivilDay | null>> {
  const { invoices, holds, creditor } = matter;
  const lastDays = await shortHolds(tx, matter, { kind: "paid_reported", days: HOLD_SENDING_DAYS });
  const held = new Set(
    holds.filter(({ kind }) => kind === "paid_reported").map(({ invoiceId }) => invoiceId),
  );
  for (const { id } of invoices) {
    const until = lastDays.get(id)!;
    if (until === null || held.has(id)) continue;
    addHold(matter, {
      invoiceId: id,
      kind: "paid_reported",
      reason: "reported as paid",
      amountMinor: null,
      until,
      questionTo: creditor?.financeOwner ?? null,
    });
  }
  return lastDays;
}

/** The proofs that the author left with the invoices of the case since their last report; ids, for names may tell of people. */
async function proofsOf(
  tx: Transaction,
  { invoices, recording }: DebtorCase,
): Promise<Map<string, string[]>> {
  const { rows } = await tx.execute({
    sql: `SELECT d.id, d.invoice_id FROM json_each(?) j JOIN documents d ON d.invoice_id = j.value
          WHERE d.kind = 'proof' AND d.author = ? AND d.at > coalesce(
            (SELECT max(l.at) FROM ledger l WHERE l.invoice_id = j.value AND l.kind = 'paid_reported'), 0) ORDER BY d.id`,
    args: [JSON.stringify(invoices.map(({ id }) => id)), recording.author],
  });
  const byInvoice = Map.groupBy(rows, (row) => String(row.invoice_id));
  return new Map([...byInvoice].map(([id, proofs]) => [id, proofs.map((row) => String(row.id))]));
}

type News = {
  shares: Share[];
  /** Reported on this day already: the debtor has had a mail of them. */
  before: Set<unknown>;
  documents: string[];
  reference: string | null;
  name: string | null;
  heldUntil: CivilDay | null;
};

function tellOfReport(matter: DebtorCase, { paidOn, by }: PaidReport, news: News): void {
  const { shares, before, documents, reference, name, heldUntil } = news;
  const fresh = shares.filter(({ invoice }) => !before.has(invoice.id));
  if (fresh.length > 0) {
    const body = { paidOn, reference, name, heldUntil };
    notify(matter, { kind: "paid_reported", about: occasionToday(matter, fresh), shares: fresh, body });
  }
  const told = {
    kind: "paid_reported" as const,
    about: documents[0] ?? occasionToday(matter, shares),
    shares,
    note: [formatCivilDay(paidOn), reference, name],
    details: { heldUntil: heldUntil === null ? null : formatCivilDay(heldUntil), documents },
  };
  if (by === "owner") tell(matter, { ...told, to: "finance" });
  else tellBoth(matter, told);
}
