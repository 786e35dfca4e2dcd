import { describe, expect, test } from "vitest";
import type { MailOutcome } from "../../../src/ports.ts";
import { sendNotices } from "../../../src/reminders/notices/send-notices.ts";
import { settleNotice } from "../../../src/reminders/notices/settle-notice.ts";
import { NORDWIND } from "../../support/cast.ts";
import { openAgain, testDatabaseUrl } from "../../support/database.ts";
import { bounced, tell } from "../../support/deliveries.ts";
import { noticesOf, planNotice, reminded } from "../../support/notices.ts";
import { ledgerOf } from "../../support/stored.ts";
import type { Story } from "../../support/story.ts";

const BELA = "bills@nordwind.example";
const MIA = {
  ...NORDWIND,
  contact: { name: "Mia", email: "mia@nordwind.example", role: "manager" as const },
};
const DEFERRED: MailOutcome = { kind: "deferred", code: "Throttling", detail: "", isQuota: false };
const LOST: MailOutcome = { kind: "unknown", code: "timeout", detail: "" };

async function oneSent(outcome?: MailOutcome) {
  const story = await reminded();
  await planNotice(story);
  story.mailer.answer(outcome);
  await sendNotices(story);
  story.mailer.answer(undefined);
  return { story, id: (await noticesOf(story.db))[0]!.id };
}
const states = async (story: Story) => (await noticesOf(story.db)).map(({ state }) => state);
const entries = async (story: Story) =>
  (await ledgerOf(story.db, "A")).filter(({ kind }) => kind.startsWith("notice_"));
const alerts = async (story: Story) => {
  const { rows } = await story.db.client.execute(
    "SELECT kind, to_email, about, payload FROM alerts WHERE kind LIKE 'notice_%' ORDER BY id",
  );
  return rows.map(({ kind, to_email: to, about, payload }) => ({
    kind,
    to,
    about,
    payload: JSON.parse(String(payload)),
  }));
};

describe("a mail service that takes it later", () => {
  test("is tried again, each time after a longer while, until it takes it", async () => {
    const { story } = await oneSent(DEFERRED);
    expect(await states(story)).toEqual(["planned"]);
    expect(await sendNotices(story)).toEqual({ sent: 0, left: 0 });
    story.mailer.answer(DEFERRED);
    story.clock.advance({ minutes: 5 });
    await sendNotices(story);
    story.mailer.answer(undefined);
    story.clock.advance({ minutes: 9 });
    expect(await sendNotices(story)).toEqual({ sent: 0, left: 0 });
    story.clock.advance({ minutes: 1 });
    expect(await sendNotices(story)).toEqual({ sent: 1, left: 0 });
    expect(await entries(story)).toHaveLength(1);
  });

  test("is given up after a day, and the owner is told", async () => {
    const { story } = await oneSent(DEFERRED);
    story.mailer.answer(DEFERRED);
    for (let hour = 0; hour < 30; hour++) {
      story.clock.advance({ hours: 1 });
      await sendNotices(story);
    }
    expect(await states(story)).toEqual(["failed"]);
    expect(await alerts(story)).toMatchObject([{ kind: "notice_failed", to: "rita.rep@acme.example" }]);
  });
});

describe("a mail that is refused", () => {
  test("fails, stands in the ledger, and is told to the owner once by its name", async () => {
    const { story, id } = await oneSent({
      kind: "refused",
      fault: "message",
      code: "MessageRejected",
      detail: "no",
    });
    await sendNotices(story);
    expect(story.mailer.attempts).toHaveLength(1);
    expect(await noticesOf(story.db)).toMatchObject([{ state: "failed", failure: "MessageRejected: no" }]);
    expect(await entries(story)).toMatchObject([
      {
        kind: "notice_failed",
        data: { notice: id, kind: "paid_reported", because: "refused", code: "MessageRejected" },
      },
    ]);
    expect(await alerts(story)).toMatchObject([
      { payload: { invoices: [{ number: "A", stage: "paid_reported" }], note: "refused" } },
    ]);
  });

  test("for its address goes to the next contact, and nothing more goes to that address", async () => {
    const story = await reminded();
    await story.customers(MIA);
    await planNotice(story);
    story.mailer.answer(({ to }) =>
      to.includes(BELA)
        ? { kind: "refused", fault: "address", code: "InvalidRecipient", detail: "", badAddresses: [BELA] }
        : undefined,
    );
    expect(await sendNotices(story)).toEqual({ sent: 1, left: 0 });
    expect(story.mailer.mails.map(({ to }) => to)).toEqual([["mia@nordwind.example"]]);
  });
});

