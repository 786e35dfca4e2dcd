import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compose } from "../src/compose.ts";
import { applyPolicy } from "../src/reminders/records/apply-policy.ts";
import { tick } from "../src/reminders/sending/tick.ts";
import type { Services } from "../src/services.ts";
import { TEST_KEY } from "../test/support/ses-recorder.ts";
import { AT, fillStore } from "./filled-store.ts";
import { type Section, time } from "./table.ts";

const DUE = 10_000;
const QUARTER_MS = 15 * 60_000;
const MOST_TICKS = 100;

/** How long it takes to send what an hour without SES left behind, beside the same without that hour. */
export async function outage(): Promise<Section[]> {
  const folder = await mkdtemp(join(tmpdir(), "dunwell-bench-"));
  try {
    const calm = await drain(join(folder, "calm.db"), { quartersWithout: 0 });
    const after = await drain(join(folder, "outage.db"), { quartersWithout: 4 });
    const seconds = (drained: Drained) => `${drained.seconds.toFixed(1)} s in ${drained.ticks} ticks`;
    const ratio = `${(after.seconds / calm.seconds).toFixed(2)} ×`;
    return [
      {
        title: `outage: ${DUE.toLocaleString("en")} reminders due while SES refuses connections for an hour`,
        rows: [
          { what: "all of them, without an outage", measured: seconds(calm) },
          { what: "ticks during the outage", measured: `${after.secondsWithout.toFixed(1)} s` },
          { what: "all of them, once SES is back", measured: seconds(after), ratio, aim: "at most 1.5 ×" },
          { what: "from its return to the last one, by the clock", measured: `${after.minutes} min` },
        ],
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Drained = { seconds: number; ticks: number; minutes: number; secondsWithout: number };

async function drain(path: string, { quartersWithout }: { quartersWithout: number }): Promise<Drained> {
  const port = await freePort();
  let at = AT;
  const services = await open(`file:${path}`, { port, clock: () => at });
  let recorder: ChildProcess | null = null;
  try {
    let secondsWithout = 0;
    for (let i = 0; i < quartersWithout; i++, at += QUARTER_MS) {
      secondsWithout += (await time(() => tick(services))).seconds;
    }
    recorder = await startRecorder(port);
    const backAt = at;
    let seconds = 0;
    for (let ticks = 1; ticks <= MOST_TICKS; ticks++, at += QUARTER_MS) {
      const { seconds: one } = await time(() => tick(services));
      seconds += one;
      if ((await countLeft(services)) === 0) {
        return { seconds, ticks, minutes: (at - backAt) / 60_000, secondsWithout };
      }
    }
    throw new Error(`there is something left after ${MOST_TICKS} ticks`);
  } finally {
    recorder?.kill();
    services.db.close();
  }
}

async function open(url: string, { port, clock }: { port: number; clock: () => number }): Promise<Services> {
  await fillStore(url, { invoices: 5 * DUE, due: DUE });
  const services = await compose(
    {
      DATABASE_URL: url,
      MAILER: "ses",
      MAIL_FROM: "Acme Accounts <ar@acme.example>",
      PUBLIC_URL: "https://dunwell.example",
      AWS_REGION: "eu-central-1",
      AWS_ENDPOINT_URL_SES: `http://127.0.0.1:${port}`,
      ...TEST_KEY,
    },
    { clock, logLevel: "error", write: () => undefined },
  );
  // At any hour: an office closes sooner than an outage ends.
  await applyPolicy(services, { name: "standard", calendar: { rollDueDate: true } });
  return services;
}

async function countLeft({ db }: Services): Promise<number> {
  const { rows } = await db.client.execute({
    sql: `SELECT ? - count(*) FROM reminders WHERE state = 'sent'`,
    args: [DUE],
  });
  return Number(rows[0]![0]);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

async function startRecorder(port: number): Promise<ChildProcess> {
  const path = new URL("../test/support/ses-recorder.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [path, "--count-only", "--port", String(port)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}
