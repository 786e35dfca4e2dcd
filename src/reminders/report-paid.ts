import type { Transaction } from "@libsql/client";
import { type CivilDay, formatCivilDay } from "../domain/civil-date.ts";
import { newId } from "../domain/ids.ts";
import { LONGEST_NAME, takeLine } from "../domain/taken.ts";
import { AppError } from "../errors.ts";
import type { Services } from "../services.ts";
import { notify, type Share, tell, tellBoth } from "./case-news.ts";
import { addHold, type DebtorCase, openCase, requireOpen, writeCase } from "./debtor-case.ts";
import { enter } from "./recording.ts";
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
 * recording a payment confirms it. A second report within 30 days tells finance and holds nothing longer. Answers the day through
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
    for (const [heldUntil, told] of Map.groupBy(shares, ({ invoice }) => lastDays.get(invoice.id)!)) {
      tellOfReport(matter, report, { shares: told, reference, name, heldUntil });
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

function tellOfReport(
  matter: DebtorCase,
  { paidOn, by }: PaidReport,
  said: { shares: Share[]; reference: string | null; name: string | null; heldUntil: CivilDay | null },
): void {
  const { shares, reference, name, heldUntil } = said;
  const about = newId("ntc", matter.recording.at);
  notify(matter, { kind: "paid_reported", about, shares, body: { paidOn, reference, name, heldUntil } });
  const told = {
    kind: "paid_reported" as const,
    about,
    shares,
    note: [formatCivilDay(paidOn), reference, name],
    details: { heldUntil: heldUntil === null ? null : formatCivilDay(heldUntil) },
  };
  if (by === "owner") tell(matter, { ...told, to: "finance" });
  else tellBoth(matter, told);
}
