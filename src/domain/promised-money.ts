import type { CivilDay } from "./civil-date.ts";
import { isMadeAfter } from "./ids.ts";
import type { PlanMoney } from "./plan.ts";
import type { PromisedMoney } from "./promise.ts";
import type { PaymentKind } from "./records.ts";

/** Money on an invoice, or credit of its customer, as it was recorded; refunds are negative. */
export type Move = { id: string; kind: PaymentKind; on: CivilDay; amountMinor: number };

/** An invoice and its money, minor units. `creditMinor` is what unallocated credit of the customer covers of it. */
export type InvoiceMoney = {
  amountMinor: number;
  moves: Move[];
  creditMinor: number;
  /** Money of the customer that is not allocated. */
  credit: Move[];
  /** Disputed while it was promised: credit notes go there first. */
  disputedMinor: number;
  /** Disputed still. */
  contestedMinor: number;
};

/**
 * What counts towards a promise: money recorded after it and dated from `madeOn` through its last day, unallocated credit that
 * covers its invoice too. The order in which it was recorded makes no difference.
 */
export function promisedMoney(
  promise: { id: string; amountMinor: number; madeOn: CivilDay; lastDay: CivilDay },
  money: InvoiceMoney,
): PromisedMoney {
  const { id, madeOn, lastDay } = promise;
  const isInTime = (move: Move) => move.on <= lastDay;
  const counts = (move: Move) => isMadeAfter(move.id, id) && move.on >= madeOn && isInTime(move);
  const creditMinor = Math.min(money.creditMinor, sum(money.credit.filter(counts)));
  const allocated = money.moves.filter((move) => move.kind === "credit_note" || isInTime(move));
  return {
    promisedMinor: promise.amountMinor,
    paidMinor: sum(money.moves.filter((move) => !isCreditNote(move) && counts(move))) + creditMinor,
    creditedMinor: sum(money.moves.filter((move) => isCreditNote(move) && isMadeAfter(move.id, id))),
    disputedMinor: money.disputedMinor,
    leftMinor: money.amountMinor - sum(allocated) - creditMinor - money.contestedMinor,
  };
}

/** What counts towards a plan: money recorded after it was agreed, by whatever day it is asked about. */
export function planMoney(
  invoices: (InvoiceMoney & { since: string; isOpen: boolean; planMinor: number })[],
): PlanMoney {
  const paidByMinor = (lastDay: CivilDay) =>
    invoices.reduce((total, { since, moves, creditMinor, credit }) => {
      const counts = (move: Move) => isMadeAfter(move.id, since) && move.on <= lastDay;
      const paid = sum(moves.filter((move) => !isCreditNote(move) && counts(move)));
      return total + paid + Math.min(creditMinor, sum(credit.filter(counts)));
    }, 0);
  const creditedMinor = invoices.reduce((total, { since, moves, isOpen, planMinor }) => {
    if (!isOpen) return total + planMinor;
    return total + sum(moves.filter((move) => isCreditNote(move) && isMadeAfter(move.id, since)));
  }, 0);
  const leftMinor = invoices.reduce(
    (total, { isOpen, amountMinor, moves, creditMinor }) =>
      total + (isOpen ? amountMinor - sum(moves) - creditMinor : 0),
    0,
  );
  return { paidByMinor, creditedMinor, leftMinor };
}

function isCreditNote({ kind }: Move): boolean {
  return kind === "credit_note";
}

function sum(moves: Move[]): number {
  return moves.reduce((total, { amountMinor }) => total + amountMinor, 0);
}
