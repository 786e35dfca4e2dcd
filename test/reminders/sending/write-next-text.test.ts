import { expect, test } from "vitest";
import { writeLetter } from "../../../src/email/write-letter.ts";
import { writeNextText } from "../../../src/reminders/sending/write-next-text.ts";
import { HUAYUE, invoice } from "../../support/cast.ts";
import { createFakeWriter } from "../../support/fake-writer.ts";
import { tellStory } from "../../support/story.ts";

async function start(policy?: Record<string, unknown>) {
  const story = await tellStory({
    policy,
    at: "2026-03-06T10:00:00Z",
    services: { writer: { ...createFakeWriter(), letter: writeLetter } },
  });
  await story.customers(HUAYUE);
  return story;
}

test("the text to copy is the next reminder's, in the debtor's language, with the ages of today", async () => {
  const story = await start();
  await story.invoices(invoice({ number: "H-1", customerRef: HUAYUE.ref, currency: "CNY" }));
  const text = await writeNextText(story, HUAYUE.ref);
  expect(text).toContain("逾期付款提醒");
  expect(text).toContain("逾期 2 天");
  expect(text).toContain("/p/");
  expect(await story.db.client.execute("SELECT id FROM reminders")).toMatchObject({ rows: [] });
});

test("there is none where nothing is to come, or finance has to approve what does", async () => {
  const formal = {
    key: "formal",
    offsetDays: 3,
    template: "formal-notice",
    to: ["billing"],
    approval: "finance",
  };
  const story = await start({ stages: [formal] });
  expect(await writeNextText(story, HUAYUE.ref)).toBeNull();
  await story.invoices(invoice({ customerRef: HUAYUE.ref }));
  expect(await writeNextText(story, HUAYUE.ref)).toBeNull();
  await expect(writeNextText(story, "NOBODY")).rejects.toMatchObject({ code: "not_found" });
});
