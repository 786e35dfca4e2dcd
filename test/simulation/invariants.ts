import type { CustomerContext } from "../../src/domain/customer-context.ts";
import type { Decision } from "../../src/domain/decide.ts";
import type { CustomerFacts } from "../../src/domain/facts.ts";
import type { PlannedReminder } from "../../src/domain/group.ts";
import type { Policy } from "../../src/domain/policy.ts";
import { drain } from "../../src/domain/project.ts";
import { recipientsFor } from "../../src/domain/recipients.ts";
import { type Company, factsOf, type Send, worldOf } from "./company.ts";
import { activeHolds, doneThrough, judge, naiveAsked, nextStage, type Scene, sceneOf } from "./judge.ts";
import { checkLetter } from "./letter-sums.ts";
import { naiveIsBacklog } from "./naive-backlog.ts";
import { naiveIsSendingDay, naiveIsWithinHours } from "./naive-time.ts";
import { LADDER, stageOf } from "./policies.ts";
import { promise } from "./promise.ts";
import { backlogShare } from "./ticking.ts";

const WEEK_MS = 7 * 86_400_000;

/** Every decision is the one that the specification's words lead to. */
export function checkDecisions(
  company: Company,
  facts: CustomerFacts,
  context: CustomerContext,
  decisions: Decision[],
): void {
  const scene = sceneOf(company, facts, context.at, context.world.backlogOpensOn !== null);
  const verdicts = judge(scene);
  promise(context.today === scene.today, "the day is the zone's", [context.today, scene.today]);
  for (const { invoice, reason, stage, askedMinor } of decisions) {
    const verdict = verdicts.get(invoice.id)!;
    const decided = { reason, stage: stage?.key ?? null, askedMinor };
    const isSame =
      reason === verdict.reason && decided.stage === verdict.stage && askedMinor === verdict.askedMinor;
    promise(isSame, "decided as the rules say", { decided, verdict, invoice, facts, at: context.at });
  }
}

/** After a tick nothing is left that could leave now. */
export function checkNothingLost(company: Company, at: number): void {
  const hasShare = backlogShare(company, at) > 0;
  for (const customer of company.customers) {
    if (customer.retryAt > at) continue;
    const facts = factsOf(customer);
    for (const [id, { reason, stage }] of judge(sceneOf(company, facts, at, hasShare))) {
      promise(reason !== null, "nothing due is lost", { id, stage, at, facts });
    }
  }
}

/** What the projections drain from a customer at this moment is what a tick sends. */
export function checkProjected(company: Company, at: number, tick: () => void): void {
  const world = worldOf(company, null);
  const { policy } = company;
  const projected = company.customers.flatMap((customer) =>
    drain({ customer: factsOf(customer), policy, world, at }).sends.map(({ reminder }) => describe(reminder)),
  );
  const isComparable =
    backlogShare(company, at) <= 0 && company.customers.every(({ retryAt }) => retryAt <= at);
  const before = company.sends.length;
  tick();
  const sent = company.sends.slice(before).map(({ reminder }) => describe(reminder));
  if (isComparable) {
    promise(projected.sort().join() === sent.sort().join(), "a tick sends what is projected", {
      projected,
      sent,
    });
  }
}

function describe({ stage, items }: PlannedReminder): string {
  return `${stage}: ${items.map((item) => `${item.invoice.id} ${item.stage} ${item.askedMinor}`)}`;
}

/** What has to be true of a message, told from the company's history. */
export function checkSend(company: Company, send: Send, context: CustomerContext): void {
  const scene = sceneOf(company, factsOf(send.customer), send.at, context.world.backlogOpensOn !== null);
  const { policy } = company;
  const before = company.sends.filter(
    ({ customer, outcome, isTakenBack }) =>
      customer === send.customer && !isTakenBack && (outcome === "accepted" || outcome === "unknown"),
  );
  const about = {
    at: send.at,
    on: send.on,
    items: send.items.map(({ invoice, stage }) => [invoice.facts, stage]),
  };
  checkContact(send, scene, before, about);
  checkGroup(send, scene, about);
  checkBacklog(send, scene, about);
  checkLetter(send, context);
  for (const item of send.items) {
    const earlier = before.flatMap(({ on, items }) =>
      items.filter(({ invoice }) => invoice === item.invoice).map(({ stage }) => ({ on, stage })),
    );
    checkAmount(item, scene, about);
    checkLadder(item, earlier, { policy, on: send.on }, about);
    if (stageOf(policy, item.stage).approval) checkApproval(item, send.at, about);
  }
}

type Item = Send["items"][number];

function checkContact({ on, customer }: Send, scene: Scene, before: Send[], about: unknown): void {
  const { policy, minute } = scene;
  const { minContactGapDays: gap, maxContactsPer30Days: cap, calendar } = policy;
  const days = before.map((send) => send.on);
  promise(
    days.every((day) => on - day >= gap),
    "one reminder per contact gap",
    about,
  );
  const recent = [...days, ...customer.facts.callDays].filter((day) => on - day < 30);
  promise(cap === null || recent.length < cap, "no more contacts than the cap", about);
  const isOpen =
    naiveIsSendingDay(on, calendar, customer.facts.country) && naiveIsWithinHours(minute, calendar);
  promise(isOpen && on === scene.today, "leaves within hours on sending days", about);
}

