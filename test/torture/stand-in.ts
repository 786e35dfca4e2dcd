import { type Fault, type Moment, type RecordedMail, startSesRecorder } from "../support/ses-recorder.ts";
import type { Random } from "./random.ts";

type Aim = { path: string; moment: Moment; left: number; kill(): Promise<unknown> };

export type StandIn = {
  url: string;
  mails: RecordedMail[];
  /** How often what went wrong. */
  faults: Record<string, number>;
  /** Kills when the `nth` mail from this path reaches this moment; the stand-in waits until it is dead. */
  aim(aim: { path: string; moment: Moment; nth: number; kill(): Promise<unknown> }): void;
  /** Does this once, when a process has looked at what is due and asks how much it may send; it learns that afterwards. */
  ambush(strike: (() => Promise<void>) | null): void;
  /** The share of mails with which something goes wrong; it may change while it runs. */
  misbehaves: number;
  close(): Promise<void>;
};

const LATENCY_MS = 3;
const FAULTS: Record<string, { weight: number; make(random: Random): Fault }> = {
  throttled: { weight: 3, make: () => ({ kind: "refuse", code: "Throttling" }) },
  refused: { weight: 2, make: () => ({ kind: "refuse", code: "InvalidParameterValue" }) },
  unavailable: { weight: 1, make: () => ({ kind: "error", status: 503, code: "ServiceUnavailable" }) },
  failed: { weight: 2, make: () => ({ kind: "error", status: 500 }) },
  dropped: { weight: 2, make: () => ({ kind: "drop" }) },
  taken_without_answer: { weight: 3, make: () => ({ kind: "hang_up" }) },
  garbled: { weight: 2, make: () => ({ kind: "garble" }) },
  late: { weight: 4, make: (random) => ({ kind: "delay", ms: random.whole(5, 200) }) },
  answered_twice: { weight: 2, make: () => ({ kind: "twice" }) },
};

/** The SES stand-in with moods of its own, at whose moments processes can be killed. */
export async function startStandIn(random: Random): Promise<StandIn> {
  const aims: Aim[] = [];
  let ambush: (() => Promise<void>) | null = null;
  const faults: Record<string, number> = {};
  const weights = Object.fromEntries(Object.entries(FAULTS).map(([name, { weight }]) => [name, weight]));
  const recorder = await startSesRecorder({
    latencyMs: LATENCY_MS,
    async watch(moment, mail) {
      const hit = aims.filter((aim) => aim.path === mail.path && aim.moment === moment);
      for (const aim of hit) if (--aim.left === 0) await aim.kill();
    },
    async onQuota() {
      const strike = ambush;
      ambush = null;
      await strike?.();
    },
    faultOf() {
      if (!random.chance(standIn.misbehaves)) return undefined;
      const name = random.weighted(weights);
      faults[name] = (faults[name] ?? 0) + 1;
      return FAULTS[name]!.make(random);
    },
  });
  const standIn: StandIn = {
    url: recorder.url,
    mails: recorder.mails,
    faults,
    misbehaves: 0,
    ambush: (strike) => {
      ambush = strike;
    },
    aim: ({ nth, ...aim }) => void aims.push({ ...aim, left: nth }),
    close: recorder.close,
  };
  return standIn;
}
