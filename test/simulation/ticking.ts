import { APPROVAL_LASTS_MS } from "../../src/domain/approval.ts";
import type { CustomerContext } from "../../src/domain/customer-context.ts";
import { createContext } from "../../src/domain/customer-context.ts";
import { type Decision, decide } from "../../src/domain/decide.ts";
import type { CustomerFacts } from "../../src/domain/facts.ts";
import { afterSending, nextReminder } from "../../src/domain/group.ts";
import { type Company, type Customer, factsOf, type Outcome, type Send, touch, worldOf } from "./company.ts";
import { naiveLocal } from "./naive-time.ts";

/** What watches a tick: everything that is decided, and everything that leaves, before it is recorded. */
export type Watch = {
  decided(customer: Customer, facts: CustomerFacts, context: CustomerContext, decisions: Decision[]): void;
  sends(send: Send, context: CustomerContext): void;
};

export type Mail = (customer: Customer) => Outcome;

const ALWAYS = Number.NEGATIVE_INFINITY;
const MINUTE_MS = 60_000;
const HALF_DAY_MS = 12 * 3_600_000;
const MOST_ROUNDS = 60;

/** One tick over the company, as the use cases do it: what is due for a look is decided, claimed, sent, recorded. */
export function tickOnce(company: Company, at: number, mail: Mail, watch: Watch): void {
  if (isClosing(at)) closeApprovals(company, at);
  for (let round = 0; ; round++) {
    if (round > MOST_ROUNDS) throw new Error("a tick that does not come to rest");
    const due = company.customers.filter((customer) => isDue(customer, at));
    if (due.length === 0) break;
    for (const customer of due) handle(company, customer, { at, backlogOpensOn: null, mail, watch });
  }
  drainBacklog(company, at, mail, watch);
}

/** A tick closes a bounded number of questions: what is decided must not depend on it, so here some ticks close none. */
export function isClosing(at: number): boolean {
  return Math.floor(at / HALF_DAY_MS) % 2 === 0;
}

/** How much released backlog may still leave today, by the day of the creditor. */
export function backlogShare(company: Company, at: number): number {
  const { backlog } = company.policy;
  if (backlog.mode === "send") return 0;
  if (backlog.mode === "ask" && company.releasedAt === null) return 0;
  const today = naiveLocal(at, "Europe/Berlin").day;
  const sent = company.sends.filter(
    ({ on, outcome, reminder }) =>
      on === today && reminder.isBacklog && outcome !== "refused" && outcome !== "deferred",
  );
  return backlog.perDay - sent.length;
}

function isDue({ invoices }: Customer, at: number): boolean {
  return invoices.some(({ nextLookAt }) => nextLookAt !== null && nextLookAt <= at);
}

function closeApprovals({ customers }: Company, at: number): void {
  for (const customer of customers) {
    for (const { facts } of customer.invoices) {
      for (const approval of facts.approvals) {
        const { approvedAt, endedAt } = approval;
        if (endedAt !== undefined || approvedAt === null || at < approvedAt + APPROVAL_LASTS_MS) continue;
        approval.endedAt = at;
        touch(customer);
      }
    }
  }
}

function drainBacklog(company: Company, at: number, mail: Mail, watch: Watch): void {
  for (let isSending = true; isSending; ) {
    isSending = false;
    const oldestOf = ({ invoices }: Customer) =>
      Math.min(
        ...invoices.map(({ waitsFor, stageDueOn }) =>
          waitsFor === "backlog" ? stageDueOn! : Number.POSITIVE_INFINITY,
        ),
      );
    const waiting = company.customers.filter(({ invoices }) =>
      invoices.some(({ waitsFor }) => waitsFor === "backlog"),
    );
    for (const customer of waiting.sort((a, b) => oldestOf(a) - oldestOf(b))) {
      if (backlogShare(company, at) <= 0) return;
      if (handle(company, customer, { at, backlogOpensOn: ALWAYS, mail, watch })) isSending = true;
    }
  }
}

type Handling = { at: number; backlogOpensOn: number | null; mail: Mail; watch: Watch };

/** Decides for one customer and does what follows. Whether something left. */
function handle(company: Company, customer: Customer, handling: Handling): boolean {
  const { at, backlogOpensOn, mail, watch } = handling;
  const facts = factsOf(customer);
  const { context, decisions } = decideAll(company, facts, at, backlogOpensOn);
  watch.decided(customer, facts, context, decisions);
  const reminder = nextReminder(decisions, company.policy);
  if (!reminder) {
    storeLooks(customer, decisions);
    askApprovals(customer, decisions, at);
    return false;
  }
  const items = reminder.items.map(({ invoice, stage, askedMinor }) => ({
    invoice: customer.invoices.find(({ facts: { id } }) => id === invoice.id)!,
    stage,
    askedMinor,
  }));
  const send: Send = {
    customer,
    at,
    on: context.today,
    reminder,
    items,
    outcome: mail(customer),
    isTakenBack: false,
  };
  watch.sends(send, context);
  company.sends.push(send);
  if (send.outcome === "refused" || send.outcome === "deferred") {
    postpone(customer, at + (send.outcome === "refused" ? 24 * 60 : 15) * MINUTE_MS);
    return false;
  }
  const after = decideAll(company, afterSending(facts, reminder, context.today), at, null);
  record(company.policy, send);
  storeLooks(customer, after.decisions);
  askApprovals(customer, after.decisions, at);
  return true;
}

function decideAll(company: Company, facts: CustomerFacts, at: number, backlogOpensOn: number | null) {
  const world = worldOf(company, backlogOpensOn);
  const context = createContext({ customer: facts, policy: company.policy, world, at });
  return { context, decisions: facts.invoices.map((invoice) => decide(context, invoice)) };
}

function record({ stages }: Company["policy"], { customer, on, items, outcome }: Send): void {
  customer.facts.reminderDays.push(on);
  for (const { invoice, stage } of items) {
    const { facts } = invoice;
    const { offsetDays } = stages.find(({ key }) => key === stage)!;
    facts.steps.push({ stage, kind: "sent", on, offsetDays });
    facts.approvals = facts.approvals.filter((approval) => approval.stage !== stage);
    facts.hasUnknownOutcome = outcome === "unknown";
  }
}

function postpone(customer: Customer, until: number): void {
  customer.retryAt = until;
  for (const invoice of customer.invoices) {
    if (invoice.nextLookAt !== null && invoice.nextLookAt < until) invoice.nextLookAt = until;
  }
}

function storeLooks({ invoices }: Customer, decisions: Decision[]): void {
  const byId = new Map(invoices.map((invoice) => [invoice.facts.id, invoice]));
  for (const { invoice, reason, lookAt, stageDueOn } of decisions) {
    const stored = byId.get(invoice.id)!;
    stored.nextLookAt = lookAt;
    stored.waitsFor = reason === "stale_ledger" ? "fresh_ledger" : reason === "backlog" ? "backlog" : null;
    stored.stageDueOn = reason === "backlog" ? stageDueOn : null;
  }
}

/** Finance is asked once about a stage, until its answer is used, void or past its time. */
function askApprovals({ invoices }: Customer, decisions: Decision[], at: number): void {
  for (const { invoice, reason, stage } of decisions) {
    if (reason !== "awaiting_approval") continue;
    const { facts } = invoices.find(({ facts: { id } }) => id === invoice.id)!;
    const isAsked = facts.approvals.some(
      (approval) => approval.stage === stage!.key && approval.endedAt === undefined,
    );
    if (!isAsked) facts.approvals.push({ stage: stage!.key, askedAt: at, approvedAt: null });
  }
}
