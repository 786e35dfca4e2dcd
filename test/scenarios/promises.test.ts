import { describe, expect, it } from "vitest";
import { makePromise } from "../../src/reminders/agreements/make-promise.ts";
import { openDispute } from "../../src/reminders/agreements/open-dispute.ts";
import { confirmByMail } from "../../src/reminders/notices/confirm-by-mail.ts";
import { day, invoice, payment } from "../support/cast.ts";
import { alertsByDay, noticesByDay } from "../support/diary.ts";
import { readFakeMail } from "../support/fake-writer.ts";
import { DEBTOR, payOn, promise, states, storyOfA, walkFrom } from "../support/promising.ts";
import { ledgerOf, openHolds } from "../support/stored.ts";

// 2 March 2026 is a Monday; Good Friday is 3 April, Easter Monday 6 April. The first reminder of A is due on Monday 9 March.

describe("a promise to pay on Friday 13 March", () => {
  it("is confirmed, noted the day before, and thanked for when the money comes: no reminder leaves", async () => {
    const story = await storyOfA();
    const made = await promise(story, "2026-03-13");
    expect(made).toMatchObject({ outcome: "made", on: day("2026-03-13"), lastDay: day("2026-03-17") });
    expect(await story.walk("2026-03-12")).toEqual({});
    await payOn(story, "2026-03-13");
    expect(await story.walk("2026-03-19")).toEqual({});
    expect(await states(story)).toEqual(["kept"]);
    expect(await noticesByDay(story.db)).toEqual({
      "2026-03-05": ["promise_confirmed A"],
      "2026-03-12": ["promise_due A"],
      "2026-03-13": ["promise_kept A"],
    });
    expect(await alertsByDay(story.db)).toEqual({
      "2026-03-05": ["promise_made A to rita.rep"],
      "2026-03-12": ["promise_due A to rita.rep"],
      "2026-03-13": ["promise_kept A to rita.rep"],
    });
    expect(await openHolds(story.db, { number: "A" })).toEqual([]);
  });

  it("is kept by money on the last day of its grace", async () => {
    const story = await storyOfA();
    await promise(story, "2026-03-13");
    await walkFrom(story, "2026-03-16", "2026-03-16");
    await payOn(story, "2026-03-17");
    expect(await story.walk("2026-03-18")).toEqual({});
    expect(await states(story)).toEqual(["kept"]);
  });

  it("is broken by money a day after its grace, though nobody is troubled once it is there", async () => {
    const story = await storyOfA();
    await promise(story, "2026-03-13");
    await walkFrom(story, "2026-03-17", "2026-03-17");
    await payOn(story, "2026-03-18");
    expect(await story.walk("2026-03-19")).toEqual({});
    expect(await states(story)).toEqual(["broken"]);
    expect(Object.values(await alertsByDay(story.db)).flat()).toEqual([
      "promise_made A to rita.rep",
      "payment_received A to rita.rep",
    ]);
  });

  it("is broken without money: the owner hears it once, and the ladder goes on with its next stage", async () => {
    const story = await storyOfA();
    await promise(story, "2026-03-13");
    expect(await story.walk("2026-03-20")).toEqual({ "2026-03-18": ["NORDWIND overdue_3 A"] });
    expect(await states(story)).toEqual(["broken"]);
    expect(await alertsByDay(story.db)).toEqual({
      "2026-03-05": ["promise_made A to rita.rep"],
      "2026-03-12": ["promise_due A to rita.rep"],
      "2026-03-18": ["promise_broken A to rita.rep"],
    });
    expect(Object.keys(await noticesByDay(story.db))).toEqual(["2026-03-05", "2026-03-12"]);
  });

  it("is partly kept by less, and what is missing is asked for", async () => {
    const story = await storyOfA();
    await promise(story, "2026-03-13");
    await payOn(story, "2026-03-13", 40_000);
    expect(await story.walk("2026-03-18")).toEqual({ "2026-03-18": ["NORDWIND overdue_3 A"] });
    expect(await states(story)).toEqual(["partly_kept"]);
    const told = story.chat.posts.map(({ text }) => JSON.parse(text));
    expect(told.find(({ kind }) => kind === "promise_partly_kept")).toMatchObject({
      invoices: [{ amount: "EUR 600.00" }],
      details: { promised: { came: "EUR 400.00", missing: "EUR 600.00" } },
    });
  });

  it("is told as a part where it is less than what is open", async () => {
    const story = await storyOfA();
    await promise(story, "2026-03-13", { amountMinor: 40_000 });
    const { rows } = await story.db.client.execute("SELECT body FROM notices");
    expect(JSON.parse(String(rows[0]!.body)).items).toMatchObject([{ amountMinor: 40_000, isPart: true }]);
  });

  it("is not judged before payment data is newer than its last day", async () => {
    const story = await storyOfA();
    await promise(story, "2026-03-13");
    await walkFrom(story, "2026-03-17", "2026-03-17");
    story.clock.set("2026-03-20T09:00:00Z");
    await story.tickOnce();
    expect(await states(story)).toEqual(["open"]);
    await story.bankFile();
    await story.tickOnce();
    expect(await states(story)).toEqual(["broken"]);
  });

  it("is not judged by news of the invoice alone, once its last day is over", async () => {
    const story = await storyOfA();
    await promise(story, "2026-03-13");
    await walkFrom(story, "2026-03-17", "2026-03-17");
    story.clock.set("2026-03-20T09:00:00Z");
    await story.pay(payment({ invoiceNumber: "A", amountMinor: 20_000, paidOn: day("2026-03-13") }));
    await story.tickOnce();
    expect(await states(story)).toEqual(["open"]);
    await story.bankFile();
    await story.tickOnce();
    expect(await states(story)).toEqual(["partly_kept"]);
  });

  it("is no promise of money that was there before, not even on the same day", async () => {
    const story = await storyOfA();
    await story.pay(payment({ invoiceNumber: "A", amountMinor: 30_000, paidOn: day("2026-03-05") }));
    expect((await promise(story, "2026-03-13")).promises).toMatchObject([{ amountMinor: 70_000 }]);
    await walkFrom(story, "2026-03-18", "2026-03-18");
    expect(await states(story)).toEqual(["broken"]);
  });

  it("is kept in time whatever came late and was recorded first", async () => {
    const story = await storyOfA();
    await promise(story, "2026-03-13");
    story.clock.set("2026-03-18T09:00:00Z");
    for (const paidOn of ["2026-03-18", "2026-03-13"])
      await story.pay(payment({ invoiceNumber: "A", amountMinor: 100_000, paidOn: day(paidOn) }));
    await story.tickOnce();
    expect(await states(story)).toEqual(["kept"]);
  });

  it("is noted only for what is still to come", async () => {
    const story = await storyOfA();
    await promise(story, "2026-03-13");
    await payOn(story, "2026-03-10", 30_000);
    await walkFrom(story, "2026-03-12", "2026-03-12");
    const { rows } = await story.db.client.execute("SELECT body FROM notices WHERE kind = 'promise_due'");
    expect(rows.map(({ body }) => JSON.parse(String(body)).items[0].amountMinor)).toEqual([70_000]);
  });
});

