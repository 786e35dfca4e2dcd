import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Client, createClient } from "@libsql/client";
import { ACME } from "../support/cast.ts";
import { type Book, openBook } from "./book.ts";
import { DAY_MS, quietMoments, type Scene, scenes } from "./calendar.ts";
import { type Aim, type ChildPlan, type Ground, runChild } from "./child.ts";
import { type Company, makeCompany, START } from "./company.ts";
import { type Actor, hireActor } from "./crew.ts";
import type { Evidence, Run } from "./evidence.ts";
import { employ, type People } from "./people.ts";
import { type Provider, watchMails } from "./provider.ts";
import { type Random, seeded } from "./random.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

export type TrialOptions = {
  seed: number;
  /** Where the code is. */
  root: string;
  /** A folder of its own. */
  folder: string;
  /** Processes to kill, about. */
  kills: number;
  size: { customers: number; invoices: number };
  quietDays: number;
};

type Trial = {
  random: Random;
  ground: Ground;
  standIn: StandIn;
  company: Company;
  book: Book;
  actors: Actor[];
  people: People;
  provider: Provider;
  reader: Client;
  kills: number;
};

export type TrialReport = {
  evidence: Evidence;
  tally: Record<string, Record<string, number>>;
  surprises: string[];
};

const MISBEHAVES = 0.1;
const MOST_TRIES = 6;
/** Of the kills, what may go into setting up: the most is to be had while mail leaves. */
const FOUNDING_SHARE = 0.2;

/** One company's half year under fire, then weeks of peace; what it leaves is for the auditor. */
export async function runTrial(options: TrialOptions): Promise<TrialReport> {
  const trial = await open(options);
  try {
    await found(trial);
    const rounds = Math.max(12, Math.ceil(options.kills * 0.9));
    const moments = scenes(trial.random.of("clock"), rounds);
    for (const [round, scene] of moments.entries()) await live(trial, { round, rounds, scene });
    const quietFrom = Math.max(...moments.map(({ at }) => at)) + DAY_MS;
    const endsAt = await rest(trial, quietFrom, options.quietDays);
    return report(trial, { seed: options.seed, quietFrom, endsAt });
  } finally {
    await close(trial);
  }
}

async function open({ seed, root, folder, kills, size }: TrialOptions): Promise<Trial> {
  const random = seeded(seed, "trial");
  const company = makeCompany(seed, size);
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(company.files)) await writeFile(join(folder, name), text);
  const standIn = await startStandIn(random.of("ses"));
  const ground: Ground = {
    root,
    database: join(folder, "dunwell.db"),
    standIn,
    runs: [],
    hasEvents: random.of("events?").chance(0.75),
  };
  const book = openBook(company);
  const actors = ["ann", "bob"].map((name) => hireActor(ground, name));
  const reader = createClient({ url: `file:${ground.database}`, timeout: 5000 });
  const people = employ({ book, actors, reader });
  const provider = watchMails(standIn.mails, ground.runs, random.of("events"));
  return { random, ground, standIn, company, book, actors, people, provider, reader, kills };
}

/** The database comes to be, and is filled, while who does it is killed. */
async function found(trial: Trial): Promise<void> {
  const random = trial.random.of("founding");
  await until(trial, random, { what: "migrate", args: ["migrate"], at: START });
  await trial.people.introduce(START, { creditor: ACME, policies: trial.company.policies });
  for (const kind of ["customers", "invoices"]) await importFile(trial, random, `${kind}.csv`, START);
}

async function importFile(trial: Trial, random: Random, file: string, at: number): Promise<void> {
  const kind = file.startsWith("customers") ? "customers" : "invoices";
  await until(trial, random, { what: "import", args: ["import", kind, file], at });
  if (kind === "customers") return;
  const numbers = new Set(trial.company.files[file]!.match(/^INV-\d+/gm));
  trial.book.present.push(...trial.company.invoices.filter(({ number }) => numbers.has(number)));
}

/** Again and again until it ends by itself. */
async function until(trial: Trial, random: Random, plan: ChildPlan): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const isShot = attempt < MOST_TRIES && killsOf(trial.ground) < trial.kills * FOUNDING_SHARE;
    const aim = isShot && random.chance(0.5) ? aimAtWrites(random) : undefined;
    const run = await runChild(trial.ground, { ...plan, args: at(plan), aim });
    if (run.killedAt !== null) continue;
    if (run.code === 0) return;
    if (attempt > MOST_TRIES) throw new Error(`${plan.args.join(" ")} failed: ${run.errors}`);
  }
}

function at(plan: ChildPlan): string[] {
  return [...plan.args, "--at", new Date(plan.at).toISOString()];
}

function killsOf({ runs }: Ground): number {
  return runs.filter(({ killedAt }) => killedAt !== null).length;
}

function aimAtWrites(random: Random): Aim {
  return random.chance(0.8)
    ? { moment: "write", nth: random.whole(1, 8), laterMs: random.whole(0, 4) }
    : { moment: "time", nth: 1, laterMs: random.whole(100, 900) };
}

function aimAtTick(random: Random): Aim {
  const moment = random.weighted({ taken: 4, arrived: 2, answered: 4, write: 3, time: 1 });
  if (moment === "write" || moment === "time") return aimAtWrites(random);
  const nth = random.chance(0.7) ? 1 : random.whole(2, 5);
  return { moment, nth, laterMs: random.chance(0.6) ? 0 : random.whole(1, 12) };
}

