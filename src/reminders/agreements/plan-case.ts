import type { Transaction } from "@libsql/client";
import {
  planQuery,
  putPlanStatements,
  readPlans,
  type StoredInstalment,
  type StoredPlan,
} from "../../db/plans.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { formatDecimal } from "../../domain/money.ts";
import { moved } from "../../domain/moves.ts";
import type { NoticeBody, NoticeKind } from "../../domain/notice.ts";
import { type Instalment, instalmentFault, PLAN_MOVES, type PlanEvent } from "../../domain/plan.ts";
import type { Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import { amountOf } from "../alerts/alerts-of-plan.ts";
import { enter } from "../recording.ts";
import { notify, type Share } from "./case-news.ts";
import { type DebtorCase, dropHold, openCase } from "./debtor-case.ts";

export type PlanOf = { planId: string; author: string; customerId?: string };

/** Opens the case of a plan and its invoices. Throws `not_found`. */
export async function openPlanCase(
  tx: Transaction,
  { planId, author, customerId }: PlanOf,
  at: Instant,
): Promise<{ matter: DebtorCase; plan: StoredPlan }> {
  const [plan] = readPlans(await tx.execute(planQuery(planId)));
  if (!plan) throw new AppError("not_found", `there is no plan ${planId}`);
  const numbers = plan.invoices.map(({ number }) => number);
  return { matter: await openCase(tx, { numbers, author, at, customerId }), plan };
}

/** What a plan would spread: the shares, their one currency and their sum. Throws `invalid` for several currencies. */
export function spread(shares: Share[]): { currency: string; totalMinor: number } {
  const currencies = new Set(shares.map(({ invoice }) => invoice.currency));
  if (currencies.size > 1) {
    throw new AppError(
      "invalid",
      `a plan is in one currency, these invoices are in ${[...currencies].join(", ")}`,
    );
  }
  const totalMinor = shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return { currency: shares[0]!.invoice.currency, totalMinor };
}

/** Throws `invalid` for instalments that nobody could agree to, saying what would be right. */
export function refuseInstalments(
  { context }: DebtorCase,
  instalments: Instalment[],
  { currency, totalMinor }: { currency: string; totalMinor: number },
): void {
  const amount = (minor: number) => amountOf(minor, currency);
  const fault = instalmentFault({ instalments, totalMinor, today: context.today, amount });
  if (fault) throw new AppError("invalid", fault);
}

export function toStored(instalments: Instalment[]): StoredInstalment[] {
  return instalments.map(({ on, amountMinor }, i) => ({
    seq: i + 1,
    on,
    amountMinor,
    state: "open",
    noteAt: null,
  }));
}

/** Ends a plan and its holds, and enters why. */
export function endPlan(
  matter: DebtorCase,
  plan: StoredPlan,
  event: PlanEvent,
  because?: Record<string, unknown>,
): void {
  const { recording } = matter;
  plan.state = moved(PLAN_MOVES, plan.state, event, `plan ${plan.id}`);
  plan.endedAt = recording.at;
  plan.judgeAt = null;
  for (const instalment of plan.instalments) instalment.noteAt = null;
  for (const { invoiceId, holdId } of plan.invoices) {
    dropHold(matter, holdId);
    enter(recording, invoiceId, "plan_ended", { plan: plan.id, as: event, ...because });
  }
}

export function storePlan(matter: DebtorCase, plan: StoredPlan): void {
  matter.statements.push(...putPlanStatements(plan));
}

/** A plan in the words of the ledger. */
export function saidPlan({ id, currency, instalments, name, note, waivesInterest }: StoredPlan) {
  return {
    plan: id,
    currency,
    instalments: instalments.map(({ on, amountMinor }) => ({
      on: formatCivilDay(on),
      amount: formatDecimal(amountMinor, currency),
    })),
    name: name ?? undefined,
    note: note ?? undefined,
    waives_interest: waivesInterest || undefined,
  };
}

export function sharesOfPlan({ invoices }: DebtorCase, plan: StoredPlan): Share[] {
  return plan.invoices.map(({ invoiceId, amountMinor }) => ({
    invoice: invoices.find(({ id }) => id === invoiceId)!,
    amountMinor,
  }));
}

/** Has the debtor told about a plan; `about` tells the occasion, `shares` what is said of its invoices, where they differ. */
export function notifyPlan(
  matter: DebtorCase,
  kind: NoticeKind,
  plan: StoredPlan,
  { about = plan.id, shares = sharesOfPlan(matter, plan), ...body }: PlanNews = {},
): void {
  const { currency, instalments, name, note, answer, waivesInterest } = plan;
  const terms = instalments.map(({ on, amountMinor }) => ({ on, amountMinor }));
  const said = { currency, instalments: terms, waivesInterest, name, note, answer, ...body };
  notify(matter, { kind, about, shares, body: said });
}

type PlanNews = Partial<NoticeBody> & { about?: string; shares?: Share[] };

/** `EUR 300.00 2026-03-13, …`: a plan at a glance, whatever the language. */
export function glance({ instalments, currency }: StoredPlan): string {
  return instalments
    .map(({ on, amountMinor }) => `${amountOf(amountMinor, currency)} ${formatCivilDay(on)}`)
    .join(", ");
}
