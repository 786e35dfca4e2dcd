import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Client, createClient } from "@libsql/client";
import { type Book, openBook } from "./book.ts";
import { DAY_MS, quietMoments, scenes } from "./calendar.ts";
import type { Ground } from "./child.ts";
import { type Company, makeCompany } from "./company.ts";
import { type Actor, hireActor } from "./crew.ts";
import type { Evidence } from "./evidence.ts";
import { found } from "./founding.ts";
import { employ, type People } from "./people.ts";
import { type Provider, watchMails } from "./provider.ts";
import { type Random, seeded } from "./random.ts";
import { live } from "./rounds.ts";
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

export type Trial = {
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
