import { describe, expect, test } from "vitest";
import { why } from "../../../src/reminders/forecast/why.ts";
import { settleReminder } from "../../../src/reminders/outcomes/settle-reminder.ts";
import { tick } from "../../../src/reminders/sending/tick.ts";
import { invoice } from "../../support/cast.ts";
import { bounced, remindersOf, tell } from "../../support/deliveries.ts";
import { ledgerOf } from "../../support/stored.ts";
import { type Story, tellStory } from "../../support/story.ts";

const STAGES = [
  { key: "soft", offsetDays: 1, template: "overdue-3", to: ["billing"] },
  { key: "firm", offsetDays: 20, template: "overdue-30", to: ["billing"] },
];
const word = { asked: "A", reason: "SES has no record of it", author: "cli:rita" };

/** Monday 9 March: nobody knows whether the first reminder of A and B left. */
async function lostStory(): Promise<Story> {
  const story = await tellStory({
    at: "2026-03-09T10:00:00Z",
    policy: { stages: STAGES, minContactGapDays: 0 },
  });
  await story.invoices(invoice({ number: "A" }), invoice({ number: "B" }));
  story.mailer.answer({ kind: "unknown", code: "timeout", detail: "" });
  await story.tickOnce();
  story.mailer.answer(undefined);
  return story;
}

test("that it was sent counts as the stage, from the moment it went out", async () => {
  const story = await lostStory();
  const [{ id } = { id: "" }] = await remindersOf(story.db);
  const sentAt = story.clock();
  story.clock.advance({ hours: 3 });
  expect(await settleReminder(story, { ...word, asked: id, outcome: "sent" })).toEqual({
    reminder: id,
    stage: "soft",
    invoices: ["A", "B"],
    state: "sent",
  });
  expect(await remindersOf(story.db)).toMatchObject([
    { state: "sent", settled_by: "person", sent_at: sentAt },
  ]);
  expect((await ledgerOf(story.db, "B")).at(-1)).toEqual({
    kind: "reminder_sent",
    author: "cli:rita",
    data: { reminder: id, stage: "soft", reason: word.reason, was: "unknown" },
  });
  expect(await why(story, { invoiceNumber: "A" })).toMatchObject({ reason: "not_due", stage: "firm" });
  await story.walk("2026-03-12");
  expect(story.mailer.attempts).toHaveLength(1);
});

test("that it was not sent lets the stage come again, at once", async () => {
  const story = await lostStory();
  await settleReminder(story, { ...word, outcome: "not_sent" });
  expect((await ledgerOf(story.db, "A")).at(-1)).toMatchObject({
    kind: "reminder_failed",
    author: "cli:rita",
  });
  expect(await story.tickOnce()).toEqual(["NORDWIND soft A", "NORDWIND soft B"]);
  expect(await remindersOf(story.db)).toMatchObject([
    { state: "failed", settled_by: "person", counts: "0,0" },
    { state: "sent", counts: "1,1" },
  ]);
});

test("until then the invoice waits, and says for what", async () => {
  const story = await lostStory();
  const { reason, explanation } = await why(story, { invoiceNumber: "A" });
  expect(reason).toBe("unknown_outcome");
  expect(explanation[0]).toMatch(
    /^Nobody knows yet whether the last reminder left\..*dunwell settle A --as sent/,
  );
});

test("a reminder of which the process died is settled without a tick", async () => {
  const story = await tellStory({ at: "2026-03-09T10:00:00Z", policy: { stages: STAGES } });
  await story.invoices(invoice({ number: "A" }));
  const batch: typeof story.db.batch = async (statements, mode) => {
    if (story.mailer.attempts.length > 0) throw new Error("killed");
    return story.db.batch(statements, mode);
  };
  await expect(tick({ ...story, db: { ...story.db, batch } })).rejects.toThrow("killed");
  await expect(settleReminder(story, { ...word, outcome: "sent" })).rejects.toThrow(/is on its way/);
  story.clock.advance({ minutes: 11 });
  expect(await settleReminder(story, { ...word, outcome: "sent" })).toMatchObject({ state: "sent" });
});

test("what the provider tells afterwards stands above a person's word", async () => {
  const story = await lostStory();
  const { reminder } = await settleReminder(story, { ...word, outcome: "sent" });
  await tell(story, reminder, bounced("bills@nordwind.example"));
  expect(await remindersOf(story.db)).toMatchObject([{ state: "bounced", counts: "0,0" }]);
});

describe("is refused", () => {
  test.each(["sent", "not_sent"] as const)("where the outcome is known: %s", async (outcome) => {
    const story = await lostStory();
    await settleReminder(story, { ...word, outcome });
    const again = settleReminder(story, { ...word, outcome: "sent" });
    await expect(again).rejects.toThrow(/is known: it is (sent|failed)/);
  });

  test("without a reason", async () => {
    const story = await lostStory();
    const silent = settleReminder(story, { ...word, outcome: "sent", reason: " " });
    await expect(silent).rejects.toMatchObject({ code: "invalid" });
  });

  test("where there is no such reminder", async () => {
    const story = await lostStory();
    const other = settleReminder(story, { ...word, outcome: "sent", asked: "C" });
    await expect(other).rejects.toMatchObject({ code: "not_found" });
  });
});
