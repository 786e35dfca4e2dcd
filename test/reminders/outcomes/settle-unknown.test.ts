import { describe, expect, test } from "vitest";
import { resetStage } from "../../../src/reminders/decisions/reset-stage.ts";
import { why } from "../../../src/reminders/forecast/why.ts";
import { settleUnknown } from "../../../src/reminders/outcomes/settle-unknown.ts";
import { tick } from "../../../src/reminders/sending/tick.ts";
import { day, invoice, NORDWIND, payment } from "../../support/cast.ts";
import { remindersOf, tell } from "../../support/deliveries.ts";
import { ledgerOf } from "../../support/stored.ts";
import { type Story, tellStory } from "../../support/story.ts";

const SOFT = { key: "soft", offsetDays: 1, template: "overdue-3", to: ["billing"] };
const FIRM = { key: "firm", offsetDays: 60, template: "overdue-30", to: ["billing"] };
const HOUR = 60;
const TOPIC = "arn:aws:sns:eu-central-1:123456789012:dunwell";
const EVENTS_COME = { SES_CONFIGURATION_SET: "dunwell", SNS_TOPIC_ARNS: [TOPIC] };

/** Monday 9 March, ten o'clock: A's reminder is due. */
async function dueStory({ stage = {}, settings = {}, firm = {} } = {}): Promise<Story> {
  const policy = {
    stages: [
      { ...SOFT, ...stage },
      { ...FIRM, ...firm },
    ],
    minContactGapDays: 0,
  };
  const story = await tellStory({ at: "2026-03-09T10:00:00Z", policy });
  Object.assign(story.settings, settings);
  await story.invoices(invoice({ number: "A" }));
  return story;
}

/** Its answer was lost after it went out. */
async function lostStory(options: Parameters<typeof dueStory>[0] = {}): Promise<Story> {
  const story = await dueStory(options);
  story.mailer.answer({ kind: "unknown", code: "timeout", detail: "no answer" });
  await story.tickOnce();
  story.mailer.answer(undefined);
  return story;
}

/** The process died when it went out. */
async function killedStory(options: Parameters<typeof dueStory>[0] = {}): Promise<Story> {
  const story = await dueStory(options);
  await expect(tick({ ...story, db: dyingDb(story) })).rejects.toThrow("killed");
  return story;
}

function dyingDb({ db, mailer }: Story): Story["db"] {
  const batch: typeof db.batch = async (statements, mode) => {
    if (mailer.attempts.length > 0) throw new Error("killed");
    return db.batch(statements, mode);
  };
  return { ...db, batch };
}

async function later(story: Story, minutes: number): Promise<string[]> {
  story.clock.advance({ minutes });
  await story.bankFile();
  return story.tickOnce();
}

/** Events do reach us: one about another mail. */
const hearOfAnother = (story: Story) => tell(story, "rem_other", { kind: "send" });
const one = async (story: Story) => (await remindersOf(story.db))[0]!;
const asked = (story: Story) =>
  story.chat.posts.filter(({ text }) => JSON.parse(text).kind === "outcome_unknown");
const lastEntry = async (story: Story) => (await ledgerOf(story.db, "A")).at(-1)!;

