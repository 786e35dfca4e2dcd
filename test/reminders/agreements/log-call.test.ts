import { describe, expect, it } from "vitest";
import { logCall } from "../../../src/reminders/agreements/log-call.ts";
import { why } from "../../../src/reminders/forecast/why.ts";
import { confirmByMail } from "../../../src/reminders/notices/confirm-by-mail.ts";
import { day, invoice } from "../../support/cast.ts";
import { noticesByDay } from "../../support/diary.ts";
import { storyOfA } from "../../support/promising.ts";
import { dump, ledgerOf, storedInvoice } from "../../support/stored.ts";
import { tellStory } from "../../support/story.ts";

// Invoice A over 1,000.00 EUR is due on Wednesday 4 March 2026; the story begins on Thursday.
const RITA = { author: "slack:U0RITA", by: "owner" as const, person: "Bela Buch" };
const call = { invoiceNumber: "A", said: "It is with the managing director.", ...RITA };

describe("a call that is logged", () => {
  it("is entered with who, when and what was said, and changes the facts", async () => {
    const story = await storyOfA();
    const logged = await logCall(story, call);
    expect(logged).toMatchObject({
      changed: true,
      customer: "NORDWIND",
      on: day("2026-03-05"),
      promise: null,
    });
    expect((await ledgerOf(story.db, "A")).at(-1)).toEqual({
      kind: "call_logged",
      author: "slack:U0RITA",
      data: { call: logged.id, on: "2026-03-05", name: "Bela Buch", text: call.said },
    });
    expect(await storedInvoice(story.db, "A")).toMatchObject({ next_look_at: 0 });
  });

  it("about a customer is told by the ledger of each invoice that is open", async () => {
    const story = await storyOfA();
    await story.invoices(invoice({ number: "B" }), invoice({ number: "P", paidOn: day("2026-03-01") }));
    await logCall(story, { customerRef: "NORDWIND", said: "All in the next run.", ...RITA });
    const last = async (number: string) => (await ledgerOf(story.db, number)).at(-1)?.kind;
    expect([await last("A"), await last("B")]).toEqual(["call_logged", "call_logged"]);
    expect(await last("P")).not.toBe("call_logged");
  });

  it("twice is one call", async () => {
    const story = await storyOfA();
    const first = await logCall(story, { ...call, promise: { on: day("2026-03-13") } });
    const before = await dump(story.db);
    const again = await logCall(story, { ...call, promise: { on: day("2026-03-13") } });
    expect(again).toMatchObject({ id: first.id, changed: false, promise: null });
    expect(await dump(story.db)).toEqual(before);
  });

  it("with a promise holds the invoice, and the debtor has the promise in writing", async () => {
    const story = await storyOfA();
    const { promise } = await logCall(story, {
      ...call,
      promise: { on: day("2026-03-13"), amountMinor: 60_000 },
    });
    await confirmByMail(story);
    expect(promise).toMatchObject({ outcome: "made", promises: [{ invoice: "A", amountMinor: 60_000 }] });
    expect(await noticesByDay(story.db)).toEqual({ "2026-03-05": ["promise_confirmed A"] });
  });

  it("with a promise for a customer is for what is due by then, the oldest first", async () => {
    const story = await storyOfA();
    await story.invoices(
      invoice({ number: "B", dueOn: day("2026-03-02") }),
      invoice({ number: "C", dueOn: day("2026-03-20") }),
    );
    const { promise } = await logCall(story, {
      customerRef: "NORDWIND",
      said: "1,500 on Friday.",
      ...RITA,
      promise: { on: day("2026-03-13"), amountMinor: 150_000 },
    });
    expect(promise?.promises.map(({ invoice, amountMinor }) => [invoice, amountMinor])).toEqual([
      ["B", 100_000],
      ["A", 50_000],
    ]);
  });

  it("with a promise that cannot be is refused whole", async () => {
    const story = await storyOfA();
    const before = await dump(story.db);
    const over = { ...call, promise: { on: day("2026-03-04") } };
    await expect(logCall(story, over)).rejects.toThrow("2026-03-04 is over");
    const much = { customerRef: "NORDWIND", said: "All.", ...RITA };
    const promise = { on: day("2026-03-13"), amountMinor: 100_001 };
    await expect(logCall(story, { ...much, promise })).rejects.toThrow("name the invoice");
    await expect(logCall(story, { ...call, on: day("2026-03-06") })).rejects.toThrow("is to come");
    await expect(logCall(story, { ...call, said: " " })).rejects.toThrow("write what was said");
    expect(await dump(story.db)).toEqual(before);
  });

  it("counts among the contacts in 30 days, and not for the gap between two reminders", async () => {
    const story = await tellStory({
      at: "2026-03-05T09:00:00Z",
      policy: {
        maxContactsPer30Days: 2,
        minContactGapDays: 5,
        stages: [
          { key: "first", offsetDays: 5, template: "overdue-3", to: ["billing"] },
          { key: "second", offsetDays: 6, template: "overdue-3", to: ["billing"] },
        ],
      },
    });
    await story.invoices(invoice({ number: "A" }));
    await logCall(story, call);
    expect(await story.walk("2026-03-09")).toEqual({ "2026-03-09": ["NORDWIND first A"] });
    // The call of 5 March and the reminder of 9 March: the next contact leaves 30 days after the call.
    expect(await why(story, { invoiceNumber: "A" })).toMatchObject({ on: "2026-04-07" });
    story.clock.set("2026-04-02T09:00:00Z");
    expect(await story.walk("2026-04-08")).toEqual({ "2026-04-07": ["NORDWIND second A"] });
  });
});
