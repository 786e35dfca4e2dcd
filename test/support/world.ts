import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { compose } from "../../src/compose.ts";
import { migrate } from "../../src/db/migrate.ts";
import type { Clock } from "../../src/ports.ts";
import { applyCreditor } from "../../src/reminders/records/apply-creditor.ts";
import { applyPolicy } from "../../src/reminders/records/apply-policy.ts";
import { putCustomers } from "../../src/reminders/records/put-customers.ts";
import { putInvoices } from "../../src/reminders/records/put-invoices.ts";
import type { Services } from "../../src/services.ts";
import { ACME, invoice, NORDWIND } from "./cast.ts";
import { type HranaServer, startHranaServer } from "./hrana-server.ts";
import { type SesRecorder, startSesRecorder, TEST_KEY } from "./ses-recorder.ts";
import { type SlackStandIn, startSlackStandIn } from "./slack-stand-in.ts";
import { SIGNING_SECRET } from "./slack-user.ts";
import { startSnsStandIn, TOPIC } from "./sns-stand-in.ts";

export const API_KEY = "key-for-the-api-alone";
export const WEBHOOK_SECRETS = {
  PAYMENTS_WEBHOOK_SECRET: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  STRIPE_WEBHOOK_SECRET: "whsec_of_a_test_endpoint",
};
const ALWAYS = { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from: "00:00", until: "24:00" };

/** What the service talks to, on loopback: a remote database, SES, SNS and Slack. */
export type World = {
  /** A folder of its own. */
  folder: string;
  hrana: HranaServer;
  ses: SesRecorder;
  slack: SlackStandIn;
  sns: Awaited<ReturnType<typeof startSnsStandIn>>;
  /** To look into the database past the service under test. */
  services: Services;
  /** The settings with which a service lives in it. */
  vars: Record<string, string>;
  secrets: Record<string, string>;
  close(): Promise<void>;
};

/** Acme's world, by the machine's clock unless there is another, with a policy that may send at any hour. */
export async function startWorld({ clock = () => Date.now() }: { clock?: Clock } = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "dunwell-world-"));
  const hrana = await startHranaServer({ file: join(folder, "remote.db") });
  const [ses, slack, sns] = await Promise.all([startSesRecorder(), startSlackStandIn(), startSnsStandIn()]);
  slack.users.set("rita.rep@acme.example", { id: "U1RITA" });
  slack.users.set(ACME.finance_owner, { id: "U2FRIEDA" });
  const services = await compose({ DATABASE_URL: hrana.url }, { clock, write: () => undefined });
  await migrate(services.db, clock());
  await applyCreditor(services, ACME);
  const policy = { name: "standard", calendar: ALWAYS, freshnessDays: null, backlog: { mode: "send" } };
  await applyPolicy(services, policy);
  return {
    folder,
    hrana,
    ses,
    slack,
    sns,
    services,
    vars: {
      DATABASE_URL: hrana.url,
      PUBLIC_URL: "https://dunwell.example",
      MAILER: "ses",
      MAIL_FROM: ACME.from,
      MAIL_REPLY_DOMAIN: "in.acme.example",
      AWS_REGION: "eu-central-1",
      AWS_ENDPOINT_URL_SES: ses.url,
      SLACK_API_URL: slack.url,
      SLACK_FALLBACK_CHANNEL: "C1",
      SNS_TOPIC_ARNS: TOPIC,
      SNS_CERTIFICATE_HOSTS: sns.host,
    },
    secrets: {
      ...TEST_KEY,
      ...WEBHOOK_SECRETS,
      SLACK_BOT_TOKEN: slack.token,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      API_KEY,
    },
    async close() {
      services.db.close();
      await Promise.all([hrana.close(), ses.close(), slack.close(), sns.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A customer of each name with an invoice that is ten days overdue; their mail goes to `bills@<name>.example`. */
export async function putOverdue(services: Services, refs: string[]): Promise<void> {
  const context = { author: "test", at: services.clock() };
  const today = Math.floor(context.at / 86_400_000);
  const contact = (ref: string) => ({
    email: `bills@${ref.toLowerCase()}.example`,
    role: "billing" as const,
  });
  await putCustomers(
    services,
    refs.map((ref) => ({ ...NORDWIND, ref, contact: contact(ref) })),
    context,
  );
  await putInvoices(
    services,
    refs.map((customerRef) => invoice({ customerRef, issuedOn: today - 40, dueOn: today - 10 })),
    context,
  );
}

const PATIENCE_MS = 30_000;

export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await isTrue()); waited += 50) {
    if (waited > PATIENCE_MS) throw new Error(`it did not happen within ${PATIENCE_MS / 1000} seconds`);
    await pause(50);
  }
}

/** Waits until no mail is in anybody's hands, no run under way, and none follows. */
export async function untilAtRest(services: Pick<Services, "db">): Promise<void> {
  let before = "";
  await until(async () => {
    const { isAtRest, runs } = await standing(services);
    const now = isAtRest ? String(runs) : "";
    const isStill = isAtRest && now === before;
    before = now;
    if (!isStill) await pause(200);
    return isStill;
  });
}

/** How many runs of the clock are over. */
export async function countRuns(services: Pick<Services, "db">): Promise<number> {
  return (await standing(services)).runs;
}

async function standing({ db }: Pick<Services, "db">): Promise<{ runs: number; isAtRest: boolean }> {
  const { rows } = await db.client.execute({
    sql: `SELECT (SELECT count(*) FROM runs WHERE finished_at IS NOT NULL) AS runs,
            (SELECT count(*) FROM reminders WHERE state IN ('claimed', 'sending'))
            + (SELECT count(*) FROM runs WHERE finished_at IS NULL) AS under_way`,
    args: [],
  });
  return { runs: Number(rows[0]!.runs), isAtRest: rows[0]!.under_way === 0 };
}
