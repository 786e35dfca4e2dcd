import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fillStore, rewindStore } from "./filled-store.ts";
import type { Idle, Order, Ticked } from "./stored-process.ts";
import { median, perSecond, type Row, ratioOf, type Section } from "./table.ts";

const DUE = 10_000;
const SIZES = [100_000, 1_000_000];
const LARGE = 5_000_000;
const AIMS = new Map([
  [1_000_000, "at most 1.2 ×"],
  [LARGE, "at most 1.4 ×"],
]);
const ROUNDS = 3;

type Store = { size: number; url: string; process: ChildProcess; ticks: Ticked[]; idle: Idle | null };

/** The same work due among ever more invoices stored, mail kept instead of sent; a process a store, their ticks in turn. */
export async function stored({ isLarge }: { isLarge: boolean }): Promise<Section[]> {
  const folder = await mkdtemp(join(tmpdir(), "dunwell-bench-"));
  const stores: Store[] = [];
  try {
    for (const size of isLarge ? [...SIZES, LARGE] : SIZES) {
      const url = `file:${join(folder, `${size}.db`)}`;
      await fillStore(url, { invoices: size, due: DUE });
      const process = fork(new URL("./stored-process.ts", import.meta.url), [url]);
      stores.push({ size, url, process, ticks: [], idle: null });
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const store of stores) {
        await rewindStore(store.url);
        store.ticks.push(await ask<Ticked>(store, "tick"));
      }
    }
    for (const store of stores) store.idle = await ask<Idle>(store, "idle");
    const title = `stored: a tick with ${DUE.toLocaleString("en")} reminders due, mail kept instead of sent`;
    return [{ title, rows: [...stores.flatMap((store) => rowsOf(store, stores[0]!)), idleRow(stores)] }];
  } finally {
    for (const { process } of stores) process.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

async function ask<T>({ process }: Store, order: Order): Promise<T> {
  process.send(order);
  const [answer] = await once(process, "message");
  return answer as T;
}

function rowsOf({ size, ticks }: Store, smallest: Store): Row[] {
  const seconds = ticks.map((tick) => tick.seconds);
  const ratio = ratioOf(
    seconds,
    smallest.ticks.map((tick) => tick.seconds),
  );
  const peak = Math.max(...ticks.map((tick) => tick.peakMegabytes));
  return [
    {
      what: `of ${size.toLocaleString("en")} invoices`,
      measured: `${median(seconds).toFixed(2)} s`,
      ratio: size === smallest.size ? "" : `${ratio.toFixed(2)} ×`,
      aim: AIMS.get(size),
    },
    {
      what: "  reminders, peak resident memory",
      measured: `${perSecond(DUE, median(seconds))}, ${Math.round(peak)} MB`,
    },
  ];
}

function idleRow(stores: Store[]): Row {
  const { idle, size } = stores.at(-1)!;
  return {
    what: `nothing due of ${size.toLocaleString("en")}: whole tick, its scan`,
    measured: `${idle!.tickMs.toFixed(1)} ms, ${idle!.scanMs.toFixed(2)} ms`,
    aim: "a millisecond",
  };
}
