import type { InStatement, Transaction } from "@libsql/client";
import { addAlerts, type NewAlert } from "../../db/alerts.ts";
import { customerQueries, readCustomers, type StoredCustomer } from "../../db/facts.ts";
import { openHoldsQuery, readHolds, type StoredHold } from "../../db/holds.ts";
import {
  invoicesByNumberQuery,
  paidByNumberQuery,
  readInvoices,
  type StoredInvoice,
} from "../../db/invoices.ts";
import { type NewNotice, planNotices } from "../../db/notices.ts";
import { livePlansQuery, readPlans, type StoredPlan } from "../../db/plans.ts";
import { openPromisesQuery, readPromises, type StoredPromise } from "../../db/promises.ts";
import { policyOf, readWorld, worldQueries } from "../../db/world.ts";
import { type CustomerContext, createContext } from "../../domain/customer-context.ts";
import { newId } from "../../domain/ids.ts";
import type { LedgerHead, LedgerKind } from "../../domain/ledger.ts";
import type { Creditor } from "../../domain/letter.ts";
import type { Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import { enter, type Recording, startRecording, touch, writeRecording } from "../recording.ts";
import { worldFacts } from "../sending/plan-customer.ts";

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
  const { numbers, customerId, ...who } = of;
  if (numbers.length === 0) throw new AppError("invalid", "name at least one invoice");
  if (new Set(numbers).size < numbers.length) throw new AppError("invalid", "name each invoice once");
  const sql = "SELECT customer_id FROM invoices WHERE number IN (SELECT value FROM json_each(?1))";
  const [matter, ...others] = await load(tx, { sql, args: [JSON.stringify(numbers)] }, { numbers, ...who });
  const found = new Map(matter?.invoices.map((invoice) => [invoice.number, invoice]));
  for (const number of numbers) {
    const invoice = found.get(number);
    if (!invoice || (customerId !== undefined && invoice.customerId !== customerId))
      throw new AppError("not_found", `there is no invoice ${number}`);
  }
  if (others.length > 0) throw new AppError("invalid", "these invoices are not of one customer");
  return matter!;
}

/** Loads a case that is about a customer as a whole. Throws `not_found`. */
export async function openCustomerCase(
  tx: Transaction,
  { customerId, ...who }: { customerId: string; author: string; at: Instant },
): Promise<DebtorCase> {
  const source = { sql: "SELECT id FROM customers WHERE id = ?1", args: [customerId] };
  const [matter] = await load(tx, source, { numbers: [], ...who });
  if (!matter) throw new AppError("not_found", `there is no customer ${customerId}`);
  return matter;
}

async function load(
  tx: Transaction,
  source: { sql: string; args: string[] },
  { numbers, at, author }: Pick<CaseOf, "numbers" | "author" | "at">,
): Promise<DebtorCase[]> {
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
  return readCustomers(customers).map((stored) => {
    const { policy } = policyOf(world, stored.policyName);
    const context = createContext({ customer: stored.facts, policy, world: worldFacts(world, null), at });
    return {
      recording: startRecording({ at, author }),
      stored,
      context,
      creditor: world.creditor,
      freshThrough: context.world.freshThrough,
      invoices: numbers.flatMap((number) => byNumber.get(number) ?? []),
      holds: readHolds(holds!),
      promises: readPromises(promises!),
      plans: readPlans(plans!),
      heads: new Map([...stored.heads, ...heads]),
      statements: [],
      notices: [],
      alerts: [],
    };
  });
}

/** Writes what the case came to: changes and ledger, then what refers to them, then what debtor and people are told. */
export async function writeCase(tx: Transaction, matter: DebtorCase): Promise<void> {
  const { recording, heads, statements, notices, alerts } = matter;
  const { holds, contacts } = recording.changes;
  if (holds.size + contacts.size > 0) touch(recording, matter.stored.facts.id);
  await writeRecording(tx, recording, heads);
  const rest = [...statements, ...planNotices(notices, recording.at)];
  if (alerts.length > 0) rest.push(addAlerts(alerts, recording.at));
  if (rest.length > 0) await tx.batch(rest);
}

/** Enters what concerns a customer on everything that it owes. */
export function enterEverywhere(
  { recording, stored }: DebtorCase,
  kind: LedgerKind,
  data: Record<string, unknown>,
): void {
  for (const { id } of stored.facts.invoices) enter(recording, id, kind, data);
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

/** Holds no more of an invoice than this, where only a share of it is held. */
export function shrinkHold({ recording, holds }: DebtorCase, id: string | null, amountMinor: number): void {
  const hold = holds.find((one) => one.id === id);
  if (!hold || hold.amountMinor === null || hold.amountMinor === amountMinor) return;
  hold.amountMinor = amountMinor;
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

/** What is left to pay of an invoice, minor units. Throws `conflict` for one that is paid, void or written off. */
export function requireOpen({ context }: DebtorCase, { id, number, status }: StoredInvoice): number {
  if (status !== "open") {
    throw new AppError(
      "conflict",
      `invoice ${number} is ${status.replace("_", " ")}; nothing is asked for it`,
    );
  }
  const left = context.dues.get(id)?.netMinor ?? 0;
  if (left === 0) throw new AppError("conflict", `nothing is left to pay on invoice ${number}`);
  return left;
}

/** The same without what is disputed; throws `conflict` where all of it is. */
export function requirePayable(matter: DebtorCase, invoice: StoredInvoice): number {
  requireOpen(matter, invoice);
  const left = undisputedMinor(matter, invoice);
  if (left === 0) throw new AppError("conflict", `what is left of invoice ${invoice.number} is disputed`);
  return left;
}
