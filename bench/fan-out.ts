import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startHranaServer } from "../test/support/hrana-server.ts";
import { type Drained, LIMITS } from "../test/support/queue-stand-in.ts";
import { startSesRecorder, TEST_KEY } from "../test/support/ses-recorder.ts";
import { fillStore } from "./filled-store.ts";
import type { Section } from "./table.ts";

const DELIVERIES = 3;
const MEMORY_MB = 128;

/** Whether the Worker gets through what is due within what the platform allows an invocation, each reminder once. */
export async function fanOut({ isLarge }: { isLarge: boolean }): Promise<Section[]> {
  const size = isLarge ? { invoices: 1_000_000, due: 50_000 } : { invoices: 100_000, due: 5_000 };
  const folder = await mkdtemp(join(tmpdir(), "dunwell-bench-"));
  const file = join(folder, "store.db");
  const mailed = new Map<string, number>();
  await fillStore(`file:${file}`, size);
  const hrana = await startHranaServer({ file });
  const ses = await startSesRecorder({
    keepsMails: false,
    watch: (moment, { to }) => {
      if (moment === "taken") mailed.set(to[0]!, (mailed.get(to[0]!) ?? 0) + 1);
    },
  });
  ses.quota = { max24HourSend: 10 * size.due, maxSendRate: 10_000, sentLast24Hours: 0 };
  try {
    const began = performance.now();
    const { invocations, most, dead } = await drain({
      DATABASE_URL: hrana.url,
      LINK_SECRET: "a secret of the bench",
      MAILER: "ses",
      MAIL_FROM: "ar@acme.example",
      AWS_REGION: "eu-central-1",
      AWS_ENDPOINT_URL_SES: ses.url,
      ...TEST_KEY,
    });
    const seconds = (performance.now() - began) / 1000;
    const twice = [...mailed.values()].filter((times) => times > 1).length;
    const rows = [
      { what: "customers mailed, of those due", measured: `${mailed.size} of ${size.due}` },
      { what: "mailed more than once", measured: String(twice) },
      { what: "invocations; the rest of the messages found nothing due", measured: String(invocations) },
      { what: "most requests of one", measured: String(most.subrequests), aim: `< ${LIMITS.subrequests}` },
      {
        what: "most CPU of one and those under way with it",
        measured: `${most.cpuMs.toFixed(0)} ms`,
        aim: `< ${LIMITS.cpuMs}`,
      },
      { what: "longest", measured: `${most.wallMs.toFixed(0)} ms`, aim: `< ${LIMITS.wallMs}` },
      { what: "messages that failed for good", measured: String(dead.length) },
      { what: "seconds, at most 11 invocations at once", measured: seconds.toFixed(0) },
    ];
    const title = `fan-out of ${size.due} due of ${size.invoices} stored, each message delivered ${DELIVERIES} times, in a heap of ${MEMORY_MB} MB`;
    return [{ title, rows }];
  } finally {
    await Promise.all([hrana.close(), ses.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}

async function drain(settings: Record<string, string>): Promise<Drained> {
  const env = { PATH: process.env.PATH, ...settings };
  const execArgv = [`--max-old-space-size=${MEMORY_MB}`];
  const child = fork(new URL("./fan-out-process.ts", import.meta.url), [String(DELIVERIES)], {
    env,
    execArgv,
  });
  const ended = once(child, "exit").then(([code, signal]) => {
    throw new Error(`the invocations ended with ${signal ?? code}`);
  });
  const [drained] = await Promise.race([once(child, "message"), ended]);
  return drained;
}