describe("a mail of which nobody knows whether it left", () => {
  test("is not sent again, and whoever runs the service is told once when no evidence came in an hour", async () => {
    const { story, id } = await oneSent(LOST);
    expect(await states(story)).toEqual(["unknown"]);
    expect(await entries(story)).toMatchObject([{ data: { because: "outcome_unknown" } }]);
    story.clock.advance({ minutes: 59 });
    await sendNotices(story);
    expect(await alerts(story)).toEqual([]);
    for (const _ of [1, 2, 3]) {
      story.clock.advance({ minutes: 61 });
      await sendNotices(story);
    }
    const [alert] = await alerts(story);
    expect(alert).toMatchObject({ kind: "notice_unknown", to: null });
    expect(alert!.about).toBe(id);
    expect(await alerts(story)).toHaveLength(1);
    expect(story.log.events.filter(({ event }) => event === "notice_lost")).toHaveLength(1);
    expect(story.mailer.attempts.map((mail) => mail.id)).toEqual([id]);
    expect(await states(story)).toEqual(["unknown"]);
  });

  test("is sent again, once, where a person found out that it did not leave", async () => {
    const { story, id } = await oneSent(LOST);
    const word = { asked: id, outcome: "not_sent" as const, reason: "no trace of it", author: "cli:otto" };
    expect(await settleNotice(story, word)).toEqual({ notice: id, kind: "paid_reported", invoices: ["A"] });
    expect((await entries(story)).at(-1)).toMatchObject({
      author: "cli:otto",
      data: { notice: id, reason: "no trace of it", was: "unknown" },
    });
    await expect(settleNotice(story, word)).rejects.toThrow(`notice ${id} is known: it is failed`);
    await sendNotices(story);
    await sendNotices(story);
    expect(await states(story)).toEqual(["failed", "sent"]);
    expect(story.mailer.attempts).toHaveLength(2);
  });

  test("counts as sent where a person found it arrived, and nobody is asked any more", async () => {
    const { story, id } = await oneSent(LOST);
    const word = { asked: id, outcome: "sent" as const, author: "cli:otto" };
    await expect(settleNotice(story, { ...word, reason: " " })).rejects.toThrow(/needs a reason/);
    await settleNotice(story, { ...word, reason: "they have it" });
    story.clock.advance({ hours: 3 });
    await sendNotices(story);
    expect(await states(story)).toEqual(["sent"]);
    expect(await alerts(story)).toEqual([]);
    expect((await entries(story)).at(-1)).toMatchObject({ kind: "notice_sent", author: "cli:otto" });
  });

  test("is not settled by a word before it left, nor where there is none", async () => {
    const story = await reminded();
    await planNotice(story);
    const word = { outcome: "sent" as const, reason: "they have it", author: "cli:otto" };
    const { id } = (await noticesOf(story.db))[0]!;
    await expect(settleNotice(story, { ...word, asked: id })).rejects.toThrow(/is on its way/);
    await expect(settleNotice(story, { ...word, asked: "ntc_none" })).rejects.toThrow(/no notice ntc_none/);
  });

  test("counts as sent as soon as the provider tells of it, and nobody is bothered", async () => {
    const { story, id } = await oneSent(LOST);
    await tell(story, id, { kind: "delivery", address: BELA });
    expect(await states(story)).toEqual(["sent"]);
    expect((await entries(story)).at(-1)).toMatchObject({
      kind: "notice_sent",
      author: "provider",
      data: { notice: id, evidence: "delivery" },
    });
    story.clock.advance({ hours: 3 });
    await sendNotices(story);
    expect(await alerts(story)).toEqual([]);
  });
});

