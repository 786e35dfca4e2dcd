import { describe, expect, test } from "vitest";
import { makePromise } from "../../../src/reminders/agreements/make-promise.ts";
import { sendNotices } from "../../../src/reminders/notices/send-notices.ts";
import { putInvoices } from "../../../src/reminders/records/put-invoices.ts";
import { tick } from "../../../src/reminders/sending/tick.ts";
import { day, HUAYUE, invoice, payment } from "../../support/cast.ts";
import { readFakeNotice } from "../../support/fake-writer.ts";
import { noticesOf, reminded } from "../../support/notices.ts";
import type { Story } from "../../support/story.ts";

// A first reminder of A left on Monday, 9 March 2026; it is 10:00 UTC.
const A = payment({ invoiceNumber: "A", paidOn: day("2026-03-09") });

const thanks = (story: Story) =>
  story.mailer.mails
    .filter(({ id }) => id.startsWith("ntc_"))
    .map((mail) => readFakeNotice(mail).notice)
    .map(({ kind, body }) => ({
      kind,
      paid: body.items.map(({ number, amountMinor }) => `${number} ${amountMinor}`),
      on: body.paidOn,
    }));

describe("a debtor who pays after a reminder", () => {
  test("is thanked once, in hours, for what came and on which day", async () => {
    const story = await reminded();
    await story.pay({ ...A, amountMinor: 40_000 });
    await tick(story);
    expect(thanks(story)).toEqual([]);
    story.clock.set("2026-03-09T22:00:00Z");
    await story.pay({ ...A, amountMinor: 60_000, occurrence: 1 });
    await tick(story);
    expect(thanks(story)).toEqual([]);
    story.clock.set("2026-03-10T09:00:00Z");
    for (const _ of [1, 2]) await tick(story);
    expect(thanks(story)).toEqual([{ kind: "payment_thanks", paid: ["A 60000"], on: day("2026-03-09") }]);
  });

  test("gets one mail for all that came at once", async () => {
    const story = await reminded();
    await story.invoices(invoice({ number: "B", dueOn: day("2026-03-12") }));
    await story.walk("2026-03-17");
    const paidOn = day("2026-03-17");
    await story.pay({ ...A, paidOn }, { ...A, invoiceNumber: "B", paidOn: paidOn - 1 });
    await tick(story);
    expect(thanks(story)).toMatchObject([{ paid: ["A 100000", "B 100000"], on: null }]);
  });

  test("is not thanked where no reminder had left, or money came long ago", async () => {
    const story = await reminded();
    await story.customers(HUAYUE);
    await story.invoices(invoice({ number: "H", customerRef: HUAYUE.ref, dueOn: day("2026-04-30") }));
    await story.pay({ ...A, invoiceNumber: "H" }, { ...A, paidOn: day("2026-03-01") });
    await tick(story);
    expect(await noticesOf(story.db)).toEqual([]);
  });

  test("is not thanked for a credit note, nor for an invoice that came paid", async () => {
    const story = await reminded();
    await story.pay({ ...A, kind: "credit_note" });
    const paid = invoice({ number: "P", paidMinor: 100_000, paidOn: day("2026-03-09") });
    await putInvoices(story, [paid], { author: "test", at: story.clock() });
    expect(await noticesOf(story.db)).toEqual([]);
  });

  test("is not thanked where the money went back before the mail left", async () => {
    const story = await reminded();
    await story.pay(A);
    await story.pay({ ...A, kind: "refund" });
    await sendNotices(story);
    expect(await noticesOf(story.db)).toMatchObject([{ kind: "payment_thanks", state: "cancelled" }]);
  });

  test("is thanked again once a payment that went back comes anew", async () => {
    const story = await reminded();
    await story.pay(A);
    await story.pay({ ...A, kind: "refund" });
    await sendNotices(story);
    await story.pay({ ...A, occurrence: 1 });
    await sendNotices(story);
    expect(thanks(story)).toMatchObject([{ kind: "payment_thanks" }]);
  });
});

describe("a debtor who keeps a promise", () => {
  const promised = { invoices: [{ number: "A" }], author: "debtor", by: "debtor" as const };

  test("is thanked for that, and not twice", async () => {
    const story = await reminded();
    await makePromise(story, { ...promised, on: day("2026-03-13") });
    await tick(story);
    story.clock.set("2026-03-12T10:00:00Z");
    await story.pay({ ...A, paidOn: day("2026-03-12") });
    await sendNotices(story);
    for (const _ of [1, 2]) await tick(story);
    expect(thanks(story).map(({ kind }) => kind)).toEqual(["promise_confirmed", "promise_kept"]);
  });

  test("of a part is thanked once where the rest came with it", async () => {
    const story = await reminded();
    const part = { ...promised, invoices: [{ number: "A", amountMinor: 60_000 }] };
    await makePromise(story, { ...part, on: day("2026-03-10") });
    await sendNotices(story);
    story.clock.set("2026-03-16T10:00:00Z");
    await story.pay(
      { ...A, amountMinor: 60_000, paidOn: day("2026-03-11") },
      { ...A, amountMinor: 40_000, paidOn: day("2026-03-16") },
    );
    await tick(story);
    expect(thanks(story).map(({ kind }) => kind)).toEqual(["promise_confirmed", "promise_kept"]);
  });

  test("too late is thanked for the payment", async () => {
    const story = await reminded();
    await makePromise(story, { ...promised, on: day("2026-03-10") });
    await tick(story);
    story.clock.set("2026-03-16T10:00:00Z");
    await story.pay({ ...A, paidOn: day("2026-03-16") });
    await tick(story);
    expect(thanks(story).map(({ kind }) => kind)).toEqual(["promise_confirmed", "payment_thanks"]);
  });
});
