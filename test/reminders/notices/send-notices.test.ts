import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { OutgoingMail } from "../../../src/ports.ts";
import { changePromise } from "../../../src/reminders/agreements/change-promise.ts";
import { makePromise } from "../../../src/reminders/agreements/make-promise.ts";
import { stopAll } from "../../../src/reminders/decisions/stop-all.ts";
import { readLink } from "../../../src/reminders/links/link.ts";
import { linkSecrets } from "../../../src/reminders/links/link-secret.ts";
import { sendNotices } from "../../../src/reminders/notices/send-notices.ts";
import { verifyLedger } from "../../../src/reminders/operation/verify-ledger.ts";
import { suppressAddress } from "../../../src/reminders/sending/suppress-address.ts";
import { day, HUAYUE, invoice, NORDWIND } from "../../support/cast.ts";
import { readFakeNotice } from "../../support/fake-writer.ts";
import { noticesOf, planNotice, reminded } from "../../support/notices.ts";
import { ledgerOf } from "../../support/stored.ts";
import type { Story } from "../../support/story.ts";

const BELA = "bills@nordwind.example";
const sent = (story: Story) => story.mailer.mails.map((mail) => readFakeNotice(mail).notice.kind);
const alerts = async (story: Story) => {
  const { rows } = await story.db.client.execute(
    "SELECT kind, to_email FROM alerts WHERE kind LIKE 'notice_%' ORDER BY id",
  );
  return rows.map(({ kind, to_email }) => `${kind} ${to_email}`);
};
const lastEntry = async (story: Story) => (await ledgerOf(story.db, "A")).at(-1)!;

describe("a notice that is to leave", () => {
  test("leaves once, to the billing contact, and again on no later run", async () => {
    const story = await reminded();
    await planNotice(story);
    expect(await sendNotices(story)).toEqual({ sent: 1, left: 0 });
    expect(await sendNotices(story)).toEqual({ sent: 0, left: 0 });
    expect(story.mailer.attempts.map(({ to }) => to)).toEqual([[BELA]]);
    expect(await noticesOf(story.db)).toMatchObject([{ state: "sent", message_id: "<fake-1@mail.example>" }]);
  });

  test("is planned once, however often its occasion is told", async () => {
    const story = await reminded();
    await planNotice(story);
    await planNotice(story, { body: { items: [] } });
    await sendNotices(story);
    await planNotice(story);
    expect(await sendNotices(story)).toEqual({ sent: 0, left: 0 });
  });

  test("is kept byte for byte with its hash, and told by the ledger of its invoices", async () => {
    const story = await reminded();
    await planNotice(story);
    await sendNotices(story);
    const [notice] = await noticesOf(story.db);
    const raw = Buffer.from(story.mailer.mails[0]!.raw);
    const sha256 = createHash("sha256").update(raw).digest("hex");
    expect(notice).toMatchObject({ raw: raw.toString("latin1"), sha256, bytes: raw.length });
    expect(await lastEntry(story)).toEqual({
      kind: "notice_sent",
      author: "clock",
      data: {
        notice: notice!.id,
        kind: "paid_reported",
        to: [BELA],
        sha256,
        message_id: "<fake-1@mail.example>",
        provider_id: "fake-1",
      },
    });
    expect((await verifyLedger(story, () => undefined)).broken).toBe(0);
  });

  test("says who writes to whom in which language, with a link of its own to the page", async () => {
    const story = await reminded();
    await planNotice(story);
    await sendNotices(story);
    const [mail] = story.mailer.mails;
    const { notice } = readFakeNotice(mail!);
    expect(notice).toMatchObject({
      kind: "paid_reported",
      locale: "en",
      on: day("2026-03-09"),
      creditor: { legalName: "Acme GmbH" },
      debtor: { name: "Nordwind Handel", legalName: "Nordwind Handels GmbH", contactName: "Bela Buch" },
      body: { items: [{ number: "A", amountMinor: 100_000 }], paidOn: day("2026-03-06") },
    });
    const token = notice.pageUrl.replace("https://dunwell.example/p/", "");
    expect(readLink(await linkSecrets(story), token)).toMatchObject({ reminderId: mail!.id });
  });

  test("answers the thread of the reminders of its invoices, and can be answered", async () => {
    const story = await reminded();
    const settings = { ...story.settings, MAIL_REPLY_DOMAIN: "in.acme.example" };
    await planNotice(story);
    await sendNotices({ ...story, settings });
    const [mail] = story.mailer.mails;
    const { envelope } = readFakeNotice(mail!);
    expect(envelope.references).toEqual(["<fake-1@mail.example>"]);
    expect(envelope.replyTo).toMatch(new RegExp(`^reply\\+${mail!.id}\\.[0-9a-f]{16}@in\\.acme\\.example$`));
    expect(envelope.messageId).toBe(`<${mail!.id}@acme.example>`);
  });

  test("goes to one address in a rehearsal, and says whom it was for", async () => {
    const story = await reminded();
    await planNotice(story);
    await sendNotices({ ...story, settings: { ...story.settings, MAIL_REDIRECT_TO: "me@acme.example" } });
    expect(story.mailer.mails.map(({ to }) => to)).toEqual([["me@acme.example"]]);
    expect(readFakeNotice(story.mailer.mails[0]!).envelope.rehearsalFor).toEqual([BELA]);
  });

  test("is no contact: it leaves within the gap, and moves no reminder", async () => {
    const story = await reminded();
    await story.invoices(invoice({ number: "B", dueOn: day("2026-03-11") }));
    story.clock.set("2026-03-13T10:00:00Z");
    await planNotice(story);
    expect(await sendNotices(story)).toEqual({ sent: 1, left: 0 });
    expect(await story.walk("2026-03-16")).toEqual({ "2026-03-16": ["NORDWIND overdue_3 B"] });
  });
});

