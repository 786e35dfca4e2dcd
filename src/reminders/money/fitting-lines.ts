import type { Fitting, Unclear } from "../../db/exact-balances.ts";
import type { AlertInvoice } from "../../domain/alert.ts";
import { DAY_MS, formatCivilDay } from "../../domain/civil-date.ts";
import type { Instant } from "../../domain/zone.ts";
import { amountOf } from "../alerts/alerts-of-plan.ts";

/** Invoices that unclear money would settle, as they are listed. */
export function fittingLines(
  fitting: Fitting[],
  { currency, amountMinor }: Omit<Unclear, "customerId">,
  at: Instant,
): AlertInvoice[] {
  return fitting.map(({ number, customer, dueOn }) => ({
    number,
    customer,
    amount: amountOf(amountMinor, currency),
    dueOn: dueOn === null ? null : formatCivilDay(dueOn),
    daysOverdue: dueOn === null ? 0 : Math.max(0, Math.floor(at / DAY_MS) - dueOn),
    stage: null,
  }));
}
