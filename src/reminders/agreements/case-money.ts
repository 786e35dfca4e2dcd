import type { Transaction } from "@libsql/client";
import type { StoredInvoice } from "../../db/invoices.ts";
import type { StoredPlan } from "../../db/plans.ts";
import type { StoredPromise } from "../../db/promises.ts";
import { moneyQueries, readMoney, type StoredMoney } from "../../db/tending.ts";
import type { PlanMoney } from "../../domain/plan.ts";
import type { PromisedMoney } from "../../domain/promise.ts";
import { type InvoiceMoney, planMoney, promisedMoney } from "../../domain/promised-money.ts";
import { civilDayAt } from "../../domain/zone.ts";
import { type DebtorCase, undisputedMinor } from "./debtor-case.ts";

/** Loads the money by which promises and plans of a case are judged. */
export async function loadMoney(tx: Transaction, { stored, invoices }: DebtorCase): Promise<StoredMoney> {
  const ids = invoices.map(({ id }) => id);
  return readMoney(await tx.batch(moneyQueries(stored.facts.id, ids)));
}

/** What counts towards a promise of the case, and what is left. */
export function moneyOfPromise(
  matter: DebtorCase,
  money: StoredMoney,
  promise: StoredPromise,
): PromisedMoney {
  const { id, amountMinor, lastDay, madeAt, invoiceId } = promise;
  const invoice = matter.invoices.find((one) => one.id === invoiceId)!;
  const madeOn = civilDayAt(madeAt, matter.context.calendar.zone);
  const disputes = money.disputes.filter(
    (dispute) => dispute.invoiceId === invoiceId && (dispute.endedAt === null || dispute.endedAt >= madeAt),
  );
  const disputedMinor = disputes.reduce(
    (sum, dispute) => sum + (dispute.amountMinor ?? invoice.amountMinor),
    0,
  );
  return promisedMoney(
    { id, amountMinor, madeOn, lastDay },
    { ...moneyOf(matter, money, invoice), disputedMinor },
  );
}

/** What counts towards a plan of the case, and what is left. */
export function moneyOfPlan(matter: DebtorCase, money: StoredMoney, plan: StoredPlan): PlanMoney {
  return planMoney(
    plan.invoices.map(({ invoiceId, holdId, amountMinor }) => {
      const invoice = matter.invoices.find((one) => one.id === invoiceId)!;
      return {
        ...moneyOf(matter, money, invoice),
        since: holdId!,
        isOpen: invoice.status === "open",
        planMinor: amountMinor,
      };
    }),
  );
}

function moneyOf(matter: DebtorCase, money: StoredMoney, invoice: StoredInvoice): InvoiceMoney {
  const { id, balanceMinor, amountMinor, currency } = invoice;
  const netMinor = matter.context.dues.get(id)?.netMinor ?? balanceMinor;
  return {
    amountMinor,
    moves: money.moves.get(id) ?? [],
    creditMinor: balanceMinor - netMinor,
    credit: (money.credit.get(currency) ?? []).filter(({ toldFor }) => toldFor !== id),
    disputedMinor: 0,
    contestedMinor: netMinor - undisputedMinor(matter, invoice),
  };
}
