import type { Transaction } from "@libsql/client";
import { countPromisesQuery, type StoredPromise } from "../../db/promises.ts";
import { type CivilDay, formatCivilDay } from "../../domain/civil-date.ts";
import { formatDecimal } from "../../domain/money.ts";
import { whyBeyond } from "../../domain/promise.ts";
import { LONGEST_NAME, LONGEST_TEXT, takeLine, takeLines } from "../../domain/taken.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { enter } from "../recording.ts";
import { type Share, tell } from "./case-news.ts";
import { type DebtorCase, openCase, requirePayable, writeCase } from "./debtor-case.ts";
import { enteredToday } from "./entered-today.ts";
import { endPromise, startPromise, storePromises } from "./promise-case.ts";
import { answerOf, notifyPromises, type PromiseAnswer, said, sharesOf } from "./promise-news.ts";
import { holdForAnswer } from "./short-hold.ts";

export type PromiseRequest = {
  /** Of one customer; without an amount all that is left of it and not disputed. */
  invoices: { number: string; amountMinor?: number }[];
  on: CivilDay;
  note?: string;
  /** Who promises, in their own writing. */
  name?: string;
  author: string;
  by: "debtor" | "owner" | "finance";
  /** Where given, the invoices have to be this customer's. */
  customerId?: string;
};

/**
 * Records a promise to pay for one or more invoices of a customer, each held at once through the day plus grace; the debtor gets
 * it in writing. Beyond the policy's bounds finance is asked first, unless it is finance that promises. What waited for finance
 * before gives way. Throws `invalid` for a day that is over or an amount not above 0 or above what is left; `conflict` for an
 * invoice with an open promise or plan, or with nothing left to promise; `not_found`.
 */
export async function makePromise(services: Services, request: PromiseRequest): Promise<PromiseAnswer> {
  const { author, customerId, by, on } = request;
  const numbers = request.invoices.map(({ number }) => number);
  const at = services.clock();
  return services.db.write(async (tx) => {
    const matter = await openCase(tx, { numbers, author, at, customerId });
    refuseDay(on, matter.context.today);
    const shares = request.invoices.map((wanted) => shareOf(matter, wanted));
    const beyond = by === "finance" ? null : await whyAsked(tx, matter, on);
    const given = matter.promises.filter(({ state }) => state === "asked");
    for (const asked of given) endPromise(matter, asked, "withdrawn", { because: "another took its place" });
    const promises = start(matter, shares, { request, state: beyond === null ? "open" : "asked" });
    if (beyond === null) confirm(matter, promises, by);
    else await ask(tx, matter, promises, beyond);
    storePromises(matter, [...given, ...promises]);
    await writeCase(tx, matter);
    return answerOf(beyond === null ? "made" : "asked", promises);
  });
}

/** Throws `invalid` for a promised day that is over. */
export function refuseDay(on: CivilDay, today: CivilDay): void {
  if (on >= today) return;
  const days = `${formatCivilDay(on)} is over; promise today, ${formatCivilDay(today)}, or a later day`;
  throw new AppError("invalid", days);
}

/** Throws `invalid` for an amount not above 0, or above what may be promised. */
export function refuseAmount(
  { number, currency }: Share["invoice"],
  amountMinor: number,
  most: number,
): void {
  if (Number.isSafeInteger(amountMinor) && amountMinor > 0 && amountMinor <= most) return;
  const range = `above 0 and at most ${formatDecimal(most, currency)} ${currency}`;
  throw new AppError("invalid", `what is promised for invoice ${number} is ${range}`);
}

function shareOf(matter: DebtorCase, wanted: PromiseRequest["invoices"][number]): Share {
  const invoice = matter.invoices.find(({ number }) => number === wanted.number)!;
  const open = matter.promises.find(({ invoiceId, state }) => invoiceId === invoice.id && state === "open");
  if (open) {
    const what = `invoice ${invoice.number} is promised for ${formatCivilDay(open.on)} already`;
    throw new AppError("conflict", `${what}: change promise ${open.id}, or withdraw it`);
  }
  const plan = matter.plans.find(
    ({ state, invoices }) => state === "agreed" && invoices.some(({ invoiceId }) => invoiceId === invoice.id),
  );
  if (plan) throw new AppError("conflict", `invoice ${invoice.number} is paid by plan ${plan.id}`);
  const most = requirePayable(matter, invoice);
  const amountMinor = wanted.amountMinor ?? most;
  refuseAmount(invoice, amountMinor, most);
  return { invoice, amountMinor };
}

/** The first bound of the policy that this day or one of the invoices exceeds; null within all of them. */
export async function whyAsked(tx: Transaction, matter: DebtorCase, on: CivilDay): Promise<string | null> {
  const { context, invoices } = matter;
  const { rows } = await tx.execute(countPromisesQuery(invoices.map(({ number }) => number)));
  const made = new Map(rows.map((row) => [String(row.number), Number(row.made)]));
  const bounds = invoices.map(({ number }) =>
    whyBeyond({
      on,
      today: context.today,
      madeBefore: made.get(number) ?? 0,
      rules: context.policy.promises,
    }),
  );
  return bounds.find((bound) => bound !== null) ?? null;
}

function start(
  matter: DebtorCase,
  shares: Share[],
  { request, state }: { request: PromiseRequest; state: "asked" | "open" },
): StoredPromise[] {
  const words = {
    note: takeLines("note", request.note, LONGEST_TEXT),
    name: takeLine("name", request.name, LONGEST_NAME),
  };
  const promises: StoredPromise[] = [];
  for (const share of shares) {
    const madeWith = promises[0]?.id;
    promises.push(startPromise(matter, state, { ...share, on: request.on, ...words, madeWith }));
  }
  return promises;
}

function confirm(matter: DebtorCase, promises: StoredPromise[], by: PromiseRequest["by"]): void {
  notifyPromises(matter, "promise_confirmed", promises, { sequence: 0 });
  if (by === "owner") return;
  const { id, on, note } = promises[0]!;
  const shares = sharesOf(matter, promises);
  tell(matter, { kind: "promise_made", to: "owner", about: id, shares, note: [formatCivilDay(on), note] });
}

/** Asked again for the same invoices on the same day, it is recorded and told nobody anew. */
async function ask(
  tx: Transaction,
  matter: DebtorCase,
  promises: StoredPromise[],
  beyond: string,
): Promise<void> {
  const before = await enteredToday(tx, matter, "promise_asked");
  const idOf = new Map(promises.map(({ invoiceId, id }) => [invoiceId, id]));
  const { holdIds, heldUntil } = await holdForAnswer(tx, matter, (id) => `promise ${idOf.get(id)} asked for`);
  for (const promise of promises) {
    promise.holdId = holdIds.get(promise.invoiceId) ?? null;
    enter(matter.recording, promise.invoiceId, "promise_asked", { ...said(promise), beyond });
  }
  if (promises.every(({ invoiceId }) => before.has(invoiceId))) return;
  notifyPromises(matter, "promise_asked", promises);
  const { id, on, note } = promises[0]!;
  const shares = sharesOf(matter, promises);
  const words = [formatCivilDay(on), note];
  const details = { heldUntil: heldUntil === null ? null : formatCivilDay(heldUntil) };
  tell(matter, { kind: "promise_asked", to: "finance", about: id, shares, note: words, details });
}
