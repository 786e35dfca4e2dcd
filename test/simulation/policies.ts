import { type Policy, STANDARD_POLICY, type Stage } from "../../src/domain/policy.ts";
import { createRandom, type Random } from "./random.ts";

const [PRE_DUE, OVERDUE_3, OVERDUE_30, FORMAL] = STANDARD_POLICY.stages as [Stage, Stage, Stage, Stage];
const ON_THE_DAY: Stage = { ...OVERDUE_3, key: "due_day", offsetDays: 0, needsFreshLedger: false };

/** Every stage that a policy here may have, the softest first. */
export const LADDER = ["pre_due", "due_day", "overdue_3", "overdue_30", "formal_notice"];

const CALENDARS: Policy["calendar"][] = [
  STANDARD_POLICY.calendar,
  {
    days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    from: "00:00",
    until: "24:00",
    holidays: false,
    rollDueDate: false,
  },
  { days: ["mon", "wed", "sat"], from: "00:00", until: "24:00", holidays: true, rollDueDate: false },
  { days: ["tue", "thu"], from: "07:00", until: "12:30", holidays: true, rollDueDate: true },
  {
    days: ["mon", "tue", "wed", "thu", "fri", "sat"],
    from: "08:00",
    until: "20:00",
    holidays: false,
    rollDueDate: true,
  },
];

const DECKS = 80;
/** Policies that a company has in turn: the same stages under other rules, then others. */
const decks: Policy[][] = Array.from({ length: DECKS }, (_, i) => {
  const random = createRandom(7_000 + i);
  const keys = LADDER.filter(() => random.chance(0.8));
  const first = makePolicy(random, keys);
  const others = LADDER.filter(() => random.chance(0.6));
  return [first, makePolicy(random, keys), makePolicy(random, others)];
});
const standard = [STANDARD_POLICY, makePolicy(createRandom(1), keysOf(STANDARD_POLICY))];

export function pickDeck(random: Random): Policy[] {
  return random.chance(0.15) ? standard : random.pick(decks);
}

export function stageOf(policy: Policy, key: string): Stage {
  return policy.stages.find((stage) => stage.key === key)!;
}

function keysOf({ stages }: Policy): string[] {
  return stages.map(({ key }) => key);
}

function makePolicy(random: Random, keys: string[]): Policy {
  const stages = makeStages(random);
  const kept = stages.filter(({ key }) => keys.includes(key));
  return {
    ...STANDARD_POLICY,
    calendar: random.pick(CALENDARS),
    minContactGapDays: random.pick([0, 1, 5, 9]),
    maxContactsPer30Days: random.pick([null, 2, 4]),
    minBalance: random.pick<Policy["minBalance"]>([{}, { EUR: 20_000 }]),
    freshnessDays: random.pick([null, 1, 2]),
    backlog: random.pick<Policy["backlog"]>([
      { mode: "send" },
      { mode: "ask", perDay: 1 },
      { mode: "ask", perDay: 200 },
      { mode: "spread", perDay: 1 },
    ]),
    stages: kept.length > 0 ? kept : stages,
    interest: random.pick<Policy["interest"]>([
      { kind: "none" },
      { kind: "daily", rate: 0.0003, basis: "contract" },
    ]),
  };
}

function makeStages(random: Random): Stage[] {
  return [
    {
      ...PRE_DUE,
      offsetDays: random.pick([-1, -3, -10]),
      approval: random.pick([null, null, "finance"]),
      minBalance: random.pick([null, null, { EUR: 60_000 }]),
    },
    ON_THE_DAY,
    { ...OVERDUE_3, offsetDays: random.pick([2, 3, 7]), minGapDays: random.pick([0, 4]) },
    {
      ...OVERDUE_30,
      offsetDays: random.pick([14, 30]),
      approval: random.pick([null, null, "finance"]),
      alone: random.chance(0.2),
    },
    {
      ...FORMAL,
      offsetDays: random.pick([40, 60]),
      approval: random.pick([null, "finance"]),
      alone: random.chance(0.7),
      silencesCustomer: random.chance(0.7),
      finalDeadlineDays: random.pick([null, 10, 14]),
      minBalance: random.pick([null, { EUR: 60_000 }]),
    },
  ];
}
