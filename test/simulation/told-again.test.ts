import { expect, test } from "vitest";
import type { DeliveryEvent } from "../../src/domain/delivery.ts";
import { why } from "../../src/reminders/forecast/why.ts";
import { takePaymentEvent } from "../../src/reminders/money/take-payment-event.ts";
import { recordDelivery } from "../../src/reminders/outcomes/record-delivery.ts";
import { day, invoice, NORDWIND } from "../support/cast.ts";
import { remindersOf, suppressionsOf } from "../support/deliveries.ts";
import { type Story, tellStory } from "../support/story.ts";
import { createRandom, type Random } from "./random.ts";

const ONLY = process.env.DUNWELL_SEED;
const COUNT = Number(process.env.DUNWELL_SEEDS ?? 6);
const SEEDS = ONLY ? [Number(ONLY)] : Array.from({ length: COUNT }, (_, i) => i + 1);
const [BELA, MIA] = ["bills@nordwind.example", "mia@nordwind.example"] as const;
const NUMBERS = ["A", "B"];

/** What a provider or a payment service tells: of the first, second, … mail that left, or of money. */
type Told = (story: Story) => Promise<unknown>;

test.each(SEEDS)(
  "what company %i is told twice, late and out of order has the effect of once, in order",
  async (seed) => {
    const told = eventsOf(createRandom(seed));
    const [once, again] = [await company(), await company()];
    for (const tells of told) await tells(once);
    for (const tells of shuffled([...told, ...told], createRandom(-seed))) await tells(again);
    expect(await standing(again)).toEqual(await standing(once));
  },
);

/** A company whose two invoices were reminded, each in a mail to two people. */
async function company(): Promise<Story> {
  const story = await tellStory({ at: "2026-03-09T10:00:00Z" });
  await story.customers({ ...NORDWIND, contact: { email: MIA, role: "billing" as const } });
  for (const number of NUMBERS) await story.invoices(invoice({ number }));
  await story.bankFile();
  await story.tickOnce();
  story.clock.set("2026-03-10T10:00:00Z");
  return story;
}

/** In order: money comes before it is given back. */
function eventsOf(random: Random): Told[] {
  return [...moneyTold(random), ...mailTold(random)];
}

function moneyTold(random: Random): Told[] {
  const told: Told[] = [];
  for (const number of NUMBERS) {
    const received = Array.from({ length: random.whole(0, 3) }, () => random.whole(1, 800));
    const back = random.whole(
      0,
      received.reduce((sum, amount) => sum + amount, 0),
    );
    const credited = random.pick([0, 50, 300]);
    const rows = [
      ...received.map((amount) => ({ kind: "payment", amount })),
      { kind: "refund", amount: back },
      { kind: "credit_note", amount: credited },
    ].filter(({ amount }) => amount > 0);
    rows.forEach(({ kind, amount }, n) => {
      const reference = `${number}-${n}`;
      const row = { invoice_number: number, kind, amount: `${amount}.00`, paid_on: "2026-03-10", reference };
      told.push((story) => takePaymentEvent(story, { id: reference, source: "payments", event: { row } }));
    });
  }
  return told;
}

function mailTold(random: Random): Told[] {
  return Array.from({ length: random.whole(0, 6) }, (_, n) => {
    const event = {
      id: `event-${n}`,
      kind: random.pick(["send", "delivery", "bounce", "bounce", "complaint", "delay"] as const),
      address: random.pick([BELA, MIA]),
      isPermanent: random.pick([true, false]),
      detail: null,
      at: day("2026-03-09") * 86_400_000 + n,
    } satisfies Partial<DeliveryEvent>;
    return async (story: Story) => recordDelivery(story, { ...event, mailId: story.mailer.mails[0]!.id });
  });
}

function shuffled<T>(items: T[], random: Random): T[] {
  const rest = [...items];
  return items.map(() => rest.splice(random.whole(0, rest.length - 1), 1)[0]!);
}

/** All that was made of it: money, mails, addresses, and what is decided from now on. */
async function standing(story: Story) {
  await story.bankFile();
  const query = async (sql: string) => (await story.db.client.execute(sql)).rows;
  const decisions = NUMBERS.map((invoiceNumber) => why(story, { invoiceNumber }));
  return {
    invoices: await query("SELECT number, status, balance_minor FROM invoices ORDER BY number"),
    money: await query("SELECT reference, amount_minor FROM payments ORDER BY reference"),
    kept: await query("SELECT id FROM kept_webhooks"),
    reminders: (await remindersOf(story.db)).map(({ state, counts }) => ({ state, counts })),
    suppressions: await suppressionsOf(story.db),
    decisions: (await Promise.all(decisions)).map(({ stage, action, reason, on }) => ({
      stage,
      action,
      reason,
      on,
    })),
  };
}