describe("a promise over Easter", () => {
  it("for Good Friday is noted on Thursday and kept by money on the second sending day after it", async () => {
    const story = await storyOfA("2026-04-01T09:00:00Z");
    expect(await promise(story, "2026-04-03")).toMatchObject({ lastDay: day("2026-04-08") });
    await story.walk("2026-04-02");
    await payOn(story, "2026-04-08");
    expect(await story.walk("2026-04-09")).toEqual({});
    expect(await states(story)).toEqual(["kept"]);
    expect(Object.keys(await noticesByDay(story.db))).toEqual(["2026-04-01", "2026-04-02", "2026-04-08"]);
  });
});

describe("a promise of a part", () => {
  it("holds that part, while the rest goes on", async () => {
    const story = await storyOfA();
    await promise(story, "2026-03-20", { amountMinor: 60_000 });
    expect(await walkFrom(story, "2026-03-09", "2026-03-10")).toEqual({
      "2026-03-09": ["NORDWIND overdue_3 A"],
    });
    const { letter } = readFakeMail(story.mailer.mails.find(({ id }) => id.startsWith("rem_"))!);
    expect(letter.totals[0]!.askedMinor).toBe(40_000);
  });

  it("is kept by its amount, and holds no more than is missing of it meanwhile", async () => {
    const story = await storyOfA();
    await promise(story, "2026-03-13", { amountMinor: 60_000 });
    await payOn(story, "2026-03-06", 20_000);
    await story.walk("2026-03-06");
    expect(await openHolds(story.db, { number: "A" })).toMatchObject([{ amount_minor: 40_000 }]);
    await payOn(story, "2026-03-09", 40_000);
    await story.tickOnce();
    expect(await states(story)).toEqual(["kept"]);
  });
});

describe("a promise for several invoices", () => {
  it("is confirmed, noted and thanked for in one mail each", async () => {
    const story = await storyOfA();
    await story.invoices(invoice({ number: "B" }), invoice({ number: "C" }));
    const invoices = ["A", "B", "C"].map((number) => ({ number }));
    await makePromise(story, { invoices, on: day("2026-03-13"), ...DEBTOR });
    await confirmByMail(story);
    await walkFrom(story, "2026-03-12", "2026-03-12");
    story.clock.set("2026-03-13T09:00:00Z");
    await story.pay(
      ...["A", "B", "C"].map((invoiceNumber) => payment({ invoiceNumber, paidOn: day("2026-03-13") })),
    );
    await story.walk("2026-03-13");
    expect(await noticesByDay(story.db)).toEqual({
      "2026-03-05": ["promise_confirmed A B C"],
      "2026-03-12": ["promise_due A B C"],
      "2026-03-13": ["promise_kept A B C"],
    });
  });
});

describe("what else happens to a promised invoice", () => {
  it("ends the promise quietly when it is void", async () => {
    const story = await storyOfA();
    await promise(story, "2026-03-13");
    await story.invoices({ number: "A", customerRef: "NORDWIND", status: "void" });
    await story.walk("2026-03-06");
    expect(await states(story)).toEqual(["withdrawn"]);
    expect(Object.values(await noticesByDay(story.db)).flat()).toEqual(["promise_confirmed A"]);
  });

  it("is weighed: of a promise of the whole, what is disputed later is expected of nobody", async () => {
    const story = await storyOfA();
    await promise(story, "2026-03-13");
    await openDispute(story, { invoiceNumber: "A", amountMinor: 40_000, reason: "price", author: "debtor" });
    await payOn(story, "2026-03-13", 60_000);
    await story.tickOnce();
    expect(await states(story)).toEqual(["kept"]);
  });

  it("ends it when all of it is disputed", async () => {
    const story = await storyOfA();
    await promise(story, "2026-03-13");
    await openDispute(story, { invoiceNumber: "A", reason: "goods", author: "debtor" });
    expect(await states(story)).toEqual(["withdrawn"]);
    expect((await ledgerOf(story.db, "A")).at(-1)).toMatchObject({
      kind: "promise_ended",
      data: { as: "withdrawn", because: "disputed" },
    });
  });
});
