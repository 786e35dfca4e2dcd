import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SendRawEmailCommand } from "@aws-sdk/client-ses";
import { compose } from "../src/compose.ts";
import { createSesClient } from "../src/email/ses-client.ts";
import type { OutgoingMail } from "../src/ports.ts";
import { tick } from "../src/reminders/sending/tick.ts";
import type { Services } from "../src/services.ts";
import { TEST_KEY } from "../test/support/ses-recorder.ts";
import { AT, fillStore, rewindStore } from "./filled-store.ts";
import { profileOf } from "./profile.ts";
import { runScript } from "./script.ts";
import { median, perSecond, ratioOf, type Section, type Spent, time } from "./table.ts";

const REMINDERS = 2_000;
const BY_SCRIPT = 60;
const ROUNDS = 5;

/** Reminders a second from the scan to the record, beside a loop that only posts, and beside the script one would write first. */
export async function throughput(): Promise<Section[]> {
  const recorder = await startRecorder();
  const folder = await mkdtemp(join(tmpdir(), "dunwell-bench-"));
  const url = `file:${join(folder, "store.db")}`;
  try {
    await fillStore(url, { invoices: 50 * REMINDERS, due: REMINDERS });
    const services = await composeFor(url, recorder.url);
    const measured = await measure(services, url);
    const profile = await profileOf(() => tick(services));
    services.db.close();
    return [{ title: TITLE, rows: rowsOf(measured) }, profile];
  } finally {
    recorder.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const TITLE = `throughput: ${REMINDERS.toLocaleString("en")} reminders through the SES client to a recorder in its own process`;

type Measured = { bare: Spent[]; dunwell: Spent[]; script: Spent[] };

async function measure(services: Services, url: string): Promise<Measured> {
  const ready = await readyMails(services);
  await rewindStore(url);
  const measured: Measured = { bare: [], dunwell: [], script: [] };
  for (let round = 0; round < ROUNDS; round++) {
    measured.bare.push(await time(() => postAll(services, ready)));
    measured.dunwell.push(await time(() => tick(services)));
    measured.script.push(await time(() => runScript(services.settings, { url, limit: BY_SCRIPT })));
    await rewindStore(url);
  }
  return measured;
}

function rowsOf({ bare, dunwell, script }: Measured) {
  const seconds = (spent: Spent[]) => spent.map((one) => one.seconds);
  const cpu = (spent: Spent[]) => spent.map((one) => one.cpuSeconds);
  const perReminder = (spent: Spent[], count: number) =>
    `${((median(cpu(spent)) / count) * 1000).toFixed(2)} ms`;
  const share = (values: (spent: Spent[]) => number[]) => ratioOf(values(bare), values(dunwell)).toFixed(2);
  const multiple = (ratioOf(seconds(script), seconds(dunwell)) * REMINDERS) / BY_SCRIPT;
  return [
    { what: "a bare loop of posts", measured: perSecond(REMINDERS, median(seconds(bare))) },
    { what: "the obvious script", measured: perSecond(BY_SCRIPT, median(seconds(script))) },
    { what: "Dunwell", measured: perSecond(REMINDERS, median(seconds(dunwell))) },
    { what: "  as a share of the bare loop", measured: "", ratio: share(seconds), aim: "at least 0.7" },
    {
      what: "  as a multiple of the script",
      measured: "",
      ratio: `${multiple.toFixed(1)} ×`,
      aim: "at least 8 ×",
    },
    { what: "processor time, a bare post", measured: perReminder(bare, REMINDERS) },
    { what: "processor time, a reminder", measured: perReminder(dunwell, REMINDERS), ratio: share(cpu) },
  ];
}

/** The messages of a tick, kept instead of sent. */
async function readyMails(services: Services): Promise<OutgoingMail[]> {
  const mails: OutgoingMail[] = [];
  await tick({
    ...services,
    mailer: {
      ...services.mailer,
      send: async (mail) => {
        mails.push(mail);
        return { kind: "accepted", providerId: mail.id, messageId: `<${mail.id}@bench.example>` };
      },
    },
  });
  return mails;
}

async function postAll({ settings, mailer }: Services, mails: OutgoingMail[]): Promise<void> {
  const client = createSesClient(settings, mailer.concurrency);
  let next = 0;
  const worker = async () => {
    while (next < mails.length) {
      const { from, to, raw } = mails[next++]!;
      const Source = /<(.+)>/.exec(from)![1];
      await client.send(
        new SendRawEmailCommand({ Source, Destinations: to, RawMessage: { Data: raw }, Tags: [] }),
      );
    }
  };
  await Promise.all(Array.from({ length: mailer.concurrency }, worker));
  client.destroy();
}

function composeFor(url: string, recorder: string): Promise<Services> {
  const settings = {
    DATABASE_URL: url,
    MAILER: "ses",
    MAIL_FROM: "Acme Accounts <ar@acme.example>",
    PUBLIC_URL: "https://dunwell.example",
    AWS_REGION: "eu-central-1",
    AWS_ENDPOINT_URL_SES: recorder,
    ...TEST_KEY,
  };
  return compose(settings, { clock: () => AT, logLevel: "error" });
}

async function startRecorder(): Promise<{ url: string; stop(): void }> {
  const path = new URL("../test/support/ses-recorder.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [path, "--count-only"], { stdio: ["ignore", "pipe", "inherit"] });
  const [first] = await once(child.stdout, "data");
  return { url: String(first).trim(), stop: () => child.kill() };
}
