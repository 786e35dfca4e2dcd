import type { Transaction } from "@libsql/client";
import type { NewAlert } from "../../db/alerts.ts";
import { exactBalancesQuery, type Fitting, readFitting } from "../../db/exact-balances.ts";
import type { StoredInvoice } from "../../db/invoices.ts";
import { isNews } from "../../db/payment-thanks.ts";
import type { StoredPayment } from "../../db/payments.ts";
import { readWorld, worldQueries } from "../../db/world.ts";
import type { Instant } from "../../domain/zone.ts";
import { amountOf } from "../alerts/alerts-of-plan.ts";
import type { Recording } from "../recording.ts";
import { fittingLines } from "./fitting-lines.ts";
import { holdResidues, type Payer, restsOf } from "./hold-residues.ts";
import type { Account } from "./record-money.ts";

/** Of one file, so that an old one does not bury people in questions. */
const MOST_CREDITS_ASKED = 50;

/**
 * What finance is asked about money that is about to be recorded: what credit was for that names no invoice, with those that it
 * would settle exactly, what was paid beyond an invoice, and what becomes of a rest that banks probably took, which is held.
 */
export async function askAboutMoney(
  tx: Transaction,
  recording: Recording,
  accounts: Iterable<Account>,
): Promise<NewAlert[]> {
  const credits = creditsOf(recording);
  const overpaid = overpaidOf(recording);
  const all = [...accounts];
  const rests = restsOf(recording, all);
  if (credits.length + overpaid.length + rests.length === 0) return [];
  const about = [...credits, ...overpaid, ...rests.map(({ invoice }) => invoice)];
  const ids = about.map(({ customerId }) => customerId);
  const [settings, policies, found, ...fitting] = await tx.batch([
    ...worldQueries(),
    {
      sql: "SELECT id, ref, name, policy FROM customers WHERE id IN (SELECT value FROM json_each(?))",
      args: [JSON.stringify(ids)],
    },
    ...credits.map(exactBalancesQuery),
  ]);
  const world = readWorld([settings!, policies!]);
  const stored = found!.rows.map((row): [string, Payer] => [String(row.id), row as unknown as Payer]);
  const payers = new Map([...stored, ...recording.changes.customers]);
  const invoices = new Map(all.map(({ invoice }) => [invoice.id, invoice]));
  const toEmail = world.creditor?.financeOwner ?? null;
  const asked = [
    ...credits.map((credit, i) =>
      creditAlert(credit, {
        payer: payers.get(credit.customerId)!,
        fitting: readFitting(fitting[i]!),
        at: recording.at,
      }),
    ),
    ...overpaid.map((payment) =>
      overpaidAlert(payment, {
        payer: payers.get(payment.customerId)!,
        invoice: invoices.get(payment.invoiceId!)!,
        at: recording.at,
      }),
    ),
    ...holdResidues(recording, rests, { world, payers }),
  ];
  return asked.map((alert) => ({ ...alert, toEmail }));
}

function creditsOf({ changes, at }: Recording): StoredPayment[] {
  const credits = changes.payments.filter(
    ({ invoiceId, kind, paidOn }) => invoiceId === null && kind === "payment" && isNews(paidOn, at),
  );
  return credits.slice(0, MOST_CREDITS_ASKED);
}

function overpaidOf({ changes, at }: Recording): StoredPayment[] {
  const overpaid = changes.payments.filter(
    ({ invoiceId, kind, amountMinor, allocatedMinor, paidOn }) =>
      invoiceId !== null && kind === "payment" && amountMinor > allocatedMinor && isNews(paidOn, at),
  );
  return overpaid.slice(0, MOST_CREDITS_ASKED);
}

function overpaidAlert(
  { id, customerId, currency, amountMinor, allocatedMinor }: StoredPayment,
  { payer: { ref, name }, invoice, at }: { payer: Payer; invoice: StoredInvoice; at: Instant },
): Omit<NewAlert, "toEmail"> {
  const { number, dueOn } = invoice;
  const over = { currency, amountMinor: amountMinor - allocatedMinor };
  return {
    fact: `overpaid ${id}`,
    kind: "overpaid",
    customerId,
    invoiceId: invoice.id,
    payload: {
      customer: { ref, name },
      invoices: fittingLines([{ number, customer: name, dueOn }], over, at),
      note: null,
    },
  };
}

function creditAlert(
  credit: StoredPayment,
  { payer: { ref, name }, fitting, at }: { payer: Payer; fitting: Fitting[]; at: Instant },
): Omit<NewAlert, "toEmail"> {
  const { id, customerId, amountMinor, currency } = credit;
  return {
    fact: `credit_received ${id}`,
    kind: "credit_received",
    customerId,
    invoiceId: null,
    about: id,
    payload: {
      customer: { ref, name },
      invoices: fittingLines(fitting, credit, at),
      note: amountOf(amountMinor, currency),
    },
  };
}
