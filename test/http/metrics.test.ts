import { describe, expect, test } from "vitest";
import { putCircuit } from "../../src/db/sending.ts";
import { CLOSED } from "../../src/domain/sending.ts";
import { writeExposition } from "../../src/http/exposition.ts";
import { stopAll } from "../../src/reminders/decisions/stop-all.ts";
import { tick } from "../../src/reminders/sending/tick.ts";
import { day, invoice, NORDWIND, payment } from "../support/cast.ts";
import { type Family, parseExposition } from "../support/exposition-parser.ts";
import { type Story, tellStory } from "../support/story.ts";
import { makeCaller } from "./call.ts";

async function scrape(services: Story): Promise<Map<string, Family>> {
  const { call } = await makeCaller({ services });
  const { status, body, headers } = await call("GET", "/metrics");
  expect([status, headers.get("Content-Type")]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"]);
  return parseExposition(body);
}

function values(families: Map<string, Family>, name: string): Record<string, number> {
  const samples = [...families.get(`dunwell_${name}`)!.samples];
  return Object.fromEntries(samples.filter(([, value]) => value !== 0));
}

const value = (families: Map<string, Family>, name: string) =>
  families.get(`dunwell_${name}`)?.samples.get("");

/** Monday: two customers are due, one waits for payment data, one for a release. */
async function busyStory(): Promise<Story> {
  const story = await tellStory({ at: "2026-03-09T09:00:00Z" });
  for (const ref of ["B", "C", "D"]) {
    await story.customers({ ...NORDWIND, ref, contact: { email: `${ref}@c.example`, role: "billing" } });
  }
  await story.invoices(
    invoice({ number: "A1" }),
    invoice({ number: "B1", customerRef: "B" }),
    invoice({ number: "C1", customerRef: "C", dueOn: day("2026-03-06") }),
    invoice({ number: "D1", customerRef: "D", issuedOn: day("2025-12-01"), dueOn: day("2025-12-20") }),
  );
  await story.bankFile();
  return story;
}

describe("metrics", () => {
  test("of a service on which nothing ever happened are well-formed, and leave out what is not known", async () => {
    const families = await scrape(await tellStory());
    expect(value(families, "healthy")).toBe(1);
    expect(value(families, "last_tick_age_seconds")).toBeUndefined();
    expect(values(families, "reminders_total")).toEqual({});
    expect(families.get("dunwell_reminders_total")?.samples.size).toBe(12);
    expect(value(families, "database_bytes")).toBeGreaterThan(4096);
  });

  test("tell what a tick did, and for how long that has been", async () => {
    const story = await busyStory();
    const { sent } = await tick(story);
    story.clock.advance({ minutes: 10 });
    const families = await scrape(story);
    expect(values(families, "reminders_total")).toMatchObject({ "state=sending": sent, "state=sent": sent });
    expect(value(families, "last_tick_age_seconds")).toBe(600);
    expect(value(families, "last_tick_sent")).toBe(sent);
    expect(value(families, "last_tick_failed")).toBe(0);
    expect(values(families, "invoices_waiting")).toEqual({ "waits_for=backlog": 1 });
    expect(value(families, "invoices_due")).toBe(0);
    expect(value(families, "alerts_pending")).toBe(0);
  });

  test("say that what changed is due, and that it has no age", async () => {
    const families = await scrape(await busyStory());
    expect([value(families, "invoices_due"), value(families, "due_lag_seconds")]).toEqual([4, 0]);
  });

  test("tell what is due and for how long", async () => {
    const story = await busyStory();
    await tick(story);
    // C1 is due on Monday the 9th, three days after its due date: what was looked at is next due later.
    story.clock.set("2026-03-12T08:30:00Z");
    await story.pay(payment({ invoiceNumber: "A1", amountMinor: 100 }));
    expect(value(await scrape(story), "invoices_due")).toBeGreaterThan(0);
    story.clock.set("2026-04-30T09:00:00Z");
    expect(value(await scrape(story), "due_lag_seconds")).toBeGreaterThan(3600);
  });

  test("count what nobody knows of, and what people are yet to be told", async () => {
    const story = await busyStory();
    story.mailer.answer({ kind: "unknown", code: "hang_up", detail: "" });
    story.chat.answer({ kind: "deferred", code: "down", retryAfterMs: null });
    await tick(story);
    story.clock.advance({ minutes: 5 });
    const families = await scrape(story);
    const unknown = value(families, "unknown_outcomes")!;
    expect(unknown).toBeGreaterThan(0);
    expect(values(families, "reminders_under_way")).toEqual({ "state=unknown": unknown });
    expect(value(families, "alerts_pending")).toBeGreaterThanOrEqual(unknown);
    expect(value(families, "alerts_oldest_age_seconds")).toBe(300);
  });

  test("say that everything is stopped, and that the mail provider is left alone", async () => {
    const story = await busyStory();
    const before = await scrape(story);
    expect([value(before, "stopped"), value(before, "circuit_open")]).toEqual([0, 0]);
    await stopAll(story, { reason: "wrong bank file", author: "cli:frieda" });
    const circuit = { failures: 5, outage: 1, openedAt: story.clock(), openUntil: story.clock(), probes: 0 };
    await story.db.batch([putCircuit(circuit, CLOSED)]);
    const after = await scrape(story);
    expect([value(after, "stopped"), value(after, "circuit_open")]).toEqual([1, 1]);
  });

  test("are for who has the key, or is on this machine", async () => {
    const story = await tellStory();
    const { call } = await makeCaller({ services: story, remote: "192.0.2.7" });
    expect((await call("GET", "/metrics")).status).toBe(403);
  });
});

describe("the text format", () => {
  const one = { name: "a_total", type: "counter" as const, help: "Back\\slash and\nline." };

  test("escapes what stands in help and labels", () => {
    const text = writeExposition([{ ...one, label: "of", values: { 'a"b\\c\nd': 1 } }]);
    expect(text).toBe(
      '# HELP a_total Back\\\\slash and\\nline.\n# TYPE a_total counter\na_total{of="a\\"b\\\\c\\nd"} 1\n',
    );
    expect(parseExposition(text).size).toBe(1);
  });

  test("leaves out a metric of which nothing is known", () => {
    expect(writeExposition([{ ...one, value: null }])).toBe("");
  });

  test.each([
    ["without its last line's end", "# HELP a A.\n# TYPE a gauge\na 1"],
    ["with a family twice", "# HELP a A.\n# TYPE a gauge\na 1\n# HELP a A.\n# TYPE a gauge\na 2\n"],
    ["with a sample twice", "# HELP a A.\n# TYPE a gauge\na 1\na 2\n"],
    ["with a sample before its type", "# HELP a A.\na 1\n"],
    ["with a label that is not escaped", '# HELP a A.\n# TYPE a gauge\na{b="c"d"} 1\n'],
    ["with what is no number", "# HELP a A.\n# TYPE a gauge\na null\n"],
    ["with a counter that is named unlike one", "# HELP a A.\n# TYPE a counter\na 1\n"],
    ["with an empty line", "# HELP a A.\n# TYPE a gauge\na 1\n\n"],
  ])("%s is refused by the judge", (_, text) => {
    expect(() => parseExposition(text)).toThrow();
  });
});
