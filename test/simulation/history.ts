import { AppError } from "../../src/errors.ts";
import { createApp } from "../../src/http/app.ts";
import { askPlan } from "../../src/reminders/agreements/ask-plan.ts";
import { makePromise } from "../../src/reminders/agreements/make-promise.ts";
import { openDispute } from "../../src/reminders/agreements/open-dispute.ts";
import { reportPaid } from "../../src/reminders/agreements/report-paid.ts";
import { withdrawPromise } from "../../src/reminders/agreements/withdraw-promise.ts";
import { confirmByMail } from "../../src/reminders/notices/confirm-by-mail.ts";
import { invoice, NORDWIND, payment } from "../support/cast.ts";
import { type DebtorSite, linkOf } from "../support/debtor-site.ts";
import { tell } from "../support/deliveries.ts";
import { storedCustomer } from "../support/stored.ts";
import { type Story, tellStory } from "../support/story.ts";
import { createRandom, type Random } from "./random.ts";

const DAY_MS = 86_400_000;
const START = "2026-03-02T09:00:00Z";
const STEPS = 25;
const DEBTOR = { author: "debtor", by: "debtor" as const };
const EVENTS = ["delivery", "bounce", "complaint", "delay"] as const;

/** A company on the embedded database to which things happen, and the link of its debtor. */
export type History = { story: Story; site: DebtorSite; random: Random; numbers: string[]; link: string };

/** Some weeks of one company, the same for the same seed; `afterStep` looks at it after each thing that happens. */
export async function playHistory(
  seed: number,
  afterStep: (history: History) => Promise<void>,
): Promise<void> {
  const history = await begin(seed);
  for (let step = 0; step < STEPS; step++) {
    const { story, random } = history;
    const deed = random.pick(DEEDS);
    // What the debtor may not do at this moment is refused, and is no less a thing that happens.
    await deed(history).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });
    await afterStep(history);
    story.clock.advance({ hours: random.whole(1, 40) });
  }
}

async function begin(seed: number): Promise<History> {
  const random = createRandom(seed);
  const story = await tellStory({ at: START });
  const manager = { name: "Mia", email: "mia@nordwind.example", role: "manager" as const };
  if (random.chance(0.5)) await story.customers({ ...NORDWIND, contact: manager });
  const app = createApp(story, { isWorker: false, remoteAddress: () => "192.0.2.1" } as never);
  const site = {
    services: story,
    request: async (path: string, init?: RequestInit) => app.request(path, init),
  };
  const customerId = String((await storedCustomer(story.db, "NORDWIND"))!.id);
  const expiresAt = story.clock() + 365 * DAY_MS;
  const history: History = {
    story,
    site,
    random,
    numbers: [],
    link: await linkOf(story, { customerId, expiresAt }),
  };
  for (let n = random.whole(1, 3); n > 0; n--) await issue(history);
  return history;
}

const DEEDS = [issue, pay, promise, withdraw, dispute, plan, report, hear, ticks, ticks, ticks, ticks];

function today({ story }: History): number {
  return Math.floor(story.clock() / DAY_MS);
}

function anInvoice({ random, numbers }: History): string {
  return random.pick(numbers);
}

async function issue(history: History): Promise<void> {
  const { story, random, numbers } = history;
  const dueOn = today(history) + random.whole(-40, 8);
  const number = `A-${numbers.length + 1}`;
  await story.invoices(invoice({ number, issuedOn: dueOn - 30, dueOn }));
  numbers.push(number);
}

async function pay(history: History): Promise<void> {
  const { story, random } = history;
  const amountMinor = random.pick([10_000, 40_000, 100_000]);
  await story.pay(payment({ invoiceNumber: anInvoice(history), amountMinor, paidOn: today(history) }));
}

async function promise(history: History): Promise<void> {
  const { story, random } = history;
  const on = today(history) + random.whole(0, 45);
  await makePromise(story, { invoices: [{ number: anInvoice(history) }], on, ...DEBTOR });
  await confirmByMail(story);
}

async function withdraw({ story }: History): Promise<void> {
  const { rows } = await story.db.client.execute("SELECT id FROM promises WHERE ended_at IS NULL LIMIT 1");
  if (rows[0]) await withdrawPromise(story, { promiseId: String(rows[0].id), author: "debtor" });
}

async function dispute(history: History): Promise<void> {
  const { story, random } = history;
  const amountMinor = random.pick([undefined, 20_000]);
  const share = { invoiceNumber: anInvoice(history), amountMinor, reason: "goods" as const };
  await openDispute(story, { ...share, text: "Broken.", author: "debtor" });
}

async function plan(history: History): Promise<void> {
  const instalments = [{ on: today(history) + 3, amountMinor: 100_000 }];
  await askPlan(history.story, { invoices: [anInvoice(history)], instalments, author: "debtor" });
}

async function report(history: History): Promise<void> {
  await reportPaid(history.story, { invoices: [anInvoice(history)], paidOn: today(history), ...DEBTOR });
}

async function hear({ story, random }: History): Promise<void> {
  const { mails } = story.mailer;
  if (mails.length === 0) return;
  const { id, to } = random.pick(mails);
  await tell(story, id, {
    kind: random.pick(EVENTS),
    address: random.pick(to),
    isPermanent: random.chance(0.5),
  });
}

/** The clock strikes; now and then the mail service does not do its part. */
async function ticks({ story, random }: History): Promise<void> {
  const kind = random.weighted({ accepted: 7, unknown: 2, deferred: 1 });
  const trouble = { code: "Trouble", detail: "", isQuota: false };
  if (kind !== "accepted") story.mailer.answer({ kind, ...trouble });
  await story.bankFile();
  await story.tickOnce();
  story.mailer.answer(undefined);
}
