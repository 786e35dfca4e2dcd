import { expect, test } from "vitest";
import { readSettings } from "../../../src/config.ts";
import { sendNotices } from "../../../src/reminders/notices/send-notices.ts";
import { tick } from "../../../src/reminders/sending/tick.ts";
import { invoice, NORDWIND } from "../../support/cast.ts";
import type { TestServices } from "../../support/database.ts";
import { remindersOf, tell } from "../../support/deliveries.ts";
import { noticesOf, planNotice, reminded } from "../../support/notices.ts";
import { type Story, tellStory } from "../../support/story.ts";

const SOFT = { key: "soft", offsetDays: 3, template: "overdue-3", to: ["billing"], retryUnknown: true };
const POLICY = { freshnessDays: null, backlog: { mode: "send" }, stages: [SOFT] };

async function dueStory(options: { at?: string; due?: number } = {}): Promise<Story> {
  const story = await tellStory({ policy: POLICY, at: options.at ?? "2026-03-10T10:00:00Z" });
  const settings = readSettings({
    MAIL_FROM: "Acme Accounts <ar@acme.example>",
    PUBLIC_URL: "https://dunwell.example",
    SES_CONFIGURATION_SET: "dunwell",
    SNS_TOPIC_ARNS: "arn:aws:sns:eu-central-1:123456789012:dunwell",
  });
  for (let n = 0; n < (options.due ?? 1); n++) {
    const contact = { email: `c${n}@debtor.example`, role: "billing" as const };
    await story.customers({ ...NORDWIND, ref: `C${n}`, contact });
    await story.invoices(invoice({ number: `A${n}`, customerRef: `C${n}` }));
  }
  return { ...story, settings };
}

/** A process that is held up by `pause` once its next batch is claimed, just before it hands it over. */
function heldUp(story: Story, pause: () => Promise<void>): TestServices {
  let isHeld = false;
  const { db } = story;
  return {
    ...story,
    db: {
      ...db,
      async batch(statements, mode) {
        const results = await db.batch(statements, mode);
        const { rows } = await db.client.execute(
          `SELECT 1 FROM reminders WHERE state = 'sending' UNION ALL SELECT 1 FROM notices WHERE state = 'sending'`,
        );
        if (rows.length > 0 && !isHeld) {
          isHeld = true;
          await pause();
        }
        return results;
      },
    },
  };
}

const states = async (story: Story) => (await remindersOf(story.db)).map(({ state }) => state);

test("a process that wakes after its lease sends nothing of it, though others had it sent meanwhile", async () => {
  const story = await dueStory();
  const sleeper = heldUp(story, async () => {
    for (let quarter = 0; quarter < 6; quarter++) {
      story.clock.advance({ minutes: 15 });
      await tell(story, "rem_other", { kind: "send" });
      await tick(story);
    }
  });
  await tick(sleeper);
  expect(story.mailer.mails).toHaveLength(1);
  expect(await states(story)).toEqual(["failed", "sent"]);
  story.clock.advance({ days: 1 });
  expect(await story.tickOnce()).toEqual([]);
});

test("what a process found itself too late for is sent by the next tick", async () => {
  const story = await dueStory();
  const sleeper = heldUp(story, async () => {
    story.clock.advance({ minutes: 20 });
    await tick(story);
    expect(await states(story)).toEqual(["unknown"]);
  });
  await tick(sleeper);
  story.clock.advance({ minutes: 15 });
  await tick(story);
  expect(await states(story)).toEqual(["deferred", "sent"]);
  expect(story.mailer.attempts).toHaveLength(1);
});

test("a mail leaves as long as its answer can come within the lease, and not a moment later", async () => {
  for (const [seconds, sent] of [
    [569, 1],
    [570, 0],
  ] as const) {
    const story = await dueStory();
    const sleeper = heldUp(story, async () => {
      story.clock.advance({ minutes: seconds / 60 });
    });
    expect(await tick(sleeper)).toMatchObject({ sent });
  }
});

test("what is put off while another tick looks on is due again", async () => {
  const story = await dueStory();
  story.mailer.answer({ kind: "deferred", code: "refused", detail: "", isQuota: false });
  const watched = heldUp(story, async () => {
    await tick(story);
  });
  await tick(watched);
  story.mailer.answer(undefined);
  story.clock.advance({ minutes: 15 });
  expect(await story.tickOnce()).toEqual(["C0 soft A0"]);
});

test("a notice whose sender wakes after its lease leaves later, and once", async () => {
  const story = await reminded();
  await planNotice(story);
  const sleeper = heldUp(story, async () => {
    story.clock.advance({ minutes: 15 });
    await sendNotices(story);
  });
  expect(await sendNotices(sleeper)).toMatchObject({ sent: 0 });
  expect(story.mailer.attempts).toEqual([]);
  expect(await noticesOf(story.db)).toMatchObject([{ state: "planned" }]);
  story.clock.advance({ minutes: 15 });
  expect(await sendNotices(story)).toEqual({ sent: 1, left: 0 });
});
