import type { Transaction } from "@libsql/client";
import { type CivilDay, DAY_MS, formatCivilDay } from "../domain/civil-date.ts";
import { newId } from "../domain/ids.ts";
import { LONGEST_NAME, takeLine } from "../domain/taken.ts";
import type { Instant } from "../domain/zone.ts";
import { AppError } from "../errors.ts";
import type { Services } from "../services.ts";
import { notify, type Share, tell, tellBoth } from "./case-news.ts";
import { addHold, type DebtorCase, openCase, requireOpen, writeCase } from "./debtor-case.ts";
import { enter } from "./recording.ts";

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
const ONCE_IN_MS = 30 * DAY_MS;

/**
 * Records that somebody says invoices are paid: they are held for three sending days, and finance is asked to find the money. Only
 * recording a payment confirms it. A second report within 30 days tells finance and holds nothing longer. Throws `invalid` for a
 * day to come, `conflict` where nothing is left to pay, `not_found`.
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
    const { today, calendar } = matter.context;
    if (paidOn > today) {
      throw new AppError("invalid", `${formatCivilDay(paidOn)} is to come: what will be paid is a promise`);
    }
    const shares = matter.invoices.map((invoice) => ({ invoice, amountMinor: requireOpen(matter, invoice) }));
    const heldUntil = calendar.add(today, HOLD_SENDING_DAYS);
    const held = await holdNewlyReported(tx, matter, { until: heldUntil, since: at - ONCE_IN_MS });
    for (const { invoice } of shares) {
      enter(matter.recording, invoice.id, "paid_reported", {
        by,
        paid_on: formatCivilDay(paidOn),
        reference: reference ?? undefined,
        name: name ?? undefined,
        held_until: held.has(invoice.id) ? formatCivilDay(heldUntil) : undefined,
      });
    }
    tellOfReport(matter, report, { shares, reference, name });
    await writeCase(tx, matter);
    return { heldUntil: held.size > 0 ? heldUntil : null, invoices: numbers };
  });
}

/** Holds those invoices that nobody reported as paid lately; a report that is repeated does not put reminders off for ever. */
async function holdNewlyReported(
  tx: Transaction,
  matter: DebtorCase,
  { until, since }: { until: CivilDay; since: Instant },
): Promise<Set<string>> {
  const { invoices, stored, creditor } = matter;
  const { rows } = await tx.execute({
    sql: `SELECT invoice_id FROM holds WHERE customer_id = ? AND kind = 'paid_reported' AND from_at > ?`,
    args: [stored.facts.id, since],
  });
  const reported = new Set(rows.map((row) => row.invoice_id));
  const fresh = invoices.filter(({ id }) => !reported.has(id));
  for (const { id } of fresh) {
    addHold(matter, {
      invoiceId: id,
      kind: "paid_reported",
      reason: "reported as paid",
      amountMinor: null,
      until,
      questionTo: creditor?.financeOwner ?? null,
    });
  }
  return new Set(fresh.map(({ id }) => id));
}

function tellOfReport(
  matter: DebtorCase,
  { paidOn, by }: PaidReport,
  { shares, reference, name }: { shares: Share[]; reference: string | null; name: string | null },
): void {
  const about = newId("ntc", matter.recording.at);
  notify(matter, { kind: "paid_reported", about, shares, body: { paidOn, reference, name } });
  const told = {
    kind: "paid_reported" as const,
    about,
    shares,
    note: [formatCivilDay(paidOn), reference, name],
  };
  if (by === "owner") tell(matter, { ...told, to: "finance" });
  else tellBoth(matter, told);
}
