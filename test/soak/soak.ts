import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { median } from "../../bench/table.ts";
import { EVERY_15_MINUTES } from "../../src/schedule.ts";
import type { LiveService } from "../support/live-service.ts";
import { startInspectedWorker, workerds } from "../support/worker.ts";
import { startWorld, untilAtRest, type World } from "../support/world.ts";
import { type Inspector, inspect } from "./inspector.ts";
import { load, type Met } from "./load.ts";

// `npm run soak`: ticks, webhooks, page views, Slack and mails together, on each runtime; ten minutes unless told otherwise.
const RING_MS = 5000;
const WEIGH_MS = 5000;
/** What the middle of the last quarter's memory may be above that of the second quarter. */
const MOST_GROWTH = 1.25;

/** Without a bound V8 collects so late that growth and patience look alike; a Worker's is what Cloudflare allows. */
const HEAP = { node: "--max-old-space-size=256", workerd: "--max-old-space-size=128" };

type Running = {
  request: LiveService["request"];
  ring(): Promise<unknown>;
  pids: number[];
  inspector: Inspector;
  /** Whose growth is ours: what workerd takes up grows under an empty Worker that only asks others, too. */
  judged: (keyof Memory)[];
  errors(): string[];
  stop(): Promise<unknown>;
};
/**
 * In megabytes: what the processes take up, and what their JavaScript still uses, both after its garbage was collected: workerd is in no
 * hurry to, and what waits there holds hundreds of megabytes of buffers outside the heap.
 */
type Memory = { resident: number[]; live: number[] };

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
  const memory: Memory = { resident: [], live: [] };
  try {
    const [met] = await Promise.all([
      load(service, end),
      every(WEIGH_MS, end, async () => {
        memory.live.push(await running.inspector.liveHeapMb());
        memory.resident.push(await residentMb(running.pids));
      }),
      every(RING_MS, end, running.ring),
    ]);
    await untilAtRest(world.services);
    return report(name, { met, memory, judged: running.judged, world, errors: running.errors() });
  } finally {
    running.inspector.close();
    await running.stop();
    await world.close();
  }
}

type Soaked = {
  met: Map<string, Met>;
  memory: Memory;
  judged: (keyof Memory)[];
  world: World;
  errors: string[];
};

function report(name: string, { met, memory, judged, world, errors }: Soaked): string[] {
  const reminders = world.ses.mails.map(({ tags }) => tags.reminder);
  console.log(
    `\n${name}, ${minutes} minutes: ${reminders.length} mails, ${world.slack.posts.length} messages in Slack`,
  );
  const grown = (Object.keys(memory) as (keyof Memory)[]).filter((what) => {
    const measured = memory[what];
    const quarter = (n: number) =>
      median(measured.slice((measured.length * n) / 4, (measured.length * (n + 1)) / 4));
    const [before, after] = [quarter(1), quarter(3)];
    console.log(
      `  ${what} memory ${before.toFixed(0)} MB in the second quarter, ${after.toFixed(0)} MB in the last`,
    );
    return judged.includes(what) && after > before * MOST_GROWTH;
  });
  for (const [kind, { tookMs }] of met) {
    const sorted = tookMs.toSorted((a, b) => a - b);
    const at = (share: number) => `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0)} ms`;
    console.log(
      `  ${kind.padEnd(26)}${String(sorted.length).padStart(7)}   median ${at(0.5)}, p99 ${at(0.99)}`,
    );
  }
  const faults = [...met].flatMap(([kind, one]) => one.faults.map((fault) => `${kind}: ${fault}`));
  if (new Set(reminders).size < reminders.length) faults.push("a reminder left twice");
  faults.push(...grown.map((what) => `${what} memory grows`));
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
  const child = spawn(
    process.execPath,
    [HEAP.node, "--inspect=127.0.0.1:0", join(import.meta.dirname, "serve.ts")],
    {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
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
    judged: ["resident", "live"],
    inspector: await inspect(/ws:\S+/.exec(log)![0]),
    errors: () => log.split("\n").filter((one) => one.includes('"level":"error"')),
    async stop() {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

async function inWorkerd(world: World): Promise<Running> {
  process.env.MINIFLARE_WORKERD_V8_FLAGS = HEAP.workerd;
  const worker = await startInspectedWorker({ vars: world.vars, secrets: world.secrets });
  return {
    request: async (path, init) =>
      (await worker.fetch(`https://dunwell.example${path}`, init as never)) as unknown as Response,
    ring: async () => {
      const cron = encodeURIComponent(EVERY_15_MINUTES);
      const rung = await worker.fetch(`https://dunwell.example/cdn-cgi/handler/scheduled?cron=${cron}`);
      if (!rung.ok) throw new Error(`the cron was answered ${rung.status}`);
    },
    pids: await workerds(),
    judged: ["live"],
    inspector: await inspect(`ws://${(await worker.inspectorUrl)!.host}/ws`),
    errors: () => [],
    stop: () => worker.dispose(),
  };
}

async function every(ms: number, end: number, work: () => Promise<unknown>): Promise<void> {
  while (Date.now() < end) {
    await work();
    await pause(ms);
  }
}

async function residentMb(pids: number[]): Promise<number> {
  const status = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/status`, "utf8")));
  return status.reduce((sum, text) => sum + Number(/VmRSS:\s+(\d+)/.exec(text)?.[1]) / 1024, 0);
}
