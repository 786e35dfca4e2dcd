import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import { startSesRecorder, TEST_KEY } from "../test/support/ses-recorder.ts";
import { AT, fillStore } from "./filled-store.ts";
import { median, type Section } from "./table.ts";

const DUE = 1_000;
const KILLED_AT = 250;
const ROUNDS = 5;
const LEASE_MS = 10 * 60_000;
const COMMAND = new URL("../src/cli/dunwell.js", import.meta.url).pathname;

type Recovered = { firstMs: number; restMs: number; inHand: number; settledMs: number };

/** What a SIGKILL in the midst of a tick costs: how soon the next process sends, and what becomes of what was in hand. */
export async function recovery(): Promise<Section[]> {
  const rounds: Recovered[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await recover());
  const middle = (of: (one: Recovered) => number) => median(rounds.map(of));
  return [
    {
      title: `recovery: a tick over ${DUE.toLocaleString("en")} due is killed when SES has taken ${KILLED_AT}, and started again at once`,
      rows: [
        {
          what: "from its start to the first reminder taken",
          measured: `${middle((one) => one.firstMs).toFixed(0)} ms`,
        },
        {
          what: "until all is sent that was not in hand",
          measured: `${middle((one) => one.restMs).toFixed(0)} ms`,
        },
        { what: "reminders in hand when it was killed", measured: `${middle((one) => one.inHand)}` },
        {
          what: "a process that gives up their leases, 10 minutes on",
          measured: `${middle((one) => one.settledMs).toFixed(0)} ms`,
        },
      ],
    },
  ];
}

async function recover(): Promise<Recovered> {
  const folder = await mkdtemp(join(tmpdir(), "dunwell-bench-"));
  const url = `file:${join(folder, "store.db")}`;
  let onTaken: (taken: number) => unknown = () => undefined;
  const recorder = await startSesRecorder({
    watch: (moment) => moment === "taken" && onTaken(recorder.mails.length),
  });
  try {
    await fillStore(url, { invoices: 5 * DUE, due: DUE });
    const killed = startTick(url, recorder.url, AT);
    onTaken = async (taken) => {
      if (taken !== KILLED_AT) return;
      killed.kill("SIGKILL");
      await once(killed, "exit");
    };
    if (killed.signalCode === null) await once(killed, "exit");
    const inHand = await count(url, "sending");
    const startedAt = performance.now();
    const taken = recorder.mails.length;
    let firstMs = 0;
    onTaken = (now) => {
      if (now > taken && firstMs === 0) firstMs = performance.now() - startedAt;
    };
    await once(startTick(url, recorder.url, AT), "exit");
    const restMs = performance.now() - startedAt;
    const laterAt = performance.now();
    await once(startTick(url, recorder.url, AT + LEASE_MS + 1), "exit");
    const settledMs = performance.now() - laterAt;
    const left = await count(url, "sending");
    if (left > 0 || inHand === 0) throw new Error(`${left} are still under way, of ${inHand}`);
    return { firstMs, restMs, inHand, settledMs };
  } finally {
    await recorder.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function startTick(url: string, ses: string, at: number): ChildProcess {
  return spawn(process.execPath, [COMMAND, "tick", "--at", new Date(at).toISOString()], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: url,
      MAILER: "ses",
      MAIL_FROM: "Acme Accounts <ar@acme.example>",
      AWS_REGION: "eu-central-1",
      AWS_ENDPOINT_URL_SES: ses,
      ...TEST_KEY,
    },
    stdio: "ignore",
  });
}

async function count(url: string, state: string): Promise<number> {
  const client = createClient({ url });
  const { rows } = await client.execute({
    sql: "SELECT count(*) FROM reminders WHERE state = ?",
    args: [state],
  });
  client.close();
  return Number(rows[0]![0]);
}
