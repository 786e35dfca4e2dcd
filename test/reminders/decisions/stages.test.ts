import { expect, test } from "vitest";
import { approveReminder } from "../../../src/reminders/decisions/approve-reminder.ts";
import { resetStage } from "../../../src/reminders/decisions/reset-stage.ts";
import { waiveStage } from "../../../src/reminders/decisions/waive-stage.ts";
import { why } from "../../../src/reminders/forecast/why.ts";
import { invoice } from "../../support/cast.ts";
import { dump, ledgerOf } from "../../support/stored.ts";
import { type Story, tellStory } from "../../support/story.ts";

const STAGES = [
  { key: "soft", offsetDays: 1, template: "overdue-3", to: ["billing"] },
  { key: "firm", offsetDays: 8, template: "overdue-30", to: ["billing"] },
  { key: "formal", offsetDays: 15, template: "formal-notice", to: ["billing"], approval: "finance" },
];
const word = { invoiceNumber: "A", reason: "long-standing partner", author: "cli:frieda" };

/** Thursday 5 March, the day on which the soft stage of A is due. */
async function storyOfA(): Promise<Story> {
  const story = await tellStory({ at: "2026-03-05T09:00:00Z", policy: { stages: STAGES } });
  await story.invoices(invoice({ number: "A" }));
  return story;
}

test("the ladder goes on after a waived stage, and the ledger says who waived it and why", async () => {
  const story = await storyOfA();
  const waived = await waiveStage(story, { ...word, stage: "soft" });
  expect(waived).toEqual({ changed: true, next: "firm" });
  expect(await story.walk("2026-03-13")).toEqual({ "2026-03-12": ["NORDWIND firm A"] });
  expect((await ledgerOf(story.db, "A"))[1]).toEqual({
    kind: "stage_waived",
    author: "cli:frieda",
    data: { stage: "soft", reason: "long-standing partner" },
  });
});

test("a stage waived twice is waived once", async () => {
  const story = await storyOfA();
  await waiveStage(story, { ...word, stage: "soft" });
  const before = await dump(story.db);
  expect(await waiveStage(story, { ...word, stage: "soft" })).toEqual({ changed: false, next: "firm" });
  expect(await dump(story.db)).toBe(before);
});

test("waiving the stage that finance is asked about closes the question", async () => {
  const story = await storyOfA();
  await story.walk("2026-03-19");
  expect(await waiveStage(story, { ...word, stage: "formal" })).toEqual({ changed: true, next: null });
  await story.tickOnce();
  const { rows } = await story.db.client.execute("SELECT state FROM reminders WHERE asked_at IS NOT NULL");
  expect(rows.map(({ state }) => state)).toEqual(["cancelled"]);
  expect(await why(story, { invoiceNumber: "A" })).toMatchObject({ reason: "ladder_done" });
});

test.each([
  ["an unknown invoice", { invoiceNumber: "NONE", stage: "soft" }, "not_found", /no invoice NONE/],
  ["an unknown stage", { stage: "rude" }, "not_found", /no stage rude; it has soft, firm, formal/],
  ["no reason", { stage: "soft", reason: " " }, "invalid", /reason/],
  ["a stage that is not next", { stage: "formal" }, "conflict", /invoice A: soft comes first/],
])("refuses to waive %s", async (_name, wrong, code, message) => {
  const waived = waiveStage(await storyOfA(), { ...word, ...wrong });
  await expect(waived).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});

test("a stage that was sent is not waived any more", async () => {
  const story = await storyOfA();
  await story.walk("2026-03-05");
  const waived = waiveStage(story, { ...word, stage: "soft" });
  await expect(waived).rejects.toThrow("invoice A: soft was sent on 2026-03-05");
});

test("a stage that was reset leaves once more, after the gap between contacts", async () => {
  const story = await storyOfA();
  await story.walk("2026-03-05");
  await resetStage(story, { ...word, stage: "soft", reason: "went to the wrong person" });
  expect((await ledgerOf(story.db, "A")).at(-1)).toMatchObject({
    kind: "stage_reset",
    data: { stage: "soft", reason: "went to the wrong person" },
  });
  expect(await story.walk("2026-03-17")).toEqual({
    "2026-03-10": ["NORDWIND soft A"],
    "2026-03-16": ["NORDWIND firm A"],
  });
});

test("the tone falls by a person's word alone: a stage with a sterner one after it is reset after that one", async () => {
  const story = await storyOfA();
  await story.walk("2026-03-12");
  const soft = resetStage(story, { ...word, stage: "soft" });
  await expect(soft).rejects.toThrow(/firm came after soft; reset that first/);
  await resetStage(story, { ...word, stage: "firm" });
  await resetStage(story, { ...word, stage: "soft" });
  expect(await why(story, { invoiceNumber: "A" })).toMatchObject({ stage: "soft" });
});

test("resetting a waived stage takes the waiver back", async () => {
  const story = await storyOfA();
  await waiveStage(story, { ...word, stage: "soft" });
  await resetStage(story, { ...word, stage: "soft" });
  expect(await story.walk("2026-03-05")).toEqual({ "2026-03-05": ["NORDWIND soft A"] });
});

test("a stage that needs approval needs a new one once it was reset", async () => {
  const story = await storyOfA();
  await story.walk("2026-03-19");
  await approveReminder(story, { asked: "A", author: "cli:frieda" });
  expect(await story.tickOnce()).toEqual(["NORDWIND formal A"]);
  await resetStage(story, { ...word, stage: "formal" });
  story.clock.set("2026-03-24T09:00:00Z");
  await story.bankFile();
  expect(await story.tickOnce()).toEqual([]);
  expect(await why(story, { invoiceNumber: "A" })).toMatchObject({ reason: "awaiting_approval" });
});

test("a reset says that a letter of unknown outcome did not arrive", async () => {
  const story = await storyOfA();
  story.mailer.answer({ kind: "unknown", code: "timeout", detail: "no answer" });
  await story.tickOnce();
  story.mailer.answer(undefined);
  expect(await why(story, { invoiceNumber: "A" })).toMatchObject({ reason: "unknown_outcome" });
  await expect(waiveStage(story, { ...word, stage: "firm" })).rejects.toThrow(/its outcome comes first/);
  await resetStage(story, { ...word, stage: "soft" });
  expect(await story.walk("2026-03-10")).toEqual({ "2026-03-10": ["NORDWIND soft A"] });
});

test("a stage that was neither sent nor waived is not reset", async () => {
  const story = await storyOfA();
  await expect(resetStage(story, { ...word, stage: "soft" })).rejects.toMatchObject({
    code: "conflict",
    message: "invoice A: soft was neither sent nor waived",
  });
});
