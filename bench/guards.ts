import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { compose } from "../src/compose.ts";
import type { tick } from "../src/reminders/sending/tick.ts";
import { TEST_KEY } from "../test/support/ses-recorder.ts";
import { copyPatched, type Patch } from "../test/torture/break.ts";
import { AT, fillStore, rewindStore } from "./filled-store.ts";
import { median, ratioOf, type Section, type Spent, time } from "./table.ts";

const ROOT = join(import.meta.dirname, "..");
const REMINDERS = 1_000;
const ROUNDS = 5;

const NOTHING = '({ sql: "SELECT 1", args: [] })';
/** The ledger writes and hashes nothing; the claim reads no invoice again. */
const CUT_OUT: Patch[] = [
  {
    file: "src/db/ledger.ts",
    find: "const rows = appends.map(({ invoiceId, entry, reminderId = null }) => {",
    replace: `if (appends.length > 0 || reminderIs) return ${NOTHING};
  const rows = appends.map(({ invoiceId, entry, reminderId = null }) => {`,
  },
  {
    file: "src/db/claims.ts",
    find: "AND EXISTS (SELECT 1 FROM reminder_invoices x JOIN invoices i ON i.id = x.invoice_id",
    replace: "AND false AND EXISTS (SELECT 1 FROM reminder_invoices x JOIN invoices i ON i.id = x.invoice_id",
  },
];

/** What the ledger and the second look at what is owed cost: a tick beside one of the same code without them. */
export async function guards(): Promise<Section[]> {
  const folder = await mkdtemp(join(tmpdir(), "dunwell-bench-"));
  await using bare = await copyPatched(ROOT, CUT_OUT);
  const recorder = await startRecorder();
  try {
    const url = `file:${join(folder, "store.db")}`;
    await fillStore(url, { invoices: 5 * REMINDERS, due: REMINDERS });
    const run = { url, ses: String((await once(recorder.stdout!, "data"))[0]).trim() };
    const spent: { whole: Spent[]; bare: Spent[] } = { whole: [], bare: [] };
    for (let round = 0; round <= ROUNDS; round++) {
      const whole = await tickOf(ROOT, run);
      const without = await tickOf(bare.root, run);
      // The first of each pays for compiling.
      if (round > 0) spent.whole.push(whole);
      if (round > 0) spent.bare.push(without);
    }
    return [{ title: TITLE, rows: rowsOf(spent) }];
  } finally {
    recorder.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

const TITLE = `guards: a tick of ${REMINDERS.toLocaleString("en")} reminders, beside one without ledger and without the second look in the claim`;

function rowsOf({ whole, bare }: { whole: Spent[]; bare: Spent[] }) {
  const seconds = (spent: Spent[]) => spent.map((one) => one.seconds);
  const cpu = (spent: Spent[]) => spent.map((one) => one.cpuSeconds);
  const said = (values: number[]) => `${median(values).toFixed(2)} s`;
  const ratio = (of: (spent: Spent[]) => number[]) => `${ratioOf(of(whole), of(bare)).toFixed(2)} ×`;
  return [
    { what: "without them", measured: said(seconds(bare)) },
    { what: "with them", measured: said(seconds(whole)), ratio: ratio(seconds), aim: "at most 1.25 ×" },
    { what: "processor time with them", measured: said(cpu(whole)), ratio: ratio(cpu) },
  ];
}

async function tickOf(root: string, { url, ses }: { url: string; ses: string }): Promise<Spent> {
  const code: { compose: typeof compose } = await import(join(root, "src/compose.ts"));
  const { tick: tickIt }: { tick: typeof tick } = await import(join(root, "src/reminders/sending/tick.ts"));
  const services = await code.compose(
    {
      DATABASE_URL: url,
      MAILER: "ses",
      MAIL_FROM: "Acme Accounts <ar@acme.example>",
      PUBLIC_URL: "https://dunwell.example",
      AWS_REGION: "eu-central-1",
      AWS_ENDPOINT_URL_SES: ses,
      ...TEST_KEY,
    },
    { clock: () => AT, logLevel: "error" },
  );
  const spent = await time(() => tickIt(services));
  services.db.close();
  await rewindStore(url);
  return spent;
}

function startRecorder(): ChildProcess {
  const path = new URL("../test/support/ses-recorder.ts", import.meta.url).pathname;
  return spawn(process.execPath, [path, "--count-only"], { stdio: ["ignore", "pipe", "inherit"] });
}
