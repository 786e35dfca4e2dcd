import { setTimeout as pause } from "node:timers/promises";
import { MOST_FAILURES, type SendingState } from "../../domain/sending.ts";
import type { Mailer, MailOutcome, OutgoingMail } from "../../ports.ts";
import { backOffMs } from "./back-off.ts";
import { inParallel } from "./in-parallel.ts";
import { createPace } from "./pace.ts";
import type { Slots } from "./slots.ts";

export type Delivery = {
  /** In the order of the mails. */
  outcomes: MailOutcome[];
  /** Failures in a row at its end, those before it included; `failure` is the code of the last. */
  failures: number;
  failure: string | null;
  hasTaken: boolean;
  /** The provider takes no more today. */
  isQuotaUsedUp: boolean;
};

const MOST_ROUNDS = 8;
const MOST_ROUNDS_IN_VAIN = 4;

/**
 * Sends mails in the slots that were taken for them. Where the provider asks for patience they wait and try again, a few times, in
 * slots of their own. A run of failures or a used up quota ends it: what was not tried by then is `deferred`. So is what `isInTime`
 * no longer lets go once its turn comes, as after a process was held up; it goes by the services' clock, which a given moment stops.
 */
export async function deliver(
  mailer: Mailer,
  input: {
    mails: OutgoingMail[];
    /** Whether the mail of this index may still leave at this moment. */
    isInTime(index: number): boolean;
    slots: Slots;
    takeSlots(mails: OutgoingMail[]): Promise<Slots>;
    sending: Pick<SendingState, "circuit" | "hasTaken">;
  },
): Promise<Delivery> {
  const { mails, isInTime, sending, takeSlots } = input;
  const work = startWork(mails, sending);
  let { slots } = input;
  let inVain = 0;
  for (let round = 1; ; round++) {
    const before = openOf(work);
    await postOpen(mailer, work, { open: before, slots, isInTime });
    const open = openOf(work);
    inVain = open.length < before.length ? 0 : inVain + 1;
    const isOver = work.halt === "failing" || work.halt === "used_up" || open.length === 0;
    if (isOver || round === MOST_ROUNDS || inVain === MOST_ROUNDS_IN_VAIN) break;
    if (work.halt === "throttled") await pause(backOffMs(inVain, Math.random()));
    slots = await takeSlots(open.map((i) => mails[i]!));
  }
  return finish(work);
}

type Work = {
  mails: OutgoingMail[];
  outcomes: (MailOutcome | undefined)[];
  failures: number;
  failure: string | null;
  hasTaken: boolean;
  halt: keyof typeof UNTRIED | null;
};

function startWork(
  mails: OutgoingMail[],
  { circuit, hasTaken }: Pick<SendingState, "circuit" | "hasTaken">,
): Work {
  const outcomes = new Array<undefined>(mails.length);
  return { mails, outcomes, failures: circuit.failures, failure: null, hasTaken, halt: null };
}

/** What was not tried yet, or was put off for going too fast. */
function openOf({ mails, outcomes }: Work): number[] {
  return [...mails.keys()].filter((i) => {
    const outcome = outcomes[i];
    return outcome === undefined || (outcome.kind === "deferred" && outcome.isThrottled);
  });
}

async function postOpen(
  mailer: Mailer,
  work: Work,
  { open, slots, isInTime }: { open: number[]; slots: Slots; isInTime(index: number): boolean },
): Promise<void> {
  const pace = createPace(slots);
  work.halt = null;
  const post = async (i: number) => {
    const mail = work.mails[i]!;
    await pace(mail.to.length);
    if (work.halt !== null) return;
    if (!isInTime(i)) {
      work.outcomes[i] = TOO_LATE;
      return;
    }
    const outcome = await mailer.send(mail).catch(unknownOutcome);
    work.outcomes[i] = outcome;
    judge(work, outcome);
  };
  // Until one was taken only as many are under way as it takes to know better: a hole swallows no more.
  const few = work.hasTaken && work.failures === 0 ? 0 : Math.max(1, MOST_FAILURES - work.failures);
  await inParallel(open.slice(0, few), few, post);
  await inParallel(open.slice(few), mailer.concurrency, post);
  // What was under way at the time may have had an answer after all.
  if (work.halt === "failing" && work.failures < MOST_FAILURES) work.halt = null;
}

/** A mailer never throws; if one does, nobody knows whether the mail left. */
function unknownOutcome(error: unknown): MailOutcome {
  return { kind: "unknown", code: "mailer_threw", detail: error instanceof Error ? error.name : "no error" };
}

function judge(work: Work, outcome: MailOutcome): void {
  if (outcome.kind === "accepted") work.hasTaken = true;
  const failure = failureOf(outcome);
  if (failure !== null) {
    Object.assign(work, { failure, failures: work.failures + 1 });
    if (work.failures >= MOST_FAILURES) work.halt = "failing";
    return;
  }
  work.failures = 0;
  if (work.halt === null && outcome.kind === "deferred")
    work.halt = outcome.isQuota ? "used_up" : "throttled";
}

/** The code, where the provider did not do its part: the next mail would hardly fare better. */
function failureOf(outcome: MailOutcome): string | null {
  if (outcome.kind === "accepted") return null;
  if (outcome.kind === "deferred" && (outcome.isQuota || outcome.isThrottled)) return null;
  return outcome.kind === "refused" && outcome.fault !== "account" ? null : outcome.code;
}

const UNTRIED = {
  failing: { code: "circuit_open", detail: "not tried: mail before it failed" },
  used_up: { code: "quota_used_up", detail: "not tried: the daily quota is used up" },
  throttled: { code: "throttled", detail: "not tried: the provider asked for patience" },
};

const TOO_LATE: MailOutcome = {
  kind: "deferred",
  code: "too_late",
  detail: "not tried: its time was over when its turn came",
  isQuota: false,
};

function finish({ outcomes, halt, hasTaken, failures, failure, mails }: Work): Delivery {
  const untried: MailOutcome = {
    kind: "deferred",
    ...UNTRIED[halt ?? "throttled"],
    isQuota: halt === "used_up",
  };
  return {
    outcomes: mails.map((_, i) => outcomes[i] ?? untried),
    failures,
    failure,
    hasTaken,
    isQuotaUsedUp: outcomes.some((outcome) => outcome?.kind === "deferred" && outcome.isQuota),
  };
}