describe.each([
  ["whose answer was lost", lostStory],
  ["whose process was killed", killedStory],
] as const)("a reminder %s", (_, begin) => {
  test("is unknown, says the ledger, and waits an hour for evidence before anybody is asked", async () => {
    const story = await begin();
    await later(story, 15);
    await later(story, 44);
    expect(await one(story)).toMatchObject({ state: "unknown", counts: "1" });
    expect(await lastEntry(story)).toMatchObject({ kind: "reminder_unknown", author: "clock" });
    expect(asked(story)).toEqual([]);
  });

  test("is asked about once, the account owner, by the id that settles it", async () => {
    const story = await begin();
    await later(story, 15);
    await later(story, HOUR + 1);
    await story.walk("2026-03-12");
    expect(story.mailer.mails).toHaveLength(1);
    expect(await why(story, { invoiceNumber: "A" })).toMatchObject({ reason: "unknown_outcome" });
    expect(await settleUnknown(story)).toMatchObject({ asked: [] });
    const [question, ...more] = asked(story);
    const { id } = await one(story);
    const { rows } = await story.db.client.execute("SELECT about FROM alerts WHERE kind = 'outcome_unknown'");
    expect(rows).toMatchObject([{ about: id }]);
    expect(question!.toEmail).toBe(NORDWIND.ownerEmail);
    expect(JSON.parse(question!.text)).toMatchObject({
      customer: { ref: "NORDWIND" },
      invoices: [{ number: "A", stage: "soft" }],
    });
    expect(more).toEqual([]);
  });

  test("counts as sent as soon as the provider tells of it, whatever it tells", async () => {
    const story = await begin();
    await later(story, 15);
    const { id } = await one(story);
    await tell(story, id, { kind: "delay", address: "bills@nordwind.example" });
    expect(await one(story)).toMatchObject({ state: "sent", settled_by: "evidence", counts: "1" });
    expect((await one(story)).sent_at).toBe((await one(story)).sending_at);
    expect(await lastEntry(story)).toMatchObject({
      kind: "reminder_sent",
      author: "provider",
      data: { was: "unknown", evidence: "delay" },
    });
    await story.walk("2026-03-12");
    expect(story.mailer.mails).toHaveLength(1);
    expect(await why(story, { invoiceNumber: "A" })).toMatchObject({ reason: "not_due", stage: "firm" });
    expect(asked(story)).toEqual([]);
  });

  test("is decided anew, once, where no event came though events come and its stage allows that", async () => {
    const story = await begin({ settings: EVENTS_COME, stage: { retryUnknown: true } });
    await later(story, 15);
    await hearOfAnother(story);
    story.mailer.answer({ kind: "unknown", code: "timeout", detail: "no answer" });
    expect(await later(story, HOUR + 1)).toEqual([]);
    expect(story.mailer.attempts).toHaveLength(2);
    expect(await remindersOf(story.db)).toMatchObject([
      { state: "failed", settled_by: "no_evidence", counts: "0" },
      { state: "unknown", settled_by: null, counts: "1" },
    ]);
    story.mailer.answer(undefined);
    await hearOfAnother(story);
    await later(story, HOUR + 1);
    await story.walk("2026-03-12");
    expect(story.mailer.attempts).toHaveLength(2);
    expect(asked(story)).toHaveLength(1);
  });

  test.each([
    ["where no events come", { stage: { retryUnknown: true } }],
    [
      "where events are published to no topic that is believed",
      { settings: { ...EVENTS_COME, SNS_TOPIC_ARNS: [] }, stage: { retryUnknown: true } },
    ],
    ["where its stage does not allow that", { settings: EVENTS_COME }],
  ])("is not decided anew %s", async (_where, options) => {
    const story = await begin(options);
    await later(story, 15);
    await hearOfAnother(story);
    await later(story, HOUR + 1);
    await story.walk("2026-03-13");
    expect(story.mailer.attempts).toHaveLength(1);
    expect(asked(story)).toHaveLength(1);
  });
});

test("a reminder is not decided anew where no event at all has reached us since it left", async () => {
  const story = await dueStory({ settings: EVENTS_COME, stage: { retryUnknown: true } });
  await hearOfAnother(story);
  story.clock.advance({ minutes: 1 });
  story.mailer.answer({ kind: "unknown", code: "timeout", detail: "" });
  await story.tickOnce();
  story.mailer.answer(undefined);
  await later(story, HOUR + 1);
  await story.walk("2026-03-13");
  expect(story.mailer.attempts).toHaveLength(1);
  expect(asked(story)).toHaveLength(1);
});

