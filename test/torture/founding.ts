import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ACME } from "../support/cast.ts";
import { type Aim, atMoment, type ChildPlan, killsOf, runChild } from "./child.ts";
import { START } from "./company.ts";
import type { Random } from "./random.ts";
import type { Trial } from "./trial.ts";

const MOST_TRIES = 6;
/** Of the kills, what may go into setting up: the most is to be had while mail leaves. */
const FOUNDING_SHARE = 0.2;

/** The database comes to be, and is filled, while who does it is killed. */
export async function found(trial: Trial): Promise<void> {
  const random = trial.random.of("founding");
  await until(trial, random, { what: "migrate", args: ["migrate"], at: START });
  await trial.people.introduce(START, { creditor: ACME, policies: trial.company.policies });
  await until(trial, random, { what: "import", args: ["import", "customers", "customers.csv"], at: START });
  await importInvoices(trial, random, { file: "invoices.csv", at: START });
}

export async function importInvoices(
  trial: Trial,
  random: Random,
  { file, at }: { file: string; at: number },
): Promise<void> {
  await until(trial, random, { what: "import", args: ["import", "invoices", file], at });
  const numbers = new Set(trial.company.files[file]!.match(/^INV-\d+/gm));
  trial.book.present.push(...trial.company.invoices.filter(({ number }) => numbers.has(number)));
}

/** The bank's file of the day, which is imported again where whoever did it died. */
export async function importPayments(trial: Trial, random: Random, at: number): Promise<void> {
  const { book, ground } = trial;
  const entries = Array.from({ length: 3 }, () =>
    book.draw(random, random.pick(["pay", "part", "credit_note"])),
  );
  const file = `bank-${ground.runs.length}.csv`;
  const drawn = entries.filter((entry) => entry !== null);
  await writeFile(join(dirname(ground.database), file), book.fileOf(drawn, at));
  await until(trial, random, { what: "import", args: ["import", "payments", file], at });
  for (const entry of drawn) book.confirm(entry);
}

/** Again and again until it ends by itself. */
async function until(trial: Trial, random: Random, plan: ChildPlan): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const most = plan.at === START ? trial.kills * FOUNDING_SHARE : trial.kills;
    const isShot = attempt < MOST_TRIES && killsOf(trial.ground) < most;
    const aim = isShot && random.chance(0.5) ? aimAtWrites(random) : undefined;
    const run = await runChild(trial.ground, { ...plan, args: atMoment(plan), aim });
    if (run.killedAt !== null) continue;
    if (run.code === 0) return;
    if (attempt > MOST_TRIES) throw new Error(`${plan.args.join(" ")} failed: ${run.errors}`);
  }
}

export function aimAtWrites(random: Random): Aim {
  return random.chance(0.8)
    ? { moment: "write", nth: random.whole(1, 8), laterMs: random.whole(0, 4) }
    : { moment: "time", nth: 1, laterMs: random.whole(100, 900) };
}
