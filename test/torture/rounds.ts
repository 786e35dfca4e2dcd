import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Scene } from "./calendar.ts";
import { type Aim, atMoment, killsOf, runChild } from "./child.ts";
import type { Run } from "./evidence.ts";
import { aimAtWrites, importInvoices, importPayments } from "./founding.ts";
import type { Random } from "./random.ts";
import type { Trial } from "./trial.ts";

const MISBEHAVES = 0.1;
const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;

type Round = { round: number; rounds: number; scene: Scene };

/** One moment in the life of the company: people act, mail is told of, ticks run, all at once and some of it killed. */
export async function live(trial: Trial, { round, rounds, scene: { at: now } }: Round): Promise<void> {
  const random = trial.random.of(round);
  const { people, provider, standIn } = trial;
  standIn.misbehaves = random.chance(0.5) ? MISBEHAVES : 0;
  for (let i = random.whole(0, 5); i > 0; i--) await people.act(random, now - i);
  await people.deliver(now, provider.due(round));
  const meanwhile = [importMeanwhile(trial, random.of("imports"), { round, rounds, now })];
  if (random.chance(0.6)) meanwhile.push(actMeanwhile(trial, random.of("deeds"), now));
  standIn.ambush(random.chance(0.6) ? await people.lieInWait(random, now) : null);
  const runs = random.chance(0.07) ? [await serve(trial, random, now)] : await tickAtOnce(trial, random, now);
  await Promise.all(meanwhile);
  standIn.ambush(null);
  if (runs.some(({ killedAt }) => killedAt !== null) && random.chance(0.6)) {
    await tick(trial, random.of("again"), now + (random.chance(0.5) ? 1 : 16) * MINUTE_MS, 0.3);
  }
}

async function importMeanwhile(
  trial: Trial,
  random: Random,
  { round, rounds, now }: { round: number; rounds: number; now: number },
): Promise<void> {
  const later = Object.keys(trial.company.files).filter((file) => file.startsWith("later-"));
  for (const [i, file] of later.entries()) {
    if (round === Math.floor(((i + 1) * rounds) / 6)) await importInvoices(trial, random, { file, at: now });
  }
  if (random.chance(0.12)) await importPayments(trial, random, now);
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

/** Now and then one begins when the leases of another are over, though that one is only slow. */
function tickAtOnce(trial: Trial, random: Random, now: number): Promise<Run[]> {
  const count = Number(random.weighted({ 1: 6, 2: 3, 3: 1 }));
  const apart = random.chance(0.85) ? MINUTE_MS / 3 : 40 * MINUTE_MS;
  return Promise.all(
    Array.from({ length: count }, (_, i) => tick(trial, random.of(`tick ${i}`), now + i * apart)),
  );
}

function tick(trial: Trial, random: Random, now: number, killed = 0.85): Promise<Run> {
  const plan = { what: "tick", args: ["tick"], at: now, aim: aimAtTick(trial, random, killed) };
  return runChild(trial.ground, { ...plan, args: atMoment(plan) });
}

/** The service with a clock of its own, which strikes the quarter as soon as it listens. */
function serve(trial: Trial, random: Random, now: number): Promise<Run> {
  const startsAt = Math.ceil(now / QUARTER_MS) * QUARTER_MS - 300;
  return runChild(trial.ground, {
    what: "serve",
    args: ["serve"],
    at: startsAt,
    aim: aimAtTick(trial, random, 0.7),
    stopsAfter: /"event":"tick/,
    nodeOptions: ["--import", join(trial.ground.root, "test/torture/shifted-clock.ts")],
    environment: { TORTURE_NOW_MS: String(startsAt) },
  });
}

function aimAtTick({ ground, kills }: Trial, random: Random, killed: number): Aim | undefined {
  if (killsOf(ground) >= kills || !random.chance(killed)) return undefined;
  const moment = random.weighted({ taken: 4, arrived: 2, answered: 4, write: 3, time: 1 });
  if (moment === "write" || moment === "time") return aimAtWrites(random);
  const nth = random.chance(0.7) ? 1 : random.whole(2, 5);
  return { moment, nth, laterMs: random.chance(0.6) ? 0 : random.whole(1, 12) };
}
