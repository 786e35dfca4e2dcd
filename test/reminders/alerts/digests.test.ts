import { describe, expect, it } from "vitest";
import type { Digest } from "../../../src/domain/digest.ts";
import { makePromise } from "../../../src/reminders/agreements/make-promise.ts";
import { openDispute } from "../../../src/reminders/agreements/open-dispute.ts";
import { putCustomers } from "../../../src/reminders/records/put-customers.ts";
import { tick } from "../../../src/reminders/sending/tick.ts";
import { day, HUAYUE, invoice } from "../../support/cast.ts";
import { payOn, walkFrom } from "../../support/promising.ts";
import { type Story, tellStory } from "../../support/story.ts";

// 2 March 2026 is a Monday. The story ticks at 10:00 UTC, 11:00 in Berlin, twice a day.
const RITA = "rita.rep@acme.example";

async function digests(story: Story, to = RITA): Promise<Digest[]> {
  const { rows } = await story.db.client.execute({
    sql: "SELECT payload FROM alerts WHERE kind = 'digest' AND to_email = ? ORDER BY id",
    args: [to],
  });
  return rows.map((row) => JSON.parse(String(row.payload)).details.digest);
}

async function start(at = "2026-03-02T10:00:00Z"): Promise<Story> {
  return tellStory({ at, policy: { ownerAlerts: { callOffsetDays: [] } } });
}

describe("the digest", () => {
  it("comes once each working morning on which there is something to say", async () => {
    const story = await start();
    await story.invoices(invoice({ number: "A", dueOn: day("2026-03-12") }));
    await story.walk("2026-03-16");
    // Within a week of the due date from Friday the 6th on; on Monday the 16th the first reminder has left. Nothing on the 13th.
    expect((await digests(story)).map(({ on }) => on)).toEqual([
      "2026-03-06",
      "2026-03-09",
      "2026-03-10",
      "2026-03-11",
      "2026-03-12",
      "2026-03-16",
    ]);
    const posted = story.chat.posts
      .filter(({ toEmail }) => toEmail === RITA)
      .map(({ text }) => JSON.parse(text).kind);
    expect(posted.filter((kind) => kind === "digest")).toHaveLength(6);
    expect(posted).not.toContain("reminders_sent");
  });

  it("tells what was sent since the last one, once", async () => {
    const story = await start("2026-03-06T10:00:00Z");
    await story.invoices(invoice({ number: "A" }));
    await story.walk("2026-03-12");
    const told = (await digests(story)).map(({ on, sent }) => [on, sent.map(({ stage }) => stage)]);
    expect(told).toEqual([["2026-03-09", ["overdue_3"]]]);
  });

  it("tells what falls due, what is promised for today, and the aging", async () => {
    const story = await start();
    await story.invoices(
      invoice({ number: "A", dueOn: day("2026-02-20") }),
      invoice({ number: "B", dueOn: day("2026-03-09"), amountMinor: 50_000 }),
      invoice({ number: "C", dueOn: day("2026-03-30") }),
    );
    await tick(story);
    await makePromise(story, {
      invoices: [{ number: "A", amountMinor: 60_000 }],
      on: day("2026-03-04"),
      author: "debtor",
      by: "debtor",
    });
    story.clock.set("2026-03-04T08:00:00Z");
    await tick(story);
    const [digest] = await digests(story);
    expect(digest).toMatchObject({
      on: "2026-03-04",
      dueThisWeek: [{ on: "2026-03-09", customer: "Nordwind Handel", number: "B", amount: "EUR 500.00" }],
      dueMore: 0,
      promises: [{ on: "2026-03-04", number: "A", amount: "EUR 600.00" }],
      aging: [{ currency: "EUR", buckets: { not_due: 150_000, "1_30": 100_000 }, totalMinor: 250_000 }],
      lastWeek: null,
    });
  });

  it("compares the total with that of a week ago", async () => {
    const story = await start();
    await story.invoices(
      invoice({ number: "A", dueOn: day("2026-03-06") }),
      invoice({ number: "B", dueOn: day("2026-03-12") }),
    );
    await story.walk("2026-03-04");
    await payOn(story, "2026-03-05");
    await walkFrom(story, "2026-03-05", "2026-03-11");
    const [last] = (await digests(story)).slice(-1);
    expect(last).toMatchObject({
      on: "2026-03-11",
      aging: [{ totalMinor: 100_000 }],
      lastWeek: { on: "2026-03-04", totals: { EUR: 200_000 } },
    });
  });

  it("holds other routine news back for the morning, and nothing else", async () => {
    const story = await start("2026-03-05T09:00:00Z");
    await story.invoices(invoice({ number: "A" }));
    await story.tickOnce();
    await makePromise(story, {
      invoices: [{ number: "A" }],
      on: day("2026-03-13"),
      author: "debtor",
      by: "debtor",
    });
    await walkFrom(story, "2026-03-06", "2026-03-12");
    await payOn(story, "2026-03-13");
    await walkFrom(story, "2026-03-13", "2026-03-16");
    const news = (await digests(story)).flatMap(({ on, news }) => news.map(({ kind }) => `${on} ${kind}`));
    expect(news.filter((line) => line.endsWith("promise_kept"))).toEqual(["2026-03-13 promise_kept"]);
    const posted = story.chat.posts.map(({ text }) => JSON.parse(text).kind);
    expect(posted).toContain("promise_made");
    expect(posted).toContain("promise_due");
    expect(posted).not.toContain("promise_kept");
  });

  it("tells its reader of the own customers alone, and finance of all", async () => {
    const story = await start();
    await putCustomers(story, [{ ...HUAYUE, ownerEmail: "otto@acme.example" }], {
      author: "test",
      at: story.clock(),
    });
    await story.invoices(
      invoice({ number: "A", dueOn: day("2026-03-05") }),
      invoice({ number: "H", customerRef: "HUAYUE", currency: "CNY", dueOn: day("2026-03-06") }),
    );
    await tick(story);
    story.clock.set("2026-03-03T08:00:00Z");
    await tick(story);
    const numbers = async (to: string) =>
      (await digests(story, to)).flatMap(({ dueThisWeek }) => dueThisWeek.map(({ number }) => number));
    expect(await numbers(RITA)).toEqual(["A"]);
    expect(await numbers("otto@acme.example")).toEqual(["H"]);
    expect(await numbers("fin@acme.example")).toEqual(["A", "H"]);
  });

  it("names what waits for its reader until it is settled", async () => {
    const story = await start();
    await story.invoices(invoice({ number: "A", dueOn: day("2026-02-27") }));
    await tick(story);
    await openDispute(story, { invoiceNumber: "A", reason: "goods", author: "debtor" });
    story.clock.set("2026-03-03T08:00:00Z");
    await tick(story);
    const [digest] = await digests(story);
    expect(digest?.waiting).toContainEqual({
      kind: "dispute_opened",
      customer: "Nordwind Handel",
      numbers: ["A"],
      daysOverdue: 4,
      since: "2026-03-02",
    });
  });

  it("is not made twice by two ticks at once", async () => {
    const story = await start();
    await story.invoices(invoice({ number: "A", dueOn: day("2026-03-05") }));
    await tick(story);
    story.clock.set("2026-03-03T08:00:00Z");
    await Promise.all([tick(story), tick(story)]);
    expect(await digests(story)).toHaveLength(1);
  });
});
