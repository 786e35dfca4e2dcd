import { createSesMailer } from "../../src/email/ses-mailer.ts";
import { writeLetter } from "../../src/email/write-letter.ts";
import type { Mailer } from "../../src/ports.ts";
import type { TickReport } from "../../src/reminders/sending/run.ts";
import { tick } from "../../src/reminders/sending/tick.ts";
import type { Services } from "../../src/services.ts";
import { day, invoice, NORDWIND } from "./cast.ts";
import { openAgain, testDatabaseUrl } from "./database.ts";
import { type SesRecorder, TEST_KEY } from "./ses-recorder.ts";
import { type Story, tellStory } from "./story.ts";

export type SesStory = {
  url: string;
  story: Story;
  /** The services of a process that sends through the recorder. */
  services: Services;
  /** The same of another process on the same database. */
  another(): Promise<Services>;
  tick(): Promise<TickReport>;
  /** How many reminders are in each state. */
  states(): Promise<Record<string, number>>;
  /** What the operator was told, by kind. */
  told(kind: string): unknown[];
};

const policyTo = (first: string[]) => ({
  freshnessDays: null,
  minContactGapDays: 0,
  maxContactsPer30Days: null,
  backlog: { mode: "send" },
  ownerAlerts: { callOffsetDays: [] },
  stages: [
    { key: "soft", offsetDays: 0, minGapDays: 0, template: "overdue-3", to: first },
    { key: "firm", offsetDays: 60, minGapDays: 0, template: "overdue-30", to: ["billing", "manager"] },
  ],
});

/** A company with so many customers who are each due a first reminder, the first the longest, on Monday, 9 March 2026, at 10:00 UTC. */
export async function tellSesStory(
  ses: SesRecorder,
  {
    due,
    settings = {},
    to = ["billing"],
  }: { due: number; settings?: Record<string, unknown>; to?: string[] },
): Promise<SesStory> {
  const url = await testDatabaseUrl();
  const story = await tellStory({
    at: "2026-03-09T10:00:00Z",
    db: await openAgain(url),
    policy: policyTo(to),
  });
  const refs = Array.from({ length: due }, (_, i) => `C${i}`);
  await story.customers(
    ...refs.map((ref) => ({ ...NORDWIND, ref, contact: { email: emailOf(ref), role: "billing" as const } })),
  );
  await story.invoices(
    ...refs.map((customerRef, i) =>
      invoice({ number: `I-${customerRef}`, customerRef, dueOn: day("2026-03-09") - Math.min(due - i, 30) }),
    ),
  );
  const mailer = sesMailer(ses, settings);
  const writer = { ...story.writer, letter: writeLetter };
  const services = { ...story, writer, settings: { ...story.settings, ...settings }, mailer };
  return {
    url,
    story,
    services,
    another: async () => ({ ...services, mailer: sesMailer(ses, settings), db: await openAgain(url) }),
    tick: () => tick(services),
    async states() {
      const { rows } = await story.db.client.execute(
        "SELECT state, count(*) AS n FROM reminders GROUP BY state",
      );
      return Object.fromEntries(rows.map(({ state, n }) => [String(state), Number(n)]));
    },
    told: (kind) => story.chat.posts.map(({ text }) => JSON.parse(text)).filter((view) => view.kind === kind),
  };
}

export function emailOf(ref: string): string {
  return `${ref.toLowerCase()}@debtor.example`;
}

export function sesMailer(ses: { url: string }, settings: Record<string, unknown> = {}): Mailer {
  return createSesMailer({
    AWS_REGION: "eu-central-1",
    AWS_ENDPOINT_URL_SES: ses.url,
    ...TEST_KEY,
    ...settings,
  });
}
