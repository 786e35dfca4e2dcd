import { expect, test } from "vitest";
import { resumeAll } from "../../../src/reminders/decisions/resume-all.ts";
import { describeStop, stopAll } from "../../../src/reminders/decisions/stop-all.ts";
import { previewTick } from "../../../src/reminders/forecast/preview-tick.ts";
import { why } from "../../../src/reminders/forecast/why.ts";
import { tick } from "../../../src/reminders/sending/tick.ts";
import { invoice } from "../../support/cast.ts";
import { tellStory } from "../../support/story.ts";

const STAGES = [{ key: "soft", offsetDays: 1, template: "overdue-3", to: ["billing"] }];
const told = { reason: "wrong bank file", author: "cli:frieda" };

async function dueStory(count = 1) {
  const story = await tellStory({ at: "2026-03-05T09:00:00Z", policy: { stages: STAGES } });
  for (let n = 1; n <= count; n++) {
    const ref = `C${n}`;
    await story.customers({ ref, name: ref, contact: { email: `${ref}@c.example`, role: "billing" } });
    await story.invoices(invoice({ number: `A${n}`, customerRef: ref }));
  }
  return story;
}

test("nothing leaves while everything is stopped, neither letters nor alerts, and all of it afterwards", async () => {
  const story = await dueStory();
  await stopAll(story, told);
  const report = await tick(story);
  expect(report).toMatchObject({ sent: 0, counts: {}, left: 1, stop: { author: "cli:frieda" } });
  expect(describeStop(report.stop!)).toBe(
    "stopped since 2026-03-05T09:00:00Z by cli:frieda (wrong bank file): run `dunwell resume-all`",
  );
  expect([story.mailer.mails.length, story.chat.posts.length]).toEqual([0, 0]);
  expect(await previewTick(story, { confirmBacklog: false })).toEqual({ lines: [], counts: {}, backlog: 0 });
  const { explanation } = await why(story, { invoiceNumber: "A1" });
  expect(explanation[0]).toMatch(/^Nothing leaves now: stopped since/);
  await resumeAll(story, { author: "cli:frieda" });
  expect(await story.tickOnce()).toEqual(["C1 soft A1"]);
});

test("a stop during a tick holds what was decided but has not begun to leave", async () => {
  const story = await dueStory(30);
  story.mailer.answer(() => {
    void stopAll(story, told);
    return undefined;
  });
  const report = await tick(story);
  expect(report.stop).not.toBeNull();
  expect(report.sent).toBeGreaterThan(0);
  expect(report.sent).toBeLessThanOrEqual(2 * story.mailer.concurrency);
  const { rows } = await story.db.client.execute("SELECT state, count(*) AS n FROM reminders GROUP BY state");
  expect(rows.map(({ state, n }) => [state, n])).toEqual([["sent", report.sent]]);
});

test("outcomes that nobody knows are not settled while everything is stopped, and are afterwards", async () => {
  const story = await dueStory();
  story.mailer.answer({ kind: "unknown", code: "timeout", detail: "" });
  await story.tickOnce();
  await stopAll(story, told);
  story.clock.advance({ hours: 2 });
  await tick(story);
  const { rows } = await story.db.client.execute("SELECT 1 FROM alerts WHERE kind = 'outcome_unknown'");
  expect(rows).toEqual([]);
  await resumeAll(story, { author: "cli:frieda" });
  await tick(story);
  expect(story.chat.posts.map(({ text }) => JSON.parse(text).kind)).toContain("outcome_unknown");
});

test("the first stop stays when somebody stops again", async () => {
  const story = await dueStory();
  await stopAll(story, told);
  const again = await stopAll(story, { reason: "me too", author: "api" });
  expect(again).toMatchObject({ reason: "wrong bank file", author: "cli:frieda", changed: false });
});

test("a stop needs a reason, and what is not stopped is not resumed", async () => {
  const story = await dueStory();
  await expect(stopAll(story, { ...told, reason: "" })).rejects.toMatchObject({ code: "invalid" });
  await expect(resumeAll(story, { author: "api" })).rejects.toMatchObject({
    code: "not_found",
    message: "nothing is stopped",
  });
});
