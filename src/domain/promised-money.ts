import type { CivilDay } from "./civil-date.ts";
import { isMadeAfter } from "./ids.ts";
import type { PlanMoney } from "./plan.ts";
import type { PromisedMoney } from "./promise.ts";
import type { PaymentKind } from "./records.ts";

/** Money on an invoice, or credit of its customer, as it was recorded; refunds are negative. */
export type Move = { id: string; kind: PaymentKind; on: CivilDay; amountMinor: number };

/** An invoice and its money, minor units. */
export type InvoiceMoney = {
  amountMinor: number;
  /** Told for it, whole even where it is more than was left to pay. */
  moves: Move[];
  /** What other money of the customer covers of it without being allocated. */
  creditMinor: number;
  /** That other money, as far as it is not allocated. */
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
  const creditOf = (isMeant: (move: Move) => boolean) =>
    Math.min(money.creditMinor, sum(money.credit.filter(isMeant)));
  const settled = money.moves.filter((move) => isCreditNote(move) || isInTime(move));
  return {
    promisedMinor: promise.amountMinor,
    paidMinor: sum(money.moves.filter((move) => !isCreditNote(move) && counts(move))) + creditOf(counts),
    creditedMinor: sum(money.moves.filter((move) => isCreditNote(move) && isMadeAfter(move.id, id))),
    disputedMinor: money.disputedMinor,
    leftMinor: money.amountMinor - sum(settled) - creditOf(isInTime) - money.contestedMinor,
  };
}

/** An invoice in a plan: its share, and the id of what was made when the plan was agreed. */
export type PlannedMoney = InvoiceMoney & { since: string; isOpen: boolean; planMinor: number };

/** What counts towards a plan: money recorded after it was agreed, by whatever day it is asked about. */
export function planMoney(invoices: PlannedMoney[]): PlanMoney {
  const total = (of: (invoice: PlannedMoney) => number) => invoices.reduce((all, one) => all + of(one), 0);
  const left = ({ isOpen, amountMinor, moves, creditMinor }: PlannedMoney) =>
    isOpen ? Math.max(0, amountMinor - sum(moves) - creditMinor) : 0;
  return {
    paidByMinor: (lastDay) => total((invoice) => paidBy(invoice, lastDay)),
    creditedMinor: total(({ since, moves, isOpen, planMinor }) =>
      isOpen ? sum(moves.filter((move) => isCreditNote(move) && isMadeAfter(move.id, since))) : planMinor,
    ),
    leftMinor: total(left),
  };
}

/** What is paid beyond an invoice's share covers others as credit, and counts there. */
function paidBy({ since, moves, creditMinor, credit, planMinor }: PlannedMoney, lastDay: CivilDay): number {
  const counts = (move: Move) => isMadeAfter(move.id, since) && move.on <= lastDay;
  const told = sum(moves.filter((move) => !isCreditNote(move) && counts(move)));
  return Math.min(planMinor, told + Math.min(creditMinor, sum(credit.filter(counts))));
}

function isCreditNote({ kind }: Move): boolean {
  return kind === "credit_note";
}

function sum(moves: Move[]): number {
  return moves.reduce((total, { amountMinor }) => total + amountMinor, 0);
}