describe("when it leaves", () => {
  test("at once at night for what somebody just did, and in hours for thanks", async () => {
    const story = await reminded();
    story.clock.set("2026-03-13T23:00:00Z");
    await planNotice(story);
    await planNotice(story, { fact: "promise_kept A", kind: "promise_kept" });
    expect(await sendNotices(story)).toEqual({ sent: 1, left: 0 });
    expect(sent(story)).toEqual(["paid_reported"]);
    story.clock.set("2026-03-16T07:59:00Z");
    expect(await sendNotices(story)).toEqual({ sent: 0, left: 0 });
    story.clock.set("2026-03-16T08:00:00Z");
    expect(await sendNotices(story)).toEqual({ sent: 1, left: 0 });
  });

  test("not before its time", async () => {
    const story = await reminded();
    await planNotice(story, { leavesAt: story.clock() + 60_000 });
    expect(await sendNotices(story)).toEqual({ sent: 0, left: 0 });
    story.clock.advance({ minutes: 1 });
    expect(await sendNotices(story)).toEqual({ sent: 1, left: 0 });
  });

  test("not while everything is stopped, and not before somebody said who the creditor is", async () => {
    const story = await reminded();
    await planNotice(story);
    await stopAll(story, { reason: "test", author: "test" });
    expect(await sendNotices(story)).toEqual({ sent: 0, left: 1 });
    await story.db.client.execute("DELETE FROM settings WHERE key = 'stop'");
    await story.db.client.execute("DELETE FROM creditors");
    expect(await sendNotices(story)).toEqual({ sent: 0, left: 1 });
    expect(story.mailer.attempts).toEqual([]);
  });

  test("not where everything is stopped while it is written", async () => {
    const story = await reminded();
    await planNotice(story);
    await sendNotices(beforeClaim(story, () => stopAll(story, { reason: "test", author: "test" })));
    expect(story.mailer.attempts).toEqual([]);
    expect(await noticesOf(story.db)).toMatchObject([{ state: "planned" }]);
  });

  test("as many as are asked for, the oldest first, and the rest is said to be left", async () => {
    const story = await reminded();
    for (const n of [1, 2, 3])
      await planNotice(story, { fact: `notice ${n}`, leavesAt: story.clock() - 10 + n });
    expect(await sendNotices(story, { limit: 2 })).toEqual({ sent: 2, left: 1 });
    expect((await noticesOf(story.db)).map(({ fact, state }) => `${fact} ${state}`)).toEqual([
      "notice 1 sent",
      "notice 2 sent",
      "notice 3 planned",
    ]);
  });

  test("not more at once than soon leave, however few a minute may", async () => {
    const story = await reminded();
    for (const fact of ["a", "b", "c"]) await planNotice(story, { fact });
    const settings = { ...story.settings, SES_MAX_RATE: 1 / 60 };
    const states: string[] = [];
    const mailer = {
      ...story.mailer,
      quota: async () => null,
      async send(mail: OutgoingMail) {
        states.push(...(await noticesOf(story.db)).map(({ state }) => state));
        await stopAll(story, { reason: "test", author: "test" });
        return story.mailer.send(mail);
      },
    };
    expect(await sendNotices({ ...story, settings, mailer })).toEqual({ sent: 1, left: 2 });
    expect(states.sort()).toEqual(["planned", "planned", "sending"]);
  });

  test("only those of one customer where one is named", async () => {
    const story = await reminded();
    await story.customers(HUAYUE);
    await story.invoices(invoice({ number: "H", customerRef: HUAYUE.ref }));
    const { rows } = await story.db.client.execute("SELECT id FROM customers WHERE ref = 'HUAYUE'");
    await planNotice(story);
    await planNotice(story, { fact: "other", customerId: String(rows[0]!.id), invoiceIds: [] });
    const customerId = String(rows[0]!.id);
    expect(await sendNotices(story, { customerId })).toEqual({ sent: 1, left: 0 });
    expect(readFakeNotice(story.mailer.mails[0]!).notice.locale).toBe("zh-CN");
  });
});