describe("evidence that comes at an odd moment", () => {
  test("when the next stage is due already lets that leave", async () => {
    const story = await lostStory({ firm: { offsetDays: 7 } });
    await story.walk("2026-03-12");
    await tell(story, (await one(story)).id, { kind: "send" });
    expect(await story.tickOnce()).toEqual(["NORDWIND firm A"]);
  });

  test("before an answer that was lost counts, though the process dies in between", async () => {
    const story = await dueStory({ settings: EVENTS_COME, stage: { retryUnknown: true } });
    const send: typeof story.mailer.send = async (mail) => {
      await tell(story, mail.id, { kind: "send" });
      story.mailer.answer({ kind: "unknown", code: "timeout", detail: "" });
      return story.mailer.send(mail);
    };
    const write = async () => Promise.reject(new Error("killed"));
    const dying = { ...story, db: { ...story.db, write }, mailer: { ...story.mailer, send } };
    await expect(tick(dying)).rejects.toThrow("killed");
    expect(await one(story)).toMatchObject({ state: "unknown" });
    await later(story, 15);
    expect(await one(story)).toMatchObject({ state: "sent", settled_by: "evidence" });
  });

  test("after a reminder was given up counts all the same, and the stage is not sent again", async () => {
    const story = await lostStory({ settings: EVENTS_COME, stage: { retryUnknown: true } });
    story.clock.advance({ minutes: HOUR + 1 });
    await hearOfAnother(story);
    expect(await settleUnknown(story)).toMatchObject({ retried: [(await one(story)).id] });
    await tell(story, (await one(story)).id, { kind: "send" });
    expect(await one(story)).toMatchObject({ state: "sent", settled_by: "evidence", counts: "1" });
    await story.walk("2026-03-13");
    expect(story.mailer.attempts).toHaveLength(1);
  });

  test("after the stage was sent anew counts as a contact, not as the stage", async () => {
    const story = await lostStory({ settings: EVENTS_COME, stage: { retryUnknown: true } });
    story.clock.advance({ minutes: 1 });
    await hearOfAnother(story);
    await later(story, HOUR);
    await tell(story, (await one(story)).id, { kind: "send" });
    expect(await remindersOf(story.db)).toMatchObject([
      { state: "sent", counts: "0" },
      { state: "sent", counts: "1" },
    ]);
  });

  test("before the process died settles the reminder once its lease is over", async () => {
    const story = await killedStory();
    await tell(story, (await one(story)).id, { kind: "send" });
    expect(await one(story)).toMatchObject({ state: "sending" });
    await later(story, 15);
    expect(await one(story)).toMatchObject({ state: "sent", settled_by: "evidence" });
    const kinds = (await ledgerOf(story.db, "A")).map(({ kind, author }) => `${kind} ${author}`);
    expect(kinds.slice(-3)).toEqual([
      "reminder_sending clock",
      "reminder_unknown clock",
      "reminder_sent provider",
    ]);
  });

  test("after the lease is over needs no tick to count", async () => {
    const story = await killedStory();
    story.clock.advance({ minutes: 11 });
    await tell(story, (await one(story)).id, { kind: "send" });
    expect(await one(story)).toMatchObject({ state: "sent", settled_by: "evidence" });
  });

  test.each([
    ["an answer that says yes", undefined, null],
    ["no answer", { kind: "unknown", code: "timeout", detail: "" } as const, "evidence"],
    [
      "an answer that says later",
      { kind: "deferred", code: "503", detail: "", isQuota: false } as const,
      "evidence",
    ],
  ])("before %s counts, and the reminder is not sent again", async (_, answer, settledBy) => {
    const story = await dueStory();
    story.mailer.answer(answer);
    const send: typeof story.mailer.send = async (mail) => {
      await tell(story, mail.id, { kind: "send" });
      return story.mailer.send(mail);
    };
    await tick({ ...story, mailer: { ...story.mailer, send } });
    story.mailer.answer(undefined);
    expect(await one(story)).toMatchObject({ state: "sent", settled_by: settledBy, counts: "1" });
    await story.walk("2026-03-13");
    expect(story.mailer.attempts).toHaveLength(1);
  });

  test("before the answer, that it arrived or bounced, is not undone by it", async () => {
    const story = await dueStory();
    const send: typeof story.mailer.send = async (mail) => {
      await tell(story, mail.id, { kind: "delivery", address: "bills@nordwind.example" });
      return story.mailer.send(mail);
    };
    await tick({ ...story, mailer: { ...story.mailer, send } });
    const { state, message_id, provider_id } = await one(story);
    expect({ state, message_id, provider_id }).toEqual({
      state: "delivered",
      message_id: "<fake-1@mail.example>",
      provider_id: "fake-1",
    });
  });

  test("with our own answer, of a process that slept for hours, is evidence too", async () => {
    const story = await dueStory({ settings: EVENTS_COME, stage: { retryUnknown: true } });
    const send: typeof story.mailer.send = async (mail) => {
      story.clock.advance({ minutes: 15 });
      await settleUnknown(story);
      await hearOfAnother(story);
      story.clock.advance({ minutes: HOUR + 1 });
      expect((await settleUnknown(story)).retried).toHaveLength(1);
      return story.mailer.send(mail);
    };
    await tick({ ...story, mailer: { ...story.mailer, send } });
    expect(await one(story)).toMatchObject({ state: "sent", settled_by: "evidence", counts: "1" });
    await story.walk("2026-03-13");
    expect(story.mailer.attempts).toHaveLength(1);
  });
});

