import type { Company, Outcome } from "./company.ts";
import { factsOf, touch } from "./company.ts";
import { addContact, approve, happen, isAsked, releaseBacklog, settle } from "./happenings.ts";
import { checkDecisions, checkNothingLost, checkProjected, checkSend } from "./invariants.ts";
import { judge, sceneOf } from "./judge.ts";
import { foundCustomer, issueInvoice } from "./making.ts";
import { pickDeck } from "./policies.ts";
import { createRandom, type Random } from "./random.ts";
import { isClosing, tickOnce, type Watch } from "./ticking.ts";

const DAY_MS = 86_400_000;
const START = Date.parse("2025-10-20T00:00:00Z");
const DAYS = 250;
const MOST_QUIET_DAYS = 700;
/** Every three hours the clock may ring; it does some three times a day. */
const STEP_MS = 3 * 3_600_000;
const STEPS_A_DAY = DAY_MS / STEP_MS;

const OUTCOMES: Record<Outcome, number> = { accepted: 92, unknown: 3, refused: 3, deferred: 2 };
const FINAL = ["consumer", "no_due_date", "paid", "below_minimum", "ladder_done"];

/** What runs saw, so that a test can tell that they saw enough. */
export type Sights = { reasons: Map<string, number>; stages: Map<string, number> };

/** More than a year of one company, then a time in which nothing more happens. Throws where a promise is broken. */
export function simulateCompany(seed: number, sights: Sights): void {
  const random = createRandom(seed);
  const deck = pickDeck(random);
  const company: Company = {
    policy: random.pick(deck),
    customers: Array.from({ length: random.whole(1, 2) }, (_, n) => foundCustomer(random, n)),
    freshThrough: null,
    releasedAt: null,
    sends: [],
  };
  for (let n = random.whole(0, 10); n > 0; n--) issueInvoice(company, random, START);
  const watch = createWatch(company, sights);
  const bustle = random.pick([0.005, 0.02, 0.06]);
  let outageUntil = 0;
  let staleUntil = 0;
  for (let step = 0; step < DAYS * STEPS_A_DAY; step++) {
    const at = START + step * STEP_MS;
    if (random.chance(bustle)) happen(company, random, at - random.whole(1, STEP_MS));
    if (random.chance(0.0005)) changePolicy(company, random.pick(deck));
    if (random.chance(0.0007)) staleUntil = at + random.whole(2, 20) * DAY_MS;
    if (step % STEPS_A_DAY === 2 && at > staleUntil) bringBankFile(company, at);
    if (random.chance(0.001)) outageUntil = at + random.whole(1, 40) * DAY_MS;
    if (at < outageUntil || random.chance(0.75)) continue;
    const accepted = () => tickOnce(company, at, () => "accepted", watch);
    if (random.chance(0.1)) checkProjected(company, at, accepted);
    else tickOnce(company, at, () => outcomeOf(random), watch);
    if (random.chance(0.1)) accepted();
    if (random.chance(0.15)) checkNothingLost(company, at);
  }
  beQuiet(company, watch);
}

function createWatch(company: Company, { reasons, stages }: Sights): Watch {
  return {
    decided(_, facts, context, decisions) {
      checkDecisions(company, facts, context, decisions);
      for (const { reason } of decisions) if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    },
    sends(send, context) {
      checkSend(company, send, context);
      for (const { stage } of send.items) stages.set(stage, (stages.get(stage) ?? 0) + 1);
    },
  };
}

function outcomeOf(random: Random): Outcome {
  return random.weighted(OUTCOMES);
}

function changePolicy(company: Company, policy: Company["policy"]): void {
  company.policy = policy;
  company.customers.forEach(touch);
}

function bringBankFile(company: Company, at: number): void {
  company.freshThrough = at;
  for (const { invoices } of company.customers) {
    for (const invoice of invoices) {
      if (invoice.waitsFor === "fresh_ledger") Object.assign(invoice, { nextLookAt: 0, waitsFor: null });
    }
  }
}

/** Nothing more happens, people answer at once: in the end everything that is owed has had every stage. */
function beQuiet(company: Company, watch: Watch): void {
  let at = START + DAYS * DAY_MS;
  company.customers.forEach(addContact);
  for (let step = 0; step < MOST_QUIET_DAYS * STEPS_A_DAY; step++) {
    at += STEP_MS;
    if (step % STEPS_A_DAY === 2) answerEverything(company, at);
    tickOnce(company, at, () => "accepted", watch);
    if (step % 20 === 0) checkNothingLost(company, at);
    if (step > STEPS_A_DAY && isClosing(at) && isAtRest(company)) break;
  }
  for (const customer of company.customers) {
    for (const [id, { reason }] of judge(sceneOf(company, factsOf(customer), at, true))) {
      if (reason === "customer_escalated" && silencesForever(company)) continue;
      if (!FINAL.includes(reason!)) throw new Error(`nothing is lost in the end: ${id} waits for ${reason}`);
    }
  }
}

function silencesForever({ policy: { stages } }: Company): boolean {
  return stages.some((stage) => stage.silencesCustomer && stage.finalDeadlineDays === null);
}

function isAtRest({ customers }: Company): boolean {
  return customers.every(({ invoices }) =>
    invoices.every(
      (invoice) => invoice.nextLookAt === null && invoice.waitsFor === null && !isAsked(invoice),
    ),
  );
}

function answerEverything(company: Company, at: number): void {
  bringBankFile(company, at);
  if (company.policy.backlog.mode === "ask") releaseBacklog(company, null, at);
  for (const customer of company.customers) {
    const { holds } = customer.facts;
    while (customer.invoices.some(({ facts }) => facts.hasUnknownOutcome)) settle(company, customer, true);
    for (const { facts } of customer.invoices) {
      if (facts.isMissing) touch(customer);
      facts.isMissing = false;
      for (const hold of [...facts.holds, ...holds]) {
        if (hold.until !== null || hold.endedAt !== null) continue;
        hold.endedAt = at;
        touch(customer);
      }
    }
    for (const invoice of customer.invoices.filter(isAsked)) approve({ customer, invoice }, at);
  }
}
