import type { InStatement, Transaction } from "@libsql/client";
import type { AlertPayload, NewAlert } from "../db/alerts.ts";
import { exactBalancesQuery, type Fitting, readFitting, type Unclear } from "../db/exact-balances.ts";
import { isNews } from "../db/payment-thanks.ts";
import { policyOf, readWorld, worldQueries } from "../db/world.ts";
import { isResidue } from "../domain/allocation.ts";
import { DAY_MS, formatCivilDay } from "../domain/civil-date.ts";
import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/zone.ts";
import { amountOf } from "./alerts-of-plan.ts";
import { type Account, endHolds } from "./record-money.ts";
import { enter, type Recording, touch } from "./recording.ts";

const RESIDUE = "a small rest after a payment: bank charges?";
/** Of one file, so that an old one does not bury people in questions. */
const MOST_CREDITS_ASKED = 50;

/**
 * What finance is asked about money that is about to be recorded: what credit was for that names no invoice, with those that it
 * would settle exactly, and what becomes of a rest that banks probably took. Such a rest is held, for the debtor owes it to nobody.
 */
export async function askAboutMoney(
  tx: Transaction,
  recording: Recording,
  accounts: Iterable<Account>,
): Promise<NewAlert[]> {
  const { changes, at } = recording;
  const credits = changes.payments
    .filter(({ invoiceId, kind, paidOn }) => invoiceId === null && kind === "payment" && isNews(paidOn, at))
    .slice(0, MOST_CREDITS_ASKED);
  const rests = [...accounts].filter(
    ({ invoice }) => changes.invoices.has(invoice.id) && invoice.balanceMinor > 0,
  );
  const paid = rests.filter(
    ({ invoice }) => changes.paid.has(invoice.id) && isResidue(invoice, invoice.amountMinor),
  );
  const held = rests.filter(({ holds }) => holds.some(({ reason }) => reason === RESIDUE));
  if (credits.length + paid.length + held.length === 0) return [];
  const ids = [...credits, ...[...paid, ...held].map(({ invoice }) => invoice)].map(
    ({ customerId }) => customerId,
  );
  const [settings, policies, customers, ...fitting] = await tx.batch([
    ...worldQueries(),
    customersQuery(ids),
    ...credits.map(exactBalancesQuery),
  ]);
  const world = readWorld([settings!, policies!]);
  const byId = new Map(customers!.rows.map((row) => [row.id, row]));
  const customerOf = (id: string) => ({ ref: String(byId.get(id)!.ref), name: String(byId.get(id)!.name) });
  const isRest = ({ invoice }: Account) => {
    const { policy } = policyOf(world, byId.get(invoice.customerId)!.policy as string | null);
    return isResidue(invoice, policy.minBalance[invoice.currency]);
  };
  for (const account of held) if (!isRest(account)) endResidue(recording, account);
  const toEmail = world.creditor?.financeOwner ?? null;
  const questionTo = toEmail ?? "finance";
  const told = (alert: Omit<NewAlert, "toEmail">): NewAlert => ({ ...alert, toEmail });
  return [
    ...credits.map((credit, i) =>
      told(creditAlert(credit, customerOf(credit.customerId), readFitting(fitting[i]!), at)),
    ),
    ...paid.filter(isRest).flatMap((account) => {
      if (!holdResidue(recording, account, questionTo)) return [];
      return [told(residueAlert(account, customerOf(account.invoice.customerId), at))];
    }),
  ];
}

function customersQuery(ids: string[]): InStatement {
  return {
    sql: "SELECT id, ref, name, policy FROM customers WHERE id IN (SELECT value FROM json_each(?))",
    args: [JSON.stringify(ids)],
  };
}

/** Invoices that unclear money would settle, as they are listed. */
export function linesOf(fitting: Fitting[], { currency, amountMinor }: Unclear, at: Instant) {
  return fitting.map(({ number, customer, dueOn }) => ({
    number,
    customer,
    amount: amountOf(amountMinor, currency),
    dueOn: dueOn === null ? null : formatCivilDay(dueOn),
    daysOverdue: dueOn === null ? 0 : Math.max(0, Math.floor(at / DAY_MS) - dueOn),
    stage: null,
  }));
}

function creditAlert(
  credit: Unclear & { customerId: string },
  customer: AlertPayload["customer"],
  fitting: Fitting[],
  at: Instant,
): Omit<NewAlert, "toEmail"> {
  return {
    fact: `credit_received ${credit.id}`,
    kind: "credit_received",
    customerId: credit.customerId,
    invoiceId: null,
    about: credit.id,
    payload: {
      customer,
      invoices: linesOf(fitting, credit, at),
      note: `${amountOf(credit.amountMinor, credit.currency)} (${credit.id})`,
    },
  };
}

/** Says whether it is held from now on for this alone. */
function holdResidue(recording: Recording, { invoice, holds }: Account, questionTo: string): boolean {
  if (holds.some(({ kind }) => kind === "manual")) return false;
  const { at, author, changes } = recording;
  const { id: invoiceId, customerId } = invoice;
  const hold = {
    id: newId("hld", at),
    customerId,
    invoiceId,
    kind: "manual" as const,
    reason: RESIDUE,
    amountMinor: null,
    from: at,
    until: null,
    questionTo,
    endedAt: null,
    author,
  };
  holds.push(hold);
  changes.holds.set(hold.id, hold);
  enter(recording, invoiceId, "hold_set", {
    hold: "manual",
    on: "invoice",
    reason: RESIDUE,
    question_to: questionTo,
  });
  touch(recording, customerId);
  return true;
}

function endResidue(recording: Recording, account: Account): void {
  const ended = account.holds.filter(({ reason }) => reason === RESIDUE);
  endHolds(recording, account, ended, "more is left to pay");
}

function residueAlert(
  { invoice }: Account,
  customer: { ref: string; name: string },
  at: Instant,
): Omit<NewAlert, "toEmail"> {
  const { id, number, customerId, balanceMinor: amountMinor, currency, dueOn } = invoice;
  return {
    fact: `residue_left ${id} ${amountMinor}`,
    kind: "residue_left",
    customerId,
    invoiceId: id,
    payload: {
      customer,
      invoices: linesOf(
        [{ number, customer: customer.name, dueOn }],
        { id, customerId, amountMinor, currency },
        at,
      ),
      note: null,
    },
  };
}