describe("nobody is asked", () => {
  test("about a reminder of what is paid", async () => {
    const story = await lostStory();
    await story.pay(payment({ invoiceNumber: "A" }));
    await later(story, HOUR + 1);
    expect(asked(story)).toEqual([]);
  });

  test("about a stage that a person has reset", async () => {
    const story = await lostStory();
    await resetStage(story, {
      invoiceNumber: "A",
      stage: "soft",
      reason: "never arrived",
      author: "cli:rita",
    });
    await later(story, HOUR + 1);
    expect(asked(story)).toEqual([]);
  });
});

describe("a lease from the future, of a clock that was wrong", () => {
  async function wrongStory() {
    const story = await dueStory();
    story.clock.set("2031-03-10T10:00:00Z");
    await story.bankFile();
    await expect(
      tick({ ...story, db: dyingDb(story) }, { confirmBacklog: { author: "cli:op" } }),
    ).rejects.toThrow("killed");
    story.clock.set("2026-03-09T10:15:00Z");
    return story;
  }

  test("is over: said in the log, and asked about in an hour, not in years", async () => {
    const story = await wrongStory();
    expect(await one(story)).toMatchObject({ state: "sending" });
    await story.tickOnce();
    const { id, state, unknown_at } = await one(story);
    expect({ state, unknown_at }).toEqual({ state: "unknown", unknown_at: story.clock() });
    expect(story.log.events).toContainEqual({
      level: "warn",
      event: "lease_from_the_future",
      fields: { reminders: [id] },
    });
    await later(story, HOUR + 1);
    expect(asked(story)).toHaveLength(1);
  });

  test("or an answer lost then, is asked about in an hour too", async () => {
    const story = await dueStory();
    story.mailer.answer({ kind: "unknown", code: "timeout", detail: "" });
    story.clock.set("2031-03-10T10:00:00Z");
    await story.bankFile();
    await tick(story, { confirmBacklog: { author: "cli:op" } });
    story.clock.set("2026-03-09T12:00:00Z");
    await story.tickOnce();
    expect(asked(story)).toHaveLength(1);
  });

  test("does not keep evidence from settling the reminder at once", async () => {
    const story = await wrongStory();
    await tell(story, (await one(story)).id, { kind: "send" });
    expect(await one(story)).toMatchObject({ state: "sent", settled_by: "evidence" });
  });

  test("leaves no contact in the future, which would silence the customer until then", async () => {
    const story = await wrongStory();
    await story.tickOnce();
    expect(await one(story)).toMatchObject({ leaves_on: day("2026-03-09"), sending_at: story.clock() });
  });

  test("is not that of a machine whose clock is a little ahead of ours", async () => {
    const story = await killedStory();
    story.clock.advance({ minutes: -0.5 });
    expect(await settleUnknown(story)).toMatchObject({ unknown: [] });
  });
});

test("what is asked of a run is bounded, and the next one goes on", async () => {
  const story = await lostStory();
  const { rows } = await story.db.client.execute("SELECT id FROM customers");
  const old = story.clock() - 2 * 3_600_000;
  await story.db.client.execute({
    sql: `INSERT INTO reminders (id, customer_id, stage, state, policy_name, policy_version, leaves_on, recipients, lease_until, created_at)
          SELECT 'rem_' || value, ?, 'soft', 'sending', 'standard', 1, 0, '[]', ?, 0 FROM generate_series(1, 250)`,
    args: [rows[0]!.id!, old],
  });
  expect((await settleUnknown(story)).unknown).toHaveLength(200);
  expect((await settleUnknown(story)).unknown).toHaveLength(50);
  expect((await settleUnknown(story)).unknown).toEqual([]);
});