describe("a process that dies", () => {
  /** It dies when it is to record that the mail service took the mail. */
  async function diedAfterSending() {
    const story = await reminded();
    await planNotice(story);
    const write: typeof story.db.write = () => Promise.reject(new Error("killed"));
    await expect(sendNotices({ ...story, db: { ...story.db, write } })).rejects.toThrow("killed");
    expect(story.mailer.mails).toHaveLength(1);
    return { story, id: (await noticesOf(story.db))[0]!.id };
  }

  test("leaves a mail that is not sent again, even if nothing more is heard of it", async () => {
    const { story } = await diedAfterSending();
    for (const _ of [1, 2, 3, 4]) {
      story.clock.advance({ minutes: 40 });
      await sendNotices(story);
    }
    expect(story.mailer.mails).toHaveLength(1);
    expect(await states(story)).toEqual(["unknown"]);
    expect(await alerts(story)).toMatchObject([{ kind: "notice_unknown" }]);
  });

  test("leaves a mail that the provider's events settle, in whatever order", async () => {
    const { story, id } = await diedAfterSending();
    await tell(story, id, { kind: "send" });
    expect(await states(story)).toEqual(["sending"]);
    story.clock.advance({ minutes: 11 });
    await sendNotices(story);
    expect(await states(story)).toEqual(["sent"]);
    expect(await alerts(story)).toEqual([]);
  });

  test("before sending leaves a mail whose message is on record, and that nobody got", async () => {
    const story = await reminded();
    await planNotice(story);
    const mailer = { ...story.mailer, send: () => new Promise<never>(() => undefined) };
    const dying = sendNotices({ ...story, mailer });
    await expect.poll(() => states(story)).toEqual(["sending"]);
    expect((await noticesOf(story.db))[0]!.raw).toContain("paid_reported");
    story.clock.advance({ hours: 2 });
    await sendNotices(story);
    expect(story.mailer.mails).toEqual([]);
    expect(await states(story)).toEqual(["unknown"]);
    void dying;
  });
});

describe("a lease from the future, of a clock that was wrong", () => {
  async function fromFuture(outcome?: MailOutcome) {
    const story = await reminded();
    await planNotice(story);
    story.mailer.answer(() => {
      if (outcome) return outcome;
      throw new Error("killed");
    });
    await sendNotices(story);
    await story.db.client.execute({
      sql: "UPDATE notices SET state = ?, lease_until = ?",
      args: [outcome ? "unknown" : "sending", story.clock() + 30 * 24 * 3_600_000],
    });
    story.mailer.answer(undefined);
    return { story, id: (await noticesOf(story.db))[0]!.id };
  }

  test("leaves a notice unknown from now on, and people are told within the hour", async () => {
    const { story } = await fromFuture();
    await sendNotices(story);
    expect(await states(story)).toEqual(["unknown"]);
    expect(await alerts(story)).toEqual([]);
    story.clock.advance({ minutes: 61 });
    await sendNotices(story);
    expect(await alerts(story)).toMatchObject([{ kind: "notice_unknown" }]);
  });

  test("keeps nobody waiting for evidence for longer than an hour", async () => {
    const { story } = await fromFuture(LOST);
    await sendNotices(story);
    expect(await alerts(story)).toMatchObject([{ kind: "notice_unknown" }]);
  });

  test("does not keep evidence from settling the notice at once", async () => {
    const { story, id } = await fromFuture();
    await tell(story, id, { kind: "delivery" });
    expect(await states(story)).toEqual(["sent"]);
  });
});

