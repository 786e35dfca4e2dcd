import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Moment } from "../support/ses-recorder.ts";
import { TEST_KEY } from "../support/ses-recorder.ts";
import type { Run } from "./evidence.ts";
import type { StandIn } from "./stand-in.ts";

/** When a process is killed: at a moment of its n-th mail, at the n-th write to the database, or after a time; then a little later. */
export type Aim = { moment: Moment | "write" | "time"; nth: number; laterMs: number };

/** Where processes run: the code, the database, and the SES that they all share. */
export type Ground = {
  root: string;
  database: string;
  standIn: StandIn;
  runs: Run[];
  /** Whether SES tells what becomes of mails; without that silence says nothing. */
  hasEvents: boolean;
};

export type ChildPlan = {
  what: string;
  args: string[];
  at: number;
  aim?: Aim;
  /** Ends it in good order once its log says this, for what does not end by itself. */
  stopsAfter?: RegExp;
  environment?: Record<string, string>;
  /** Options of node itself. */
  nodeOptions?: string[];
};

const ERRORS_KEPT = 4000;
/** Whatever takes longer hangs. */
const HANGS_AFTER_MS = 90_000;

const HUNG = 131;

/** The arguments that tell a command what time it is. */
export function atMoment({ args, at }: ChildPlan): string[] {
  return [...args, "--at", new Date(at).toISOString()];
}

export function killsOf({ runs }: Ground): number {
  return runs.filter(({ killedAt }) => killedAt !== null).length;
}

/** The settings under which a process of this path finds the database and SES. */
export function environmentOf(
  { database, standIn, hasEvents }: Ground,
  path: string,
): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    DATABASE_URL: `file:${database}`,
    MAILER: "ses",
    MAIL_FROM: "Acme Accounts <ar@acme.example>",
    MAIL_REPLY_DOMAIN: "reply.acme.example",
    PUBLIC_URL: "https://dunwell.example",
    LINK_SECRET: "torture-torture-torture",
    AWS_REGION: "eu-central-1",
    AWS_ENDPOINT_URL_SES: `${standIn.url}${path}`,
    ...(hasEvents && {
      SES_CONFIGURATION_SET: "dunwell",
      SNS_TOPIC_ARNS: "arn:aws:sns:eu-central-1:123456789012:dunwell",
    }),
    PORT: "0",
    ...TEST_KEY,
  };
}

/** Runs one process of the real service to its end, or until it is killed. */
export async function runChild(ground: Ground, plan: ChildPlan): Promise<Run> {
  const { run, child, ended } = startChild(ground, plan);
  const kill = (moment: string) => killChild(child, run, moment);
  const disarm = plan.aim ? arm(ground, run, plan.aim, kill) : () => undefined;
  const hang = setTimeout(() => child.kill("SIGQUIT"), HANGS_AFTER_MS);
  await ended;
  clearTimeout(hang);
  disarm();
  return run;
}

function startChild(ground: Ground, plan: ChildPlan) {
  const path = `/p${ground.runs.length + 1}/`;
  const run = newRun(ground, { path, what: plan.what, at: plan.at });
  const command = join(ground.root, "src/cli/dunwell.js");
  const child = spawn(process.execPath, [...(plan.nodeOptions ?? []), command, ...plan.args], {
    cwd: dirname(ground.database),
    env: { ...environmentOf(ground, path), ...plan.environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  child.stderr.on("data", (chunk) => {
    run.errors = (run.errors + chunk).slice(-ERRORS_KEPT);
    if (plan.stopsAfter?.test(run.errors)) child.kill("SIGTERM");
  });
  return { run, child, ended: endOf(child, run) };
}

export function newRun(ground: Ground, { path, what, at }: Pick<Run, "path" | "what" | "at">): Run {
  const startedAt = performance.timeOrigin + performance.now();
  const run: Run = { path, what, at, startedAt, endedAt: 0, killedAt: null, code: null, errors: "" };
  ground.runs.push(run);
  return run;
}

export async function endOf(child: ChildProcess, run: Run): Promise<void> {
  const [code, signal] = await once(child, "close");
  run.code = signal === "SIGQUIT" ? HUNG : code;
  run.endedAt = performance.timeOrigin + performance.now();
}

/** Resolves when it is dead; it counts as killed only where it did not end by itself before. */
export async function killChild(child: ChildProcess, run: Run, moment: string): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  const [, signal] = await exit;
  if (signal === "SIGKILL") run.killedAt = moment;
}

function arm(
  ground: Ground,
  run: Run,
  { moment, nth, laterMs }: Aim,
  kill: (moment: string) => Promise<void>,
): () => void {
  const killLater = async () => {
    if (laterMs > 0) await pause(laterMs);
    await kill(moment);
  };
  if (moment === "time") {
    const timer = setTimeout(killLater, laterMs);
    return () => clearTimeout(timer);
  }
  if (moment === "write") return onWrite(ground.database, nth, killLater);
  ground.standIn.aim({ path: run.path, moment, nth, kill: killLater });
  return () => undefined;
}

/** At the n-th write to the database; commits go to the file beside it first. Returns how to leave off waiting. */
function onWrite(database: string, nth: number, then: () => Promise<void>): () => void {
  let left = nth;
  const watcher = watch(dirname(database), (_, name) => {
    if (name === `${basename(database)}-wal` && --left === 0) void then();
  });
  return () => watcher.close();
}
