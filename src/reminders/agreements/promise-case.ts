import type { Transaction } from "@libsql/client";
import { cancelNotices } from "../../db/notices.ts";
import {
  countChangesQuery,
  promiseGroupQuery,
  putPromisesStatement,
  readPromises,
  type StoredPromise,
} from "../../db/promises.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { newId } from "../../domain/ids.ts";
import { moved } from "../../domain/moves.ts";
import { noteLeavesAt } from "../../domain/notice.ts";
import { judgedFrom, lastDayOf, PROMISE_MOVES, type PromiseEvent } from "../../domain/promise.ts";
import type { Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import { amountOf } from "../alerts/alerts-of-plan.ts";
import { enter } from "../recording.ts";
import type { Share } from "./case-news.ts";
import { addHold, type DebtorCase, dropHold, openCase, undisputedMinor } from "./debtor-case.ts";
import { said } from "./promise-news.ts";

/** Which promise: its id, or one made together with it. With `customerId` it has to be that customer's. */
export type PromiseOf = { promiseId: string; author: string; customerId?: string };

export type PromiseCase = { matter: DebtorCase; group: StoredPromise[] };

/** Opens the case of a promise and of those made together with it that have not ended. Throws `not_found`. */
export async function openPromiseCase(
  tx: Transaction,
  { promiseId, author, customerId }: PromiseOf,
  at: Instant,
): Promise<PromiseCase> {
  const group = readPromises(await tx.execute(promiseGroupQuery(promiseId)));
  const named = group.find(({ id }) => id === promiseId);
  if (!named) throw new AppError("not_found", `there is no promise ${promiseId}`);
  const numbers = [...new Set(group.map(({ invoiceNumber }) => invoiceNumber))];
  const matter = await openCase(tx, { numbers, author, at, customerId });
  return { matter, group };
}

/**
 * Those of the case's group in this state; throws `conflict` where the promise named is in another: with the one that took its place,
 * else in the words of the event.
 */
export function inState(
  { matter, group }: PromiseCase,
  { promiseId }: PromiseOf,
  state: StoredPromise["state"],
  event: PromiseEvent,
): StoredPromise[] {
  const named = group.find(({ id }) => id === promiseId)!;
  if (named.state !== state) {
    refuseReplaced(matter, named, state);
    moved(PROMISE_MOVES, named.state, event, `promise ${promiseId}`);
  }
  return group.filter((promise) => promise.state === state);
}

/** People were told of the first request of a day alone, and remember the day before a change. */
function refuseReplaced({ promises }: DebtorCase, named: StoredPromise, state: StoredPromise["state"]): void {
  const latest = promises.find((one) => one.invoiceId === named.invoiceId && one.state === state);
  if (named.state !== "withdrawn" || !latest) return;
  const { id, on, amountMinor, currency } = latest;
  const glance = `${amountOf(amountMinor, currency)} ${formatCivilDay(on)}`;
  throw new AppError("conflict", `promise ${named.id} gave way to promise ${id} (${glance}): name that one`);
}

export type NewPromise = Pick<StoredPromise, "amountMinor" | "on" | "note" | "name"> & {
  invoice: Share["invoice"];
  madeWith?: string;
  replaces?: string;
};

/** A promise in the making: open it holds its share, asked for it waits for finance and holds nothing yet. */
export function startPromise(
  matter: DebtorCase,
  state: "asked" | "open",
  { invoice, madeWith, replaces, ...said }: NewPromise,
): StoredPromise {
  const { recording, context, stored } = matter;
  const { at, author } = recording;
  const id = newId("prm", at);
  const promise: StoredPromise = {
    id,
    madeWith: madeWith ?? id,
    customerId: stored.facts.id,
    invoiceId: invoice.id,
    invoiceNumber: invoice.number,
    currency: invoice.currency,
    holdId: null,
    state,
    ...said,
    lastDay: lastDayOf(said.on, context.policy.promises, context.calendar),
    author,
    replaces: replaces ?? null,
    madeAt: at,
    endedAt: null,
    noteAt: null,
    judgeAt: null,
  };
  if (state === "open") holdPromise(matter, promise);
  return promise;
}

/** Holds what is promised through its last day, and sets when it is noted and judged. */
export function holdPromise(matter: DebtorCase, promise: StoredPromise): void {
  const { context, invoices, recording } = matter;
  const { calendar } = context;
  const invoice = invoices.find(({ id }) => id === promise.invoiceId)!;
  const isWhole =
    promise.amountMinor === undisputedMinor(matter, invoice) &&
    promise.amountMinor === context.dues.get(invoice.id)?.netMinor;
  const hold = addHold(matter, {
    invoiceId: promise.invoiceId,
    kind: "promise",
    reason: `promised for ${formatCivilDay(promise.on)}`,
    amountMinor: isWhole ? null : promise.amountMinor,
    until: promise.lastDay,
    questionTo: null,
  });
  const noteAt = noteLeavesAt(promise.on, calendar);
  promise.holdId = hold.id;
  promise.noteAt = noteAt > recording.at ? noteAt : null;
  promise.judgeAt = judgedFrom(promise.lastDay, calendar.zone);
  enter(recording, promise.invoiceId, "promise_made", {
    ...said(promise),
    last_day: formatCivilDay(promise.lastDay),
  });
}

/** Ends a promise and its hold, and enters why. */
export function endPromise(
  matter: DebtorCase,
  promise: StoredPromise,
  event: PromiseEvent,
  because?: Record<string, unknown>,
): void {
  const { recording } = matter;
  const { id, state, invoiceId } = promise;
  promise.state = moved(PROMISE_MOVES, state, event, `promise ${id}`);
  promise.endedAt = recording.at;
  promise.noteAt = null;
  promise.judgeAt = null;
  dropHold(matter, promise.holdId);
  matter.statements.push(cancelNotices([`promise_due ${id}`]));
  enter(recording, invoiceId, "promise_ended", { promise: id, as: event, ...because });
}

export function storePromises(matter: DebtorCase, promises: StoredPromise[]): void {
  if (promises.length > 0) matter.statements.push(putPromisesStatement(promises));
}

/** How often the day of a promise was changed before it became this one. */
export async function changesOf(tx: Transaction, promiseId: string): Promise<number> {
  const { rows } = await tx.execute(countChangesQuery(promiseId));
  return Number(rows[0]!.changes);
}