test("two processes at once send each notice once", async () => {
  const url = await testDatabaseUrl();
  const story = await reminded({ db: await openAgain(url) });
  for (let n = 0; n < 60; n++) await planNotice(story, { fact: `notice ${n}` });
  const send: typeof story.mailer.send = async (mail) => {
    await new Promise(setImmediate);
    return story.mailer.send(mail);
  };
  const one = { ...story, mailer: { ...story.mailer, send } };
  const other = { ...one, db: await openAgain(url) };
  await Promise.all([sendNotices(one), sendNotices(other), sendNotices(one)]);
  await sendNotices(story);
  const ids = story.mailer.attempts.map(({ id }) => id);
  expect(ids).toHaveLength(60);
  expect(new Set(ids).size).toBe(60);
  expect(new Set(await states(story))).toEqual(new Set(["sent"]));
});

describe("a notice that bounced for good", () => {
  test("goes to the next contact as a mail of its own; the first stays on record as it left", async () => {
    const { story, id } = await oneSent();
    await story.customers(MIA);
    await tell(story, id, bounced(BELA));
    await tell(story, id, { ...bounced(BELA), id: "told again otherwise" });
    expect(await sendNotices(story)).toEqual({ sent: 1, left: 0 });
    expect(story.mailer.mails.map(({ to }) => to)).toEqual([[BELA], ["mia@nordwind.example"]]);
    const [first, second] = await noticesOf(story.db);
    expect(first).toMatchObject({ state: "failed", failure: "bounced", recipients: JSON.stringify([BELA]) });
    expect(first!.raw).toContain(BELA);
    expect(second).toMatchObject({ state: "sent", kind: "paid_reported" });
    expect((await entries(story)).map(({ kind }) => kind)).toEqual([
      "notice_sent",
      "notice_failed",
      "notice_sent",
    ]);
  });

  test("is told to the owner where nobody else is left", async () => {
    const { story, id } = await oneSent();
    await tell(story, id, bounced(BELA));
    await sendNotices(story);
    expect(await alerts(story)).toMatchObject([
      { kind: "notice_failed", payload: { note: "suppressed", invoices: [{ number: "A" }] } },
    ]);
  });

  test("is not repeated in a rehearsal, where it would bounce again", async () => {
    const story = await reminded();
    const settings = { ...story.settings, MAIL_REDIRECT_TO: "me@acme.example" };
    const rehearsal = { ...story, settings };
    await planNotice(story);
    await sendNotices(rehearsal);
    await tell(rehearsal, (await noticesOf(story.db))[0]!.id, bounced("me@acme.example"));
    await sendNotices(rehearsal);
    expect(story.mailer.mails).toHaveLength(1);
  });
});

test("a notice that bounced for now is not repeated: the owner is told, unless it arrived after all", async () => {
  const { story, id } = await oneSent();
  await tell(story, id, { kind: "bounce", address: BELA, isPermanent: false });
  await sendNotices(story);
  expect(story.mailer.mails).toHaveLength(1);
  expect(await states(story)).toEqual(["failed"]);
  expect(await alerts(story)).toMatchObject([{ kind: "notice_failed", payload: { note: "bounced" } }]);
  await tell(story, id, { kind: "delivery", address: BELA });
  expect(await states(story)).toEqual(["sent"]);
});

test("a notice that cannot be written keeps no other from leaving, and the owner is told", async () => {
  const story = await reminded();
  await planNotice(story);
  await planNotice(story, { fact: "broken", kind: "dispute_opened" });
  const notice: typeof story.writer.notice = (one, envelope) => {
    if (one.kind === "dispute_opened") throw new TypeError("a bug");
    return story.writer.notice(one, envelope);
  };
  expect(await sendNotices({ ...story, writer: { ...story.writer, notice } })).toEqual({ sent: 1, left: 0 });
  expect(await alerts(story)).toMatchObject([{ kind: "notice_failed", payload: { note: "unwritable" } }]);
  expect(story.log.events).toContainEqual(expect.objectContaining({ event: "notice_unwritable" }));
});
