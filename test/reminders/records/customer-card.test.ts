import { describe, expect, it } from "vitest";
import { logCall } from "../../../src/reminders/agreements/log-call.ts";
import { makePromise } from "../../../src/reminders/agreements/make-promise.ts";
import { openDispute } from "../../../src/reminders/agreements/open-dispute.ts";
import { myQueue } from "../../../src/reminders/alerts/my-queue.ts";
import { findCustomers } from "../../../src/reminders/records/find-customers.ts";
import { getCustomerCard } from "../../../src/reminders/records/get-customer-card.ts";
import { day, HUAYUE, invoice } from "../../support/cast.ts";
import { storyOfA } from "../../support/promising.ts";
import { tellStory } from "../../support/story.ts";

const RITA = "rita.rep@acme.example";
const DEBTOR = { author: "debtor", by: "debtor" as const };

describe("a customer's card", () => {
  it("shows what is open, what comes next and why, the oldest due first", async () => {
    const story = await storyOfA();
    await story.bankFile();
    await story.invoices(
      invoice({ number: "B", dueOn: day("2026-02-26"), amountMinor: 50_000 }),
      invoice({ number: "P", paidOn: day("2026-03-01") }),
    );
    const card = await getCustomerCard(story, "NORDWIND");
    expect(card).toMatchObject({
      customer: { ref: "NORDWIND", name: "Nordwind Handel", ownerEmail: RITA },
      today: day("2026-03-05"),
      totals: [{ currency: "EUR", openMinor: 150_000, overdueMinor: 150_000 }],
      more: 0,
      lastContact: null,
    });
    expect(card.invoices.map(({ number, daysOverdue, next }) => [number, daysOverdue, next.reason])).toEqual([
      ["B", 7, null],
      ["A", 1, "not_due"],
    ]);
    expect(card.invoices[1]!.next.explanation[0]).toContain("overdue_3 is due on 2026-03-09");
  });

  it("shows the last contact, be it a reminder or a call", async () => {
    const story = await storyOfA();
    await story.walk("2026-03-09");
    expect((await getCustomerCard(story, "NORDWIND")).lastContact).toMatchObject({
      kind: "reminder",
      on: day("2026-03-09"),
      what: "overdue_3",
    });
    story.clock.advance({ minutes: 1 });
    await logCall(story, {
      customerRef: "NORDWIND",
      person: "Bela Buch",
      said: "On Friday.",
      author: "slack:U0RITA",
      by: "owner",
    });
    expect((await getCustomerCard(story, "NORDWIND")).lastContact).toMatchObject({
      kind: "call",
      on: day("2026-03-09"),
      what: "On Friday.",
      who: "Bela Buch",
    });
  });

  it("shows promises and disputes, and is refused for a customer not on record", async () => {
    const story = await storyOfA();
    await makePromise(story, {
      invoices: [{ number: "A", amountMinor: 40_000 }],
      on: day("2026-03-13"),
      ...DEBTOR,
    });
    await openDispute(story, { invoiceNumber: "A", amountMinor: 10_000, reason: "price", author: "debtor" });
    const card = await getCustomerCard(story, "NORDWIND");
    expect(card.promises).toMatchObject([{ state: "open", amountMinor: 40_000 }]);
    expect(card.disputes).toMatchObject([{ state: "open", amountMinor: 10_000, reason: "price" }]);
    expect(card.holds.map(({ kind }) => kind)).toEqual(["promise", "dispute"]);
    await expect(getCustomerCard(story, "NOBODY")).rejects.toThrow("there is no customer NOBODY");
  });
});

describe("finding a customer", () => {
  it.each([
    ["NORDWIND", "NORDWIND"],
    ["nord", "NORDWIND"],
    ["a-77", "NORDWIND"],
    ["Nordwnd Handl", "NORDWIND"],
    ["nrodwind", "NORDWIND"],
    ["handels gmbh", "NORDWIND"],
    ["华悦", "HUAYUE"],
    ["悦贸易", "HUAYUE"],
    ["%", undefined],
    ["zzzz", undefined],
  ])("takes %s for %s", async (text, ref) => {
    const story = await tellStory();
    await story.customers(HUAYUE);
    await story.invoices(invoice({ number: "A-771" }), invoice({ number: "A-772" }));
    const [found] = await findCustomers(story, { text });
    expect(found?.ref).toBe(ref);
  });

  it("names each once, the likeliest first, and refuses nothing to look for", async () => {
    const story = await tellStory();
    await story.customers({ ref: "N2", name: "Nordwind Reederei" }, { ref: "N3", name: "Nordlicht Handel" });
    const found = await findCustomers(story, { text: "Nordwind Handel" });
    expect(found.map(({ ref }) => ref)).toEqual(["NORDWIND", "N3", "N2"]);
    expect(await findCustomers(story, { text: "nordwind handel", limit: 1 })).toHaveLength(1);
    await expect(findCustomers(story, { text: " " })).rejects.toThrow("write a name");
  });
});

describe("somebody's queue", () => {
  it("holds the own customers by age, and what they promised", async () => {
    const story = await storyOfA();
    await story.customers(
      { ...HUAYUE, ownerEmail: "otto@acme.example" },
      { ref: "OLD", name: "Old", ownerEmail: RITA },
    );
    await story.invoices(
      invoice({ number: "H", customerRef: "HUAYUE", currency: "CNY" }),
      invoice({ number: "O", customerRef: "OLD", dueOn: day("2026-02-09") }),
    );
    await makePromise(story, { invoices: [{ number: "A" }], on: day("2026-03-13"), ...DEBTOR });
    const queue = await myQueue(story, "Rita.Rep@acme.example");
    expect(queue.customers.map(({ ref, oldestDueOn }) => [ref, oldestDueOn])).toEqual([
      ["OLD", day("2026-02-09")],
      ["NORDWIND", day("2026-03-04")],
    ]);
    expect(queue.promises).toMatchObject([{ number: "A", on: day("2026-03-13"), amountMinor: 100_000 }]);
    expect((await myQueue(story, "fin@acme.example")).customers).toHaveLength(3);
    expect((await myQueue(story, "nobody@acme.example")).customers).toEqual([]);
  });

  it("holds what waits until it is settled", async () => {
    const story = await storyOfA();
    await openDispute(story, { invoiceNumber: "A", reason: "price", author: "debtor" });
    expect((await myQueue(story, RITA)).waiting).toMatchObject([{ kind: "dispute_opened" }]);
  });
});
