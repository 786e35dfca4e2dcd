import type { Transaction } from "@libsql/client";
import {
  readRequests,
  requestQuery,
  type StoredRequest,
  voidedBy,
  type Word,
} from "../../db/approval-requests.ts";
import { ledgerHeadsQuery, readHeads } from "../../db/ledger.ts";
import { APPROVAL_LASTS_MS } from "../../domain/approval.ts";
import { DAY_MS, formatCivilDay } from "../../domain/civil-date.ts";
import type { LedgerHead } from "../../domain/ledger.ts";
import { meaningOf } from "../../domain/reminder-life.ts";
import type { Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";

export type Answer = "approve" | "decline";

/** What was answered: the letter, and the invoices that it is about. */
export type Answered = { reminder: string; stage: string; invoices: string[] };

type LoadedRequest = {
  request: StoredRequest;
  heads: Map<string, LedgerHead>;
  customer: { policy: string | null; timezone: string | null };
};

/** The question to finance with this id, or the last one about the invoice of this number. Throws `not_found`. */
export async function loadRequest(tx: Transaction, asked: string): Promise<LoadedRequest> {
  const [request] = readRequests(await tx.execute(requestQuery(asked)));
  if (!request) throw await notAsked(tx, asked);
  const [heads, customers] = await tx.batch([
    ledgerHeadsQuery(request.items.map(({ invoiceId }) => invoiceId)),
    { sql: "SELECT policy, timezone FROM customers WHERE id = ?", args: [request.customerId] },
  ]);
  const { policy, timezone } = customers!.rows[0]!;
  return {
    request,
    heads: readHeads(heads!),
    customer: { policy: policy as string | null, timezone: timezone as string | null },
  };
}

export function answeredOf({ id, stage, items }: StoredRequest): Answered {
  return {
    reminder: id,
    stage,
    invoices: items.filter(({ isOpen }) => isOpen).map(({ number }) => number),
  };
}

/** Throws `conflict` with the reason why this letter takes no such answer any more. */
export function refuseAnswer(request: StoredRequest, answer: Answer, at: Instant): void {
  const because = whyNot(request, answer, at);
  if (because !== null) throw new AppError("conflict", `reminder ${request.id} ${because}`);
}

function whyNot(request: StoredRequest, answer: Answer, at: Instant): string | null {
  const { state, askedAt, decision, decidedAt, decidedBy, closedAt, closedBecause } = request;
  if (askedAt === null) return "needs no approval";
  if (state === "cancelled") {
    return decision === "decline"
      ? `was declined by ${decidedBy} on ${dayOf(decidedAt!)}: ${closedBecause}`
      : `was closed on ${dayOf(closedAt!)}: ${closedBecause}`;
  }
  if (state === "sending" || state === "claimed") return "is on its way";
  if (state === "unknown") return "may have left already: its outcome is not known";
  if (meaningOf(state).reachedNobody)
    return "was approved and reached nobody; the next attempt needs no answer, a hold keeps it back";
  if (state !== "awaiting_approval") return "has left already";
  if (!request.items.some(({ isOpen }) => isOpen)) return "has nothing left to ask for";
  if (answer === "decline" || decision === null) return null;
  const over = whyOver(request, at);
  if (over) return `is asked about anew by the next tick: ${over}`;
  return `was approved by ${decidedBy} on ${dayOf(decidedAt!)} already`;
}

/** Why an approval that was given holds no longer; null while it does. */
export function whyOver({ decidedAt, lastWord }: StoredRequest, at: Instant): string | null {
  const word = voidedBy(decidedAt, lastWord);
  if (word) return `${WORDS[word.what]} came in after the approval`;
  if (decidedAt !== null && at >= decidedAt + APPROVAL_LASTS_MS)
    return "the approval was not used within 7 days";
  return null;
}

const WORDS: Record<Word["what"], string> = {
  payment: "a payment",
  credit_note: "a credit note",
  refund: "a refund",
  promise: "a promise to pay",
  dispute: "a dispute",
  reply: "a reply",
  paid_reported: "word that it is paid",
  plan: "an instalment plan",
  insolvency: "word of an insolvency",
};

async function notAsked(tx: Transaction, asked: string): Promise<AppError> {
  const { rows } = await tx.execute({ sql: "SELECT 1 FROM invoices WHERE number = ?", args: [asked] });
  if (rows.length === 0) {
    return new AppError("not_found", `there is no reminder, promise, plan, contact or invoice ${asked}`);
  }
  const sentence = `finance was not asked about invoice ${asked}: \`dunwell why ${asked}\` says what it waits for`;
  return new AppError("not_found", sentence);
}

function dayOf(at: Instant): string {
  return formatCivilDay(Math.floor(at / DAY_MS));
}
