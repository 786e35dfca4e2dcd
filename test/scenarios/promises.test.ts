import { describe, expect, it } from "vitest";
import { acceptPromise } from "../../src/reminders/accept-promise.ts";
import { changePromise, type PromiseChange } from "../../src/reminders/change-promise.ts";
import { confirmByMail } from "../../src/reminders/confirm-by-mail.ts";
import { declinePromise } from "../../src/reminders/decline-promise.ts";
import { makePromise } from "../../src/reminders/make-promise.ts";
import { openDispute } from "../../src/reminders/open-dispute.ts";
import { why } from "../../src/reminders/why.ts";
import { withdrawPromise } from "../../src/reminders/withdraw-promise.ts";
import { day, invoice, payment } from "../support/cast.ts";
import { alertsByDay, noticesByDay } from "../support/diary.ts";
import { readFakeMail } from "../support/fake-writer.ts";
import { ledgerOf, openHolds } from "../support/stored.ts";
import { type Story, tellStory } from "../support/story.ts";

// 2 March 2026 is a Monday; Good Friday is 3 April, Easter Monday 6 April. The first reminder of A is due on Monday 9 March.
const DEBTOR = { author: "debtor", by: "debtor" as const, name: "Bela Buch" };

async function storyOfA(at = "2026-03-05T09:00:00Z"): Promise<Story> {
  const story = await tellStory({ at });
  await story.invoices(invoice({ number: "A" }));
  return story;
}

async function promise(story: Story, on: string, also: { amountMinor?: number; number?: string } = {}) {
  const { number = "A", amountMinor } = also;
  const made = await makePromise(story, { invoices: [{ number, amountMinor }], on: day(on), ...DEBTOR });
  await confirmByMail(story);
  return made;
}

async function change(story: Story, change: PromiseChange) {
  const changed = await changePromise(story, change);
  await confirmByMail(story);
  return changed;
}

async function states(story: Story): Promise<string[]> {
  const { rows } = await story.db.client.execute("SELECT state FROM promises ORDER BY id");
  return rows.map(({ state }) => String(state));
}

/** A day with the bank's file in which this payment stands. */
async function payOn(story: Story, iso: string, amountMinor = 100_000, number = "A"): Promise<void> {
  story.clock.set(`${iso}T08:00:00Z`);
  await story.pay(payment({ invoiceNumber: number, amountMinor, paidOn: day(iso) }));
  story.clock.set(`${iso}T09:00:00Z`);
}

