import type { Transaction } from "@libsql/client";
import type { NewAlert } from "../db/alerts.ts";
import { exactBalancesQuery, type Fitting, readFitting } from "../db/exact-balances.ts";
import { isNews } from "../db/payment-thanks.ts";
import type { StoredPayment } from "../db/payments.ts";
import { readWorld, worldQueries } from "../db/world.ts";
import type { Instant } from "../domain/zone.ts";
import { amountOf } from "./alerts-of-plan.ts";
import { fittingLines } from "./fitting-lines.ts";
import { holdResidues, type Payer, restsOf } from "./hold-residues.ts";
import type { Account } from "./record-money.ts";
import type { Recording } from "./recording.ts";

/** Of one file, so that an old one does not bury people in questions. */
const MOST_CREDITS_ASKED = 50;

/**
 * What finance is asked about money that is about to be recorded: what credit was for that names no invoice, with those that it
 * would settle exactly, and what becomes of a rest that banks probably took, which is held.
 */
export async function askAboutMoney(
  tx: Transaction,
  recording: Recording,
  accounts: Iterable<Account>,
): Promise<NewAlert[]> {
  const credits = creditsOf(recording);
  const rests = restsOf(recording, accounts);
  if (credits.length + rests.length === 0) return [];
  const ids = [...credits, ...rests.map(({ invoice }) => invoice)].map(({ customerId }) => customerId);
  const [settings, policies, found, ...fitting] = await tx.batch([
    ...worldQueries(),
    {
      sql: "SELECT id, ref, name, policy FROM customers WHERE id IN (SELECT value FROM json_each(?))",
      args: [JSON.stringify(ids)],
    },
    ...credits.map(exactBalancesQuery),
  ]);
  const world = readWorld([settings!, policies!]);
  const payers = new Map(found!.rows.map((row) => [String(row.id), row as unknown as Payer]));
  const toEmail = world.creditor?.financeOwner ?? null;
  const asked = [
    ...credits.map((credit, i) =>
      creditAlert(credit, {
        payer: payers.get(credit.customerId)!,
        fitting: readFitting(fitting[i]!),
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
      note: `${amountOf(amountMinor, currency)} (${id})`,
    },
  };
}