/** What is backlog takes from the day's share, and nothing else does. */
function checkBacklog({ reminder, items }: Send, scene: Scene, about: unknown): void {
  if (scene.policy.backlog.mode === "send") return;
  const isAny = items.some(({ invoice: { facts } }) =>
    naiveIsBacklog(scene, facts, nextStage(scene, facts)!, scene.today),
  );
  promise(reminder.isBacklog === isAny, "backlog is counted as such", about);
  promise(!isAny || backlogShare(scene.company, scene.at) > 0, "backlog keeps to the day's share", about);
}

/** The sternest goes first; a stage that stands alone shares its letter with none but its like. */
function checkGroup({ reminder, items, customer }: Send, scene: Scene, about: unknown): void {
  const { stages } = scene.policy;
  const sendable = [...judge(scene)].filter(([, { reason }]) => reason === null);
  const indexOf = (key: string | null) => stages.findIndex((stage) => stage.key === key);
  const sternest = Math.max(...sendable.map(([, { stage }]) => indexOf(stage)));
  const isAlone = stages[sternest]!.alone;
  const together = sendable.filter(([, { stage }]) =>
    isAlone ? indexOf(stage) === sternest : !stages[indexOf(stage)]!.alone,
  );
  const expected = together.map(([id, { stage }]) => `${id} ${stage}`).sort();
  const actual = items.map(({ invoice, stage }) => `${invoice.facts.id} ${stage}`).sort();
  promise(expected.join() === actual.join(), "what is due shares one message", { expected, actual });
  promise(reminder.stage === stages[sternest]!.key, "the sternest stage sets the tone", about);
  const { contacts } = customer.facts;
  const to = recipientsFor(stages[sternest]!, contacts);
  promise(
    to.length > 0 && to.every(({ isSuppressed }) => !isSuppressed),
    "nobody suppressed is written to",
    to,
  );
  const wanted = contacts.filter(
    ({ role, isSuppressed }) => stages[sternest]!.to.includes(role) && !isSuppressed,
  );
  promise(wanted.length === 0 || wanted.every((one) => to.includes(one)), "the wanted roles get it", to);
}

function checkAmount({ invoice, askedMinor }: Item, scene: Scene, about: unknown): void {
  const { facts, money } = invoice;
  const paid = money.reduce((sum, { allocatedMinor }) => sum + allocatedMinor, 0);
  promise(
    facts.balanceMinor === facts.amountMinor - paid && facts.balanceMinor > 0,
    "there is a balance",
    about,
  );
  promise(askedMinor === naiveAsked(scene).get(facts.id)!.askedMinor, "asks for what is owed now", about);
  promise(askedMinor > 0 && askedMinor <= facts.balanceMinor, "asks for no more than the balance", about);
  const held = activeHolds(scene.customer, facts, scene.today).map(({ kind }) => kind);
  promise(
    held.every((kind) => kind === "promise" || kind === "dispute"),
    "what is held is silent",
    about,
  );
  promise(!facts.isMissing && facts.status === "open", "only what is open is reminded", about);
  promise(scene.customer.kind !== "consumer", "no consumer is reminded", about);
}

function checkLadder(
  { invoice, stage: key }: Item,
  earlier: { on: number; stage: string }[],
  { policy, on }: { policy: Policy; on: number },
  about: unknown,
): void {
  const rank = LADDER.indexOf(key);
  const taken = earlier.filter(({ stage, on: day }) =>
    invoice.facts.steps.some((step) => step.stage === stage && step.on === day),
  );
  promise(!taken.some(({ stage }) => stage === key), "a stage is sent once", about);
  promise(!taken.some(({ stage }) => LADDER.indexOf(stage) > rank), "tone never falls", about);
  promise(!taken.some(({ on: day }) => day === on), "one stage a day for an invoice", about);
  const { dueOn, issuedOn } = invoice.facts;
  const { offsetDays, minGapDays } = stageOf(policy, key);
  promise(on >= (issuedOn ?? on), "nothing before the invoice is issued", about);
  promise(offsetDays < 0 || on >= dueOn! + offsetDays, "not before the stage is due", about);
  promise(offsetDays >= 0 || on <= dueOn! + 10, "no early word after the due date", about);
  promise(
    offsetDays < 0 || taken.every(({ on: day }) => on - day >= minGapDays),
    "keeps the stage's gap",
    about,
  );
  const done = doneThrough(policy, invoice.facts);
  const index = policy.stages.findIndex((one) => one.key === key);
  const skipped = policy.stages.filter(({ offsetDays: days }, i) => done < i && i < index && days >= 0);
  promise(skipped.length === 0, "a sterner stage only after the softer ones", about);
}

function checkApproval({ invoice, stage }: Item, at: number, about: unknown): void {
  const isValid = invoice.facts.approvals.some(
    ({ stage: of, approvedAt }) =>
      of === stage &&
      approvedAt !== null &&
      at - approvedAt < WEEK_MS &&
      !invoice.words.some((word) => word >= approvedAt && word <= at),
  );
  promise(isValid, "a valid approval is on record", about);
}