async function walkFrom(story: Story, from: string, until: string) {
  story.clock.set(`${from}T09:00:00Z`);
  return story.walk(until);
}

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
    expect(Object.values(await alertsByDay(story.db)).flat()).toEqual(["promise_made A to rita.rep"]);
  });

  it("is broken without money: the owner hears it once, and the ladder goes on with its next stage", async () => {
    const story = await storyOfA();
    await promise(story, "2026-03-13");
    expect(await story.walk("2026-03-20")).toEqual({ "2026-03-18": ["NORDWIND overdue_3 A"] });
    expect(await states(story)).toEqual(["broken"]);
    expect(await alertsByDay(story.db)).toEqual({
      "2026-03-05": ["promise_made A to rita.rep"],
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
    expect(told.find(({ kind }) => kind === "promise_broken").invoices[0].amount).toBe("EUR 600.00");
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

describe("a change of mind", () => {
  it("moves the day once, and is confirmed; the second time is finance's", async () => {
    const story = await storyOfA();
    const made = await promise(story, "2026-03-10");
    const moved = { ...DEBTOR, promiseId: made.promises[0]!.id, on: day("2026-03-13") };
    const changed = await change(story, moved);
    expect(changed).toMatchObject({ outcome: "made", lastDay: day("2026-03-17") });
    const again = { ...DEBTOR, promiseId: changed.promises[0]!.id, on: day("2026-03-16") };
    await expect(changePromise(story, again)).rejects.toMatchObject({ code: "conflict" });
    expect(await change(story, { ...again, by: "finance" })).toMatchObject({ on: day("2026-03-16") });
    expect(await walkFrom(story, "2026-03-13", "2026-03-19")).toEqual({
      "2026-03-19": ["NORDWIND overdue_3 A"],
    });
    expect(await states(story)).toEqual(["withdrawn", "withdrawn", "broken"]);
    expect(await noticesByDay(story.db)).toEqual({
      "2026-03-05": ["promise_confirmed A", "promise_changed A", "promise_changed A"],
      "2026-03-13": ["promise_due A"],
    });
    const { rows } = await story.db.client.execute("SELECT body->'event' AS event FROM notices ORDER BY id");
    const events = rows.map(({ event }) => event && JSON.parse(String(event)));
    const { id } = made.promises[0]!;
    expect(events.slice(0, 3)).toEqual([0, 1, 2].map((sequence) => ({ id, sequence })));
  });

  it("that withdraws is told, and reminders go on at once", async () => {
    const story = await storyOfA();
    const made = await promise(story, "2026-03-13");
    story.clock.set("2026-03-10T08:00:00Z");
    await withdrawPromise(story, { ...DEBTOR, promiseId: made.promises[0]!.id });
    story.clock.set("2026-03-10T09:00:00Z");
    expect(await story.walk("2026-03-12")).toEqual({ "2026-03-10": ["NORDWIND overdue_3 A"] });
    expect(await noticesByDay(story.db)).toEqual({
      "2026-03-05": ["promise_confirmed A"],
      "2026-03-10": ["promise_withdrawn A"],
    });
    const withdrawn = withdrawPromise(story, { ...DEBTOR, promiseId: made.promises[0]!.id });
    await expect(withdrawn).rejects.toMatchObject({ code: "conflict", message: /withdrawn already/ });
  });
});

describe("a promise beyond the policy's bounds", () => {
  it("of time waits for finance, who accepts it", async () => {
    const story = await storyOfA();
    const asked = await promise(story, "2026-04-20");
    expect(asked.outcome).toBe("asked");
    expect(await walkFrom(story, "2026-03-09", "2026-03-10")).toEqual({});
    expect(await why(story, { invoiceNumber: "A" })).toMatchObject({ reason: "held_reply" });
    await acceptPromise(story, { promiseId: asked.promises[0]!.id, author: "cli:frieda" });
    await confirmByMail(story);
    await walkFrom(story, "2026-04-17", "2026-04-17");
    expect(await walkFrom(story, "2026-04-22", "2026-04-23")).toEqual({
      "2026-04-23": ["NORDWIND overdue_3 A"],
    });
    expect(await noticesByDay(story.db)).toEqual({
      "2026-03-05": ["promise_asked A"],
      "2026-03-10": ["promise_confirmed A"],
      "2026-04-17": ["promise_due A"],
    });
    expect((await alertsByDay(story.db))["2026-03-05"]).toEqual(["promise_asked A to fin"]);
  });

  it("holds for a few days only while finance says nothing, who then hears of it once", async () => {
    const story = await storyOfA();
    await promise(story, "2026-04-20");
    expect(await story.walk("2026-03-12")).toEqual({ "2026-03-11": ["NORDWIND overdue_3 A"] });
    expect(await alertsByDay(story.db)).toEqual({
      "2026-03-05": ["promise_asked A to fin"],
      "2026-03-11": ["answer_awaited A to fin"],
    });
  });

  it("is declined with a word, and reminders go on", async () => {
    const story = await storyOfA();
    const asked = await promise(story, "2026-04-20");
    const refusal = { promiseId: asked.promises[0]!.id, author: "cli:frieda" };
    await declinePromise(story, { ...refusal, answer: "Please pay by the end of March." });
    expect(await story.walk("2026-03-09")).toEqual({ "2026-03-09": ["NORDWIND overdue_3 A"] });
    expect(await noticesByDay(story.db)).toEqual({
      "2026-03-05": ["promise_asked A", "promise_declined A"],
    });
    await expect(acceptPromise(story, refusal)).rejects.toMatchObject({ code: "conflict" });
  });

  it("counts as none when finance did not accept it", async () => {
    const story = await storyOfA();
    for (const on of ["2026-05-20", "2026-05-21", "2026-05-22"]) await promise(story, on);
    expect(await promise(story, "2026-03-13")).toMatchObject({ outcome: "made" });
    expect(await states(story)).toEqual(["withdrawn", "withdrawn", "withdrawn", "open"]);
    expect(await openHolds(story.db, { number: "A" })).toMatchObject([{ kind: "promise" }]);
  });

  it("in number waits for finance too, but finance's own does not", async () => {
    const story = await storyOfA();
    for (const on of ["2026-03-09", "2026-03-10"]) {
      const made = await promise(story, on);
      expect(made.outcome).toBe("made");
      await withdrawPromise(story, { ...DEBTOR, promiseId: made.promises[0]!.id });
    }
    expect(await promise(story, "2026-03-11")).toMatchObject({ outcome: "asked" });
    const word = { author: "api", by: "finance" as const };
    const finance = await makePromise(story, { invoices: [{ number: "A" }], on: day("2026-05-20"), ...word });
    expect(finance.outcome).toBe("made");
    expect(await states(story)).toEqual(["withdrawn", "withdrawn", "withdrawn", "open"]);
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

describe("what cannot be promised", () => {
  it.each([
    ["a day that is over", "2026-03-04", {}, "invalid", /2026-03-04 is over/],
    ["nothing", "2026-03-13", { amountMinor: 0 }, "invalid", /above 0 and at most 1000.00 EUR/],
    ["more than is left", "2026-03-13", { amountMinor: 100_001 }, "invalid", /at most 1000.00 EUR/],
    ["an unknown invoice", "2026-03-13", { number: "NONE" }, "not_found", /no invoice NONE/],
  ])("%s", async (_name, on, also, code, message) => {
    const made = promise(await storyOfA(), on, also);
    await expect(made).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it("is an invoice promised already, one that is paid, or one of somebody else", async () => {
    const story = await storyOfA();
    await promise(story, "2026-03-13");
    await expect(promise(story, "2026-03-16")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/promised for 2026-03-13 already: change promise prm_/),
    });
    await story.pay(payment({ invoiceNumber: "A" }));
    await story.tickOnce();
    await expect(promise(story, "2026-03-16")).rejects.toMatchObject({ code: "conflict" });
    const stranger = { invoices: [{ number: "A" }], on: day("2026-03-16"), customerId: "cus_other" };
    await expect(makePromise(story, { ...stranger, ...DEBTOR })).rejects.toMatchObject({ code: "not_found" });
  });
});
