import type { Transaction } from "@libsql/client";
import { type CivilDay, DAY_MS } from "../../domain/civil-date.ts";
import { addHold, type DebtorCase } from "./debtor-case.ts";

const ONCE_IN_MS = 30 * DAY_MS;

/**
 * Through which day each invoice of the case waits for our people, whom a debtor gave something to find or to answer: `days` sending
 * days, once in 30 days. Said again, it waits no longer than it does already; null where that is over: its reminders go on.
 */
export async function shortHolds(
  tx: Transaction,
  { recording, context, stored, invoices, holds }: DebtorCase,
  { kind, days }: { kind: "paid_reported" | "reply"; days: number },
): Promise<Map<string, CivilDay | null>> {
  const { today, calendar } = context;
  const { rows } = await tx.execute({
    // Not those of mails: each of them waits anew for the person who reads it.
    sql: `SELECT invoice_id FROM holds h WHERE customer_id = ? AND kind = ? AND from_at > ? AND NOT EXISTS (
            SELECT 1 FROM reply_invoices x WHERE x.invoice_id = h.invoice_id AND x.hold_id = h.id)`,
    args: [stored.facts.id, kind, recording.at - ONCE_IN_MS],
  });
  const held = new Set(rows.map((row) => row.invoice_id));
  const heldUntil = (id: string): CivilDay | null => {
    if (!held.has(id)) return calendar.add(today, days);
    const lastDays = holds.filter((hold) => hold.kind === kind && hold.invoiceId === id);
    const last = Math.max(...lastDays.map(({ until }) => until ?? 0));
    return last >= today ? last : null;
  };
  return new Map(invoices.map(({ id }) => [id, heldUntil(id)]));
}

/**
 * Holds the invoices of the case for the few days that the policy gives people to answer, each once in 30 days; `reasonOf` says for
 * what. Answers the holds by invoice, and the day through which all are held, null where one is not.
 */
export async function holdForAnswer(
  tx: Transaction,
  matter: DebtorCase,
  reasonOf: (invoiceId: string) => string,
): Promise<{ holdIds: Map<string, string>; heldUntil: CivilDay | null }> {
  const { creditor, context } = matter;
  const lastDays = await shortHolds(tx, matter, { kind: "reply", days: context.policy.replies.holdDays });
  const holdIds = new Map<string, string>();
  for (const [invoiceId, until] of lastDays) {
    if (until === null) continue;
    const questionTo = creditor?.financeOwner ?? null;
    const hold = { invoiceId, kind: "reply" as const, reason: reasonOf(invoiceId), amountMinor: null };
    holdIds.set(invoiceId, addHold(matter, { ...hold, until, questionTo }).id);
  }
  return { holdIds, heldUntil: earliest(lastDays) };
}

/** The day through which all are held; null where one is not. */
export function earliest(lastDays: Map<string, CivilDay | null>): CivilDay | null {
  const days = [...lastDays.values()].filter((day) => day !== null);
  return days.length < lastDays.size ? null : Math.min(...days);
}