type Round = { round: number; rounds: number; scene: Scene };

async function live(trial: Trial, { round, rounds, scene }: Round): Promise<void> {
  const random = trial.random.of(round);
  const { people, company, provider, standIn } = trial;
  const now = scene.at;
  standIn.misbehaves = random.chance(0.5) ? MISBEHAVES : 0;
  for (let i = 1; i < Object.keys(company.files).length - 1; i++) {
    if (round === Math.floor((i * rounds) / 6)) await importFile(trial, random, `later-${i}.csv`, now);
  }
  for (let i = random.whole(0, 5); i > 0; i--) await people.act(random, now - i);
  await people.deliver(now, provider.due(round));
  const meanwhile = random.chance(0.6) ? actMeanwhile(trial, random, now) : undefined;
  const ticks = Number(random.weighted({ 1: 6, 2: 3, 3: 1 }));
  standIn.ambush(random.chance(0.6) ? await people.lieInWait(random, now) : null);
  // Now and then one begins when the leases of the other are over, though that one is only slow.
  const apart = random.chance(0.85) ? 20_000 : 40 * 60_000;
  const runs = random.chance(0.07)
    ? [await serve(trial, random, now)]
    : await Promise.all(
        Array.from({ length: ticks }, (_, i) => tick(trial, random.of(`tick ${i}`), now + i * apart)),
      );
  await meanwhile;
  standIn.ambush(null);
  if (runs.some(({ killedAt }) => killedAt !== null) && random.chance(0.6)) {
    const later = now + (random.chance(0.5) ? 1 : 16) * 60_000;
    await tick(trial, random.of("again"), later, 0.3);
  }
}

/** People do not wait for a tick to end, and die in the midst of what they do. */
async function actMeanwhile(
  { people, actors, ground, kills }: Trial,
  random: Random,
  now: number,
): Promise<void> {
  await pause(random.whole(0, 500));
  for (let i = random.whole(1, 6); i > 0; i--) {
    const deed = people.act(random, now + i);
    if (random.chance(0.04) && killsOf(ground) < kills) {
      await pause(random.whole(0, 6));
      await random.pick(actors).kill();
    }
    await deed;
  }
}

function tick(trial: Trial, random: Random, now: number, killed = 0.85): Promise<Run> {
  const aim = killsOf(trial.ground) < trial.kills && random.chance(killed) ? aimAtTick(random) : undefined;
  const plan = { what: "tick", args: ["tick"], at: now, aim };
  return runChild(trial.ground, { ...plan, args: at(plan) });
}

/** The service with its own clock, which strikes the quarter soon after it starts. */
function serve(trial: Trial, random: Random, now: number): Promise<Run> {
  const quarter = 15 * 60_000;
  const startsAt = Math.ceil(now / quarter) * quarter - 1800;
  const aim = killsOf(trial.ground) < trial.kills && random.chance(0.7) ? aimAtTick(random) : undefined;
  return runChild(trial.ground, {
    what: "serve",
    args: ["serve"],
    at: startsAt,
    aim,
    stopAfterMs: 3500,
    nodeOptions: ["--import", join(trial.ground.root, "test/torture/shifted-clock.ts")],
    environment: { TORTURE_NOW_MS: String(startsAt) },
  });
}

/** Nothing fails any more and nobody does anything but answer: what is due has to leave, what is not known to be settled. */
async function rest(trial: Trial, quietFrom: number, days: number): Promise<number> {
  const { people, provider, standIn, actors } = trial;
  standIn.misbehaves = 0;
  await people.settleDown(quietFrom);
  await people.deliver(quietFrom, provider.rest());
  const moments = quietMoments(quietFrom, days);
  for (const [i, moment] of moments.entries()) {
    await people.answerAll(moment - 500);
    if (i === Math.floor(moments.length / 3)) await people.settleUnknown(moment - 400, standIn.mails);
    const reply = await actors[0]!.do("tick", moment);
    if (reply.kind !== "done") people.surprises.push(`quiet tick: ${JSON.stringify(reply)}`);
    await people.deliver(moment, provider.rest());
  }
  return moments.at(-1)!;
}

function report(trial: Trial, moments: Pick<Evidence, "seed" | "quietFrom" | "endsAt">): TrialReport {
  const { ground, standIn, book, people, provider } = trial;
  const kills: Record<string, number> = {};
  for (const { killedAt, what } of ground.runs) {
    if (killedAt !== null) kills[`${what} ${killedAt}`] = (kills[`${what} ${killedAt}`] ?? 0) + 1;
  }
  const { runs, database } = ground;
  const failed = runs.filter(({ code, killedAt }) => killedAt === null && code !== 0 && code !== null);
  return {
    evidence: {
      ...moments,
      database,
      mails: standIn.mails,
      runs,
      book: book.entries,
      suppressedAt: people.suppressedAt,
    },
    tally: { kills, faults: standIn.faults, deeds: people.deeds, events: provider.tally },
    surprises: [
      ...people.surprises,
      ...failed.map(({ what, code, errors }) => `${what} ended with ${code}: ${errors}`),
    ],
  };
}

async function close({ actors, standIn, reader }: Trial): Promise<void> {
  for (const actor of actors) await actor.end();
  reader.close();
  await standIn.close();
}
