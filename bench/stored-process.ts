import { compose } from "../src/compose.ts";
import { tick } from "../src/reminders/sending/tick.ts";
import { AT } from "./filled-store.ts";
import { median, time } from "./table.ts";

// A process of its own, so that its peak of memory is that of ticks on one store alone.

export type Order = "tick" | "idle";
export type Ticked = { seconds: number; peakMegabytes: number };
export type Idle = { tickMs: number; scanMs: number };

const IDLE_TICKS = 200;

const services = await compose({ DATABASE_URL: process.argv[2] }, { clock: () => AT, logLevel: "error" });
process.on("message", async (order: Order) => {
  process.send!(await (order === "tick" ? dueTick() : idleTicks()));
});

async function dueTick(): Promise<Ticked> {
  let peak = 0;
  // Watched, since the peak that the system reports starts with that of the process which began this one.
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  const { seconds } = await time(() => tick(services));
  clearInterval(watch);
  return { seconds, peakMegabytes: peak / 2 ** 20 };
}

/** After a tick has left nothing; what is told to people is told first. */
async function idleTicks(): Promise<Idle> {
  while ((await pendingAlerts()) > 0) await tick(services);
  const ticks: number[] = [];
  const scans: number[] = [];
  for (let i = 0; i < IDLE_TICKS; i++) {
    ticks.push((await time(() => tick(services))).seconds * 1000);
    scans.push((await time(scan)).seconds * 1000);
  }
  return { tickMs: median(ticks), scanMs: median(scans) };
}

function scan() {
  const sql = "SELECT customer_id FROM invoices WHERE next_look_at <= ? ORDER BY next_look_at LIMIT 400";
  return services.db.client.execute({ sql, args: [AT] });
}

async function pendingAlerts(): Promise<number> {
  const { rows } = await services.db.client.execute(
    "SELECT count(*) AS pending FROM alerts WHERE state = 'pending'",
  );
  return Number(rows[0]!.pending);
}