describe("whom it reaches", () => {
  const MIA = {
    ...NORDWIND,
    contact: { name: "Mia", email: "mia@nordwind.example", role: "manager" as const },
  };

  test("is the next contact where the billing address is suppressed", async () => {
    const story = await reminded();
    await story.customers(MIA);
    await suppressAddress(story, { address: BELA, reason: "manual", source: "test" });
    await planNotice(story);
    await sendNotices(story);
    expect(story.mailer.mails.map(({ to }) => to)).toEqual([["mia@nordwind.example"]]);
  });

  test("is nobody, and the owner is told once, where no address is left", async () => {
    const story = await reminded();
    await suppressAddress(story, { address: BELA, reason: "manual", source: "test" });
    await planNotice(story);
    expect(await sendNotices(story)).toEqual({ sent: 0, left: 0 });
    await sendNotices(story);
    expect(story.mailer.attempts).toEqual([]);
    expect(await noticesOf(story.db)).toMatchObject([{ state: "failed", failure: "suppressed" }]);
    expect(await lastEntry(story)).toMatchObject({
      kind: "notice_failed",
      data: { kind: "paid_reported", because: "suppressed" },
    });
    expect(await alerts(story)).toEqual(["notice_failed rita.rep@acme.example"]);
  });

  test("is decided anew where an address is suppressed between deciding and sending", async () => {
    const story = await reminded();
    await story.customers(MIA);
    await planNotice(story);
    await sendNotices(
      beforeClaim(story, () => suppressAddress(story, { address: BELA, reason: "manual", source: "test" })),
    );
    expect(story.mailer.attempts.map(({ to }) => to)).toEqual([["mia@nordwind.example"]]);
  });
});

/** The same services, but for what happens just before notices are claimed. */
function beforeClaim(story: Story, happen: () => Promise<unknown>): Story {
  let isDone = false;
  const batch: typeof story.db.batch = async (statements, mode) => {
    const isClaim = statements.some(
      (one) => typeof one !== "string" && one.sql.includes("SET state = 'sending', attempts"),
    );
    if (isClaim && !isDone) {
      isDone = true;
      await happen();
    }
    return story.db.batch(statements, mode);
  };
  return { ...story, db: { ...story.db, batch } };
}

describe("what no longer holds", () => {
  test("is not confirmed: a promise that was changed before its mail left is told once, as changed", async () => {
    const story = await reminded();
    const promised = { invoices: [{ number: "A" }], author: "debtor", by: "debtor" as const };
    const { promises } = await makePromise(story, { ...promised, on: day("2026-03-18") });
    const change = {
      promiseId: promises[0]!.id,
      on: day("2026-03-20"),
      author: "debtor",
      by: "debtor" as const,
    };
    await changePromise(story, change);
    await sendNotices(story);
    expect(sent(story)).toEqual(["promise_changed"]);
    expect((await noticesOf(story.db)).map(({ state }) => state)).toEqual(["cancelled", "sent"]);
  });

  test("is not noted: a note on a day that is over stays away", async () => {
    const story = await reminded();
    const promised = { invoices: [{ number: "A" }], author: "debtor", by: "debtor" as const };
    await makePromise(story, { ...promised, on: day("2026-03-10") });
    await planNotice(story, {
      fact: "note",
      kind: "promise_due",
      body: { items: [], on: day("2026-03-10") },
    });
    story.clock.set("2026-03-11T10:00:00Z");
    await sendNotices(story);
    expect(sent(story)).toEqual(["promise_confirmed"]);
  });
});

test("a notice that cannot be decided on is told to the owner, and stops neither other notices nor reminders", async () => {
  const story = await reminded();
  await planNotice(story, { leavesAt: story.clock() - 60_000 });
  await story.db.client.execute("UPDATE customers SET timezone = 'Mars/Olympus'");
  await story.customers(HUAYUE);
  await story.invoices(invoice({ number: "B", customerRef: HUAYUE.ref, dueOn: day("2026-03-04") }));
  story.clock.set("2026-03-10T02:00:00Z");
  await story.bankFile();
  expect(await story.tickOnce()).toEqual(["HUAYUE overdue_3 B"]);
  expect(await noticesOf(story.db)).toMatchObject([{ state: "failed", failure: "unwritable" }]);
  expect(await alerts(story)).toEqual(["notice_failed rita.rep@acme.example"]);
});
