import type { InStatement, Transaction } from "@libsql/client";
import { addAlerts, type NewAlert } from "../db/alerts.ts";
import { customerQueries, readCustomers, type StoredCustomer } from "../db/facts.ts";
import { openHoldsQuery, readHolds, type StoredHold } from "../db/holds.ts";
import {
  invoicesByNumberQuery,
  paidByNumberQuery,
  readInvoices,
  type StoredInvoice,
} from "../db/invoices.ts";
import { type NewNotice, planNotices } from "../db/notices.ts";
import { livePlansQuery, readPlans, type StoredPlan } from "../db/plans.ts";
import { openPromisesQuery, readPromises, type StoredPromise } from "../db/promises.ts";
import { policyOf, readWorld, worldQueries } from "../db/world.ts";
import { type CustomerContext, createContext } from "../domain/customer-context.ts";
import { newId } from "../domain/ids.ts";
import type { LedgerHead } from "../domain/ledger.ts";
import type { Creditor } from "../domain/letter.ts";
import type { Instant } from "../domain/zone.ts";
import { AppError } from "../errors.ts";
import { worldFacts } from "./plan-customer.ts";
import { type Recording, startRecording, touch, writeRecording } from "./recording.ts";

/** One customer and some of its invoices in the hands of one transaction, and what that comes to so far. */
export type DebtorCase = {
  recording: Recording;
  /** The customer with all that is open, under its policy, at this moment. */
  stored: StoredCustomer;
  context: CustomerContext;
  creditor: Creditor | null;
  freshThrough: Instant | null;
  /** The invoices it is about, in the order in which they were named. */
  invoices: StoredInvoice[];
  /** The customer's holds that have not ended. */
  holds: StoredHold[];
  /** Asked or open, on these invoices. */
  promises: StoredPromise[];
  /** Asked or agreed, with one of these invoices in it. */
  plans: StoredPlan[];
  heads: Map<string, LedgerHead>;
  /** Written after the holds and the ledger, in this order. */
  statements: InStatement[];
  notices: NewNotice[];
  alerts: NewAlert[];
};

/** Which invoices, who asks, and when; with `customerId` they have to be that customer's. */
export type CaseOf = { numbers: string[]; author: string; at: Instant; customerId?: string };

/** Loads a case. Throws `not_found` for an invoice that is not there, `invalid` for none, one twice, or several customers'. */
export async function openCase(tx: Transaction, of: CaseOf): Promise<DebtorCase> {
  const { numbers, author, at } = of;
  if (numbers.length === 0) throw new AppError("invalid", "name at least one invoice");
  if (new Set(numbers).size < numbers.length) throw new AppError("invalid", "name each invoice once");
  const source = {
    sql: "SELECT customer_id FROM invoices WHERE number IN (SELECT value FROM json_each(?1))",
    args: [JSON.stringify(numbers)],
  };
  const [settings, policies, invoices, paid, holds, promises, plans, ...customers] = await tx.batch([
    ...worldQueries(),
    invoicesByNumberQuery(numbers),
    paidByNumberQuery(numbers),
    openHoldsQuery(source),
    openPromisesQuery(numbers),
    livePlansQuery(numbers),
    ...customerQueries(source),
  ]);
  const world = readWorld([settings!, policies!]);
  const { byNumber, heads } = readInvoices(invoices!, paid!);
  const wanted = numbers.map((number) => requireOwn(byNumber.get(number), number, of.customerId));
  const [stored, ...others] = readCustomers(customers);
  if (!stored || others.length > 0) throw new AppError("invalid", "these invoices are not of one customer");
  const { policy } = policyOf(world, stored.policyName);
  return {
    recording: startRecording({ at, author }),
    stored,
    context: createContext({ customer: stored.facts, policy, world: worldFacts(world, null), at }),
    creditor: world.creditor,
    freshThrough: world.freshThrough,
    invoices: wanted,
    holds: readHolds(holds!),
    promises: readPromises(promises!),
    plans: readPlans(plans!),
    heads: new Map([...stored.heads, ...heads]),
    statements: [],
    notices: [],
    alerts: [],
  };
}

function requireOwn(
  invoice: StoredInvoice | undefined,
  number: string,
  customerId: string | undefined,
): StoredInvoice {
  if (invoice && (customerId === undefined || invoice.customerId === customerId)) return invoice;
  throw new AppError("not_found", `there is no invoice ${number}`);
}

/** Writes what the case came to: changes and ledger, then what refers to them, then what debtor and people are told. */
export async function writeCase(tx: Transaction, matter: DebtorCase): Promise<void> {
  const { recording, heads, statements, notices, alerts } = matter;
  touch(recording, matter.stored.facts.id);
  await writeRecording(tx, recording, heads);
  const rest = [...statements, ...planNotices(notices, recording.at)];
  if (alerts.length > 0) rest.push(addAlerts(alerts, recording.at));
  if (rest.length > 0) await tx.batch(rest);
}

/** Sets a hold on an invoice of the case, from now on. */
export function addHold(
  { recording, stored, holds }: DebtorCase,
  hold: Pick<StoredHold, "invoiceId" | "kind" | "reason" | "amountMinor" | "until" | "questionTo">,
): StoredHold {
  const { at, author } = recording;
  const set = { id: newId("hld", at), customerId: stored.facts.id, ...hold, from: at, endedAt: null, author };
  recording.changes.holds.set(set.id, set);
  holds.push(set);
  return set;
}

/** Ends the hold of this id where it has not ended. */
export function dropHold({ recording, holds }: DebtorCase, id: string | null): void {
  const hold = holds.find((one) => one.id === id && one.endedAt === null);
  if (!hold) return;
  hold.endedAt = recording.at;
  recording.changes.holds.set(hold.id, hold);
}

/** What is left to pay of an invoice and disputed by nobody, minor units; 0 for one that is not open. */
export function undisputedMinor({ context, holds }: DebtorCase, invoice: StoredInvoice): number {
  const netMinor = context.dues.get(invoice.id)?.netMinor ?? 0;
  const disputes = holds.filter(
    ({ kind, invoiceId, endedAt }) =>
      kind === "dispute" && endedAt === null && (invoiceId === null || invoiceId === invoice.id),
  );
  return Math.max(
    0,
    disputes.reduce((left, { amountMinor }) => left - (amountMinor ?? netMinor), netMinor),
  );
}

/** Throws `conflict` where nothing is left that a debtor could answer for: paid, void, written off, or disputed as a whole. */
export function requirePayable(matter: DebtorCase, invoice: StoredInvoice): number {
  const { number, status } = invoice;
  if (status !== "open") {
    throw new AppError(
      "conflict",
      `invoice ${number} is ${status.replace("_", " ")}; nothing is asked for it`,
    );
  }
  if ((matter.context.dues.get(invoice.id)?.netMinor ?? 0) === 0) {
    throw new AppError("conflict", `nothing is left to pay on invoice ${number}`);
  }
  const left = undisputedMinor(matter, invoice);
  if (left === 0) throw new AppError("conflict", `what is left of invoice ${number} is disputed`);
  return left;
}
