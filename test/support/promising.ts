import { changePromise, type PromiseChange } from "../../src/reminders/agreements/change-promise.ts";
import { makePromise } from "../../src/reminders/agreements/make-promise.ts";
import { confirmByMail } from "../../src/reminders/notices/confirm-by-mail.ts";
import { day, invoice, payment } from "./cast.ts";
import { type Story, tellStory } from "./story.ts";

export const DEBTOR = { author: "debtor", by: "debtor" as const, name: "Bela Buch" };

/** Invoice A is due on Wednesday 4 March 2026; its first reminder is due on Monday 9 March. */
export async function storyOfA(at = "2026-03-05T09:00:00Z"): Promise<Story> {
  const story = await tellStory({ at });
  await story.invoices(invoice({ number: "A" }));
  return story;
}

/** The debtor promises all of A, or a share of it, and has it in writing. */
export async function promise(
  story: Story,
  on: string,
  also: { amountMinor?: number; number?: string } = {},
) {
  const { number = "A", amountMinor } = also;
  const made = await makePromise(story, { invoices: [{ number, amountMinor }], on: day(on), ...DEBTOR });
  await confirmByMail(story);
  return made;
}

export async function change(story: Story, change: PromiseChange) {
  const changed = await changePromise(story, change);
  await confirmByMail(story);
  return changed;
}

/** Of all promises, in the order in which they were made. */
export async function states(story: Story): Promise<string[]> {
  const { rows } = await story.db.client.execute("SELECT state FROM promises ORDER BY id");
  return rows.map(({ state }) => String(state));
}

/** A day with the bank's file in which this payment stands. */
export async function payOn(story: Story, iso: string, amountMinor = 100_000, number = "A"): Promise<void> {
  story.clock.set(`${iso}T08:00:00Z`);
  await story.pay(payment({ invoiceNumber: number, amountMinor, paidOn: day(iso) }));
  story.clock.set(`${iso}T09:00:00Z`);
}

/** Like walk, from the morning of another day on. */
export async function walkFrom(story: Story, from: string, until: string) {
  story.clock.set(`${from}T09:00:00Z`);
  return story.walk(until);
}
