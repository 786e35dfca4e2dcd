import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { median } from "../../bench/table.ts";
import type { LiveService } from "../support/live-service.ts";
import { buildWorker, startWorker, workerds } from "../support/worker.ts";
import { startWorld, untilAtRest, type World } from "../support/world.ts";
import { load, type Met } from "./load.ts";

// `npm run soak`: ticks, webhooks, page views, presses in Slack and mails together, on each runtime; ten minutes unless told otherwise.
const RING_MS = 5000;
/** What the middle of the last quarter's memory may be above that of the second quarter. */
const MOST_GROWTH = 1.25;

/** Without a bound V8 collects so late that growth and patience look alike. */
const HEAP = "--max-old-space-size=256";

type Running = {
  request: LiveService["request"];
  ring(): Promise<unknown>;
  pids: number[];
  errors(): string[];
  stop(): Promise<unknown>;
};
const RUNTIMES: Record<string, (world: World) => Promise<Running>> = { node: onNode, workerd: inWorkerd };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: "string", default: "10" } },
});
const minutes = Number(values.minutes);
const chosen = positionals.length > 0 ? positionals : Object.keys(RUNTIMES);
for (const name of chosen) {
  const faults = await soak(name, RUNTIMES[name]!);
  for (const fault of faults) console.log(`  FAULT ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}

async function soak(name: string, start: (world: World) => Promise<Running>): Promise<string[]> {
  const world = await startWorld();
  const running = await start(world);
  const end = Date.now() + minutes * 60_000;
  const service: LiveService = {
    world,
    services: world.services,
    request: running.request,
    tick: async () => {},
  };
  const memory: number[] = [];
  try {
    const [met] = await Promise.all([
      load(service, end),
      everySecond(end, async () => memory.push(await residentMb(running.pids))),
      ringing(end, running.ring),
    ]);
    await untilAtRest(world.services);
    return report(name, { met, memory, world, errors: running.errors() });
  } finally {
    await running.stop();
    await world.close();
  }
}

function report(
  name: string,
  { met, memory, world, errors }: { met: Map<string, Met>; memory: number[]; world: World; errors: string[] },
): string[] {
  const quarter = (n: number) => median(memory.slice((memory.length * n) / 4, (memory.length * (n + 1)) / 4));
  const [before, after] = [quarter(1), quarter(3)];
  const reminders = world.ses.mails.map(({ tags }) => tags.reminder);
  console.log(
    `\n${name}, ${minutes} minutes: ${reminders.length} mails, ${world.slack.posts.length} messages in Slack`,
  );
  console.log(`  memory ${before.toFixed(0)} MB in the second quarter, ${after.toFixed(0)} MB in the last`);
  for (const [kind, { tookMs }] of met) {
    const sorted = tookMs.toSorted((a, b) => a - b);
    const at = (share: number) => `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0)} ms`;
    console.log(
      `  ${kind.padEnd(26)}${String(sorted.length).padStart(7)}   median ${at(0.5)}, p99 ${at(0.99)}`,
    );
  }
  const faults = [...met].flatMap(([kind, one]) => one.faults.map((fault) => `${kind}: ${fault}`));
  if (new Set(reminders).size < reminders.length) faults.push("a reminder left twice");
  if (after > before * MOST_GROWTH) faults.push("memory grows");
  return [...faults, ...errors.map((line) => `log: ${line.slice(0, 300)}`)].slice(0, 20);
}

async function onNode(world: World): Promise<Running> {
  const env = {
    PATH: process.env.PATH,
    ...world.vars,
    ...world.secrets,
    PORT: "0",
    SOAK_SCHEDULE: `*/${RING_MS / 1000} * * * * *`,
  };
  const child = spawn(process.execPath, [HEAP, join(import.meta.dirname, "serve.ts")], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr!.on("data", (chunk) => {
    log += chunk;
  });
  const [line] = await once(child.stdout!, "data");
  const url = String(line).trim();
  return {
    request: (path, init) => fetch(`${url}${path}`, init),
    ring: async () => {},
    pids: [child.pid!],
    errors: () => log.split("\n").filter((one) => one.includes('"level":"error"')),
    async stop() {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

async function inWorkerd(world: World): Promise<Running> {
  const folder = join(world.folder, "bundle");
  await buildWorker(folder);
  const worker = await startWorker(folder, { vars: world.vars, secrets: world.secrets });
  return {
    request: async (path, init) =>
      (await worker.fetch(`https://dunwell.example${path}`, init as never)) as unknown as Response,
    ring: () => worker.getWorker().scheduled({ cron: "*/15 * * * *" }),
    pids: await workerds(),
    errors: () => [],
    stop: () => worker.close(),
  };
}

async function everySecond(end: number, work: () => Promise<unknown>): Promise<void> {
  while (Date.now() < end) {
    await work();
    await pause(1000);
  }
}

async function ringing(end: number, ring: () => Promise<unknown>): Promise<void> {
  while (Date.now() < end) {
    await ring();
    await pause(RING_MS);
  }
}

async function residentMb(pids: number[]): Promise<number> {
  const status = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/status`, "utf8")));
  return status.reduce((sum, text) => sum + Number(/VmRSS:\s+(\d+)/.exec(text)?.[1]) / 1024, 0);
}
