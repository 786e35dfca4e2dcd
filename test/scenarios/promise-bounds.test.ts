import { describe, expect, it } from "vitest";
import { acceptPromise } from "../../src/reminders/agreements/accept-promise.ts";
import { changePromise } from "../../src/reminders/agreements/change-promise.ts";
import { declinePromise } from "../../src/reminders/agreements/decline-promise.ts";
import { makePromise } from "../../src/reminders/agreements/make-promise.ts";
import { withdrawPromise } from "../../src/reminders/agreements/withdraw-promise.ts";
import { why } from "../../src/reminders/forecast/why.ts";
import { confirmByMail } from "../../src/reminders/notices/confirm-by-mail.ts";
import { day, payment } from "../support/cast.ts";
import { alertsByDay, noticesByDay } from "../support/diary.ts";
import { change, DEBTOR, promise, states, storyOfA, walkFrom } from "../support/promising.ts";
import { openHolds } from "../support/stored.ts";

// 2 March 2026 is a Monday. The first reminder of A is due on Monday 9 March.

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
