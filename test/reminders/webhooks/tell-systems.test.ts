import { describe, expect, test } from "vitest";
import { readSettings } from "../../../src/config.ts";
import { createPoster } from "../../../src/http/poster.ts";
import type { Poster } from "../../../src/ports.ts";
import { closeDispute } from "../../../src/reminders/agreements/close-dispute.ts";
import { makePromise } from "../../../src/reminders/agreements/make-promise.ts";
import { openDispute } from "../../../src/reminders/agreements/open-dispute.ts";
import { addWebhookEndpoint } from "../../../src/reminders/webhooks/add-webhook-endpoint.ts";
import { closeWebhookEndpoint } from "../../../src/reminders/webhooks/close-webhook-endpoint.ts";
import { deliverMessages } from "../../../src/reminders/webhooks/deliver-messages.ts";
import { redeliverMessage } from "../../../src/reminders/webhooks/redeliver-message.ts";
import { tellSystems } from "../../../src/reminders/webhooks/tell-systems.ts";
import { day, invoice } from "../../support/cast.ts";
import { type HookReceiver, startHookReceiver } from "../../support/hook-receiver.ts";
import { type Story, tellStory } from "../../support/story.ts";

type Telling = Story & { receiver: HookReceiver; endpoint: string };

async function listening(story: Story, events?: string[]) {
  const receiver = await startHookReceiver(story.clock);
  const { endpoint, secret } = await addWebhookEndpoint(story, { url: receiver.url, events, author: "cli" });
  receiver.secret = secret;
  return { receiver, endpoint: endpoint.id };
}

/** Invoice A of 1,000.00, due on 3 March 2026, and a system that is told; today is the 2nd. */
async function telling(events?: string[]): Promise<Telling> {
  const story = await tellStory();
  const settings = readSettings({ WEBHOOK_PRIVATE_HOSTS: "127.0.0.1", MAIL_FROM: "ar@acme.example" });
  const local = { ...story, settings };
  await story.invoices(invoice({ number: "A", amountMinor: 1000_00, dueOn: day("2026-03-03") }));
  return { ...local, ...(await listening(local, events)) };
}

const paid = { currency: "EUR", paidOn: day("2026-03-02"), kind: "payment" as const, occurrence: 0 };
const promised = { invoices: [{ number: "A" }], author: "cli", by: "finance" as const };
const typesOf = ({ received }: HookReceiver) => received.map(({ type }) => type);

describe("a system that is told", () => {
  test("hears of each fact once, signed, with ids, amounts and days and nothing of a person", async () => {
    const story = await telling();
    const { receiver } = story;
    await makePromise(story, {
      ...promised,
      on: day("2026-03-06"),
      note: "Greta says so",
      name: "Greta Groß",
    });
    await story.pay({ ...paid, invoiceNumber: "A", amountMinor: 1000_00, reference: "P" });
    await story.bankFile();
    await story.tickOnce();
    await story.pay({ ...paid, invoiceNumber: "A", amountMinor: 1000_00, reference: "R", kind: "refund" });
    await openDispute(story, {
      invoiceNumber: "A",
      reason: "goods",
      text: "broken, says Greta",
      author: "cli",
    });
    await closeDispute(story, {
      invoiceNumber: "A",
      as: "rejected",
      answer: "no",
      author: "cli",
      by: "finance",
    });
    await tellSystems(story);
    await tellSystems(story);
    const about = { invoice_number: "A", customer_ref: "NORDWIND", currency: "EUR" };
    expect(receiver.forged).toBe(0);
    expect(receiver.received.map(({ type, data }) => ({ type, data }))).toMatchObject([
      {
        type: "promise.made",
        data: { ...about, amount: "1000.00", on: "2026-03-06", last_day: "2026-03-10" },
      },
      { type: "invoice.paid", data: { ...about, balance: "0.00", paid_on: "2026-03-02" } },
      { type: "promise.kept", data: { ...about, promise: expect.stringMatching(/^prm_/) } },
      { type: "invoice.reopened", data: { ...about, balance: "1000.00" } },
      { type: "dispute.opened", data: { ...about, amount: "1000.00", reason: "goods" } },
      { type: "dispute.closed", data: { ...about, as: "rejected" } },
    ]);
    expect(receiver.received[0]!.timestamp).toBe("2026-03-02T10:00:00.000Z");
    for (const { body } of receiver.received) expect(body).not.toMatch(/Greta|Nordwind|@|broken, says/);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(6);
  });

  test("hears of a broken promise, and of an overdue invoice once, when its due date is over everywhere", async () => {
    const story = await telling();
    await makePromise(story, { ...promised, on: day("2026-03-05") });
    await story.walk("2026-03-04");
    expect(typesOf(story.receiver)).toEqual(["promise.made"]);
    story.clock.set("2026-03-04T12:30:00Z");
    await story.tickOnce();
    expect(story.receiver.received[1]).toMatchObject({
      type: "invoice.overdue",
      data: { invoice_number: "A", due_on: "2026-03-03", balance: "1000.00" },
    });
    story.clock.set("2026-03-05T13:00:00Z");
    await story.walk("2026-03-12");
    expect(typesOf(story.receiver)).toEqual(["promise.made", "invoice.overdue", "promise.broken"]);
  });

  test("hears of what it asked for alone, and of nothing that was before it", async () => {
    const story = await telling(["promise.made"]);
    await story.pay({ ...paid, invoiceNumber: "A", amountMinor: 1000_00, reference: "P" });
    const late = await listening(story);
    await tellSystems(story);
    expect([typesOf(story.receiver), typesOf(late.receiver)]).toEqual([[], []]);
    await story.pay({ ...paid, invoiceNumber: "A", amountMinor: 1000_00, reference: "R", kind: "refund" });
    await makePromise(story, { ...promised, on: day("2026-03-05") });
    await tellSystems(story);
    expect(typesOf(story.receiver)).toEqual(["promise.made"]);
    expect(typesOf(late.receiver)).toEqual(["invoice.reopened", "promise.made"]);
  });

  test("hears nothing any more once it is closed", async () => {
    const story = await telling();
    await makePromise(story, { ...promised, on: day("2026-03-05") });
    await closeWebhookEndpoint(story, { id: story.endpoint, author: "cli" });
    await tellSystems(story);
    expect(story.receiver.received).toEqual([]);
  });

  test("is told after the mails, and hinders none", async () => {
    const story = await telling();
    story.receiver.answer = 500;
    story.clock.set("2026-03-06T10:00:00Z");
    await story.bankFile();
    expect(await story.tickOnce()).toEqual(["NORDWIND overdue_3 A"]);
    expect(typesOf(story.receiver)).toEqual(["invoice.overdue"]);
  });
});

describe("a message that is not taken", () => {
  async function withPromise(answer: number | null): Promise<Telling> {
    const story = await telling(["promise.made"]);
    story.receiver.answer = answer;
    await makePromise(story, { ...promised, on: day("2026-03-30") });
    await tellSystems(story);
    return story;
  }
  const log = async ({ db }: Story) =>
    (await db.client.execute("SELECT status, error FROM webhook_attempts ORDER BY at")).rows;
  const states = async ({ db }: Story) =>
    (await db.client.execute("SELECT state FROM webhook_messages")).rows.map(({ state }) => state);

  test("comes again under its id, later and later, until it is taken", async () => {
    const story = await withPromise(503);
    await tellSystems(story);
    story.clock.advance({ minutes: 7 });
    await tellSystems(story);
    await tellSystems(story);
    story.receiver.answer = 200;
    story.clock.advance({ minutes: 37 });
    await tellSystems(story);
    story.clock.advance({ days: 1 });
    await tellSystems(story);
    expect(await log(story)).toMatchObject([{ status: 503 }, { status: 503 }, { status: 200 }]);
    expect(new Set(story.receiver.received.map(({ id }) => id)).size).toBe(1);
    expect(await states(story)).toEqual(["delivered"]);
  });

  test("is given up after some three days, of which whoever runs the service hears once; and goes out when asked for", async () => {
    const story = await withPromise(500);
    for (let hour = 0; hour < 24 * 5; hour++) {
      story.clock.advance({ hours: 1 });
      await tellSystems(story);
    }
    expect(await states(story)).toEqual(["given_up"]);
    expect(await log(story)).toHaveLength(9);
    const { rows } = await story.db.client.execute("SELECT fact FROM alerts WHERE kind = 'service_problem'");
    expect(rows).toMatchObject([{ fact: expect.stringContaining(`webhook_given_up ${story.endpoint}`) }]);
    story.receiver.answer = 200;
    await redeliverMessage(story, story.receiver.received[0]!.id);
    await tellSystems(story);
    expect(await states(story)).toEqual(["delivered"]);
  });

  test("because of a redirect is not sent elsewhere", async () => {
    const story = await withPromise(302);
    expect(story.receiver.received).toHaveLength(1);
    expect(await log(story)).toMatchObject([{ status: 302 }]);
  });

  test("because the endpoint is gone ends the endpoint, and whoever runs the service hears of it", async () => {
    const story = await withPromise(410);
    const { rows } = await story.db.client.execute("SELECT closed_by FROM webhook_endpoints");
    expect(rows).toMatchObject([{ closed_by: "endpoint" }]);
    expect(await states(story)).toEqual(["given_up"]);
    await expect(redeliverMessage(story, story.receiver.received[0]!.id)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("in time, or by nobody at all, is tried again", async () => {
    const story = await telling();
    story.receiver.answer = null;
    await makePromise(story, { ...promised, on: day("2026-03-30") });
    await tellSystems({
      ...story,
      poster: createPoster({ privateHosts: ["127.0.0.1"], answerWithinMs: 50 }),
    });
    story.clock.advance({ hours: 1 });
    await story.db.client.execute("UPDATE webhook_endpoints SET url = 'http://127.0.0.1:2/'");
    await tellSystems(story);
    const causes = ["timeout", "ECONNREFUSED"];
    expect((await log(story)).map(({ error }) => error)).toEqual(causes);
    const failed = story.log.events.filter(({ event }) => event === "webhook_failed");
    expect(failed.map(({ fields }) => [fields.status, fields.error])).toEqual(
      causes.map((code) => [null, code]),
    );
    expect(await states(story)).toEqual(["pending"]);
  });

  test("keeps no other system waiting", async () => {
    const story = await telling();
    const other = await listening(story);
    story.receiver.answer = 500;
    for (const number of ["B", "C"]) await story.invoices(invoice({ number, amountMinor: 1_00 }));
    const numbers = ["A", "B", "C"].map((number) => ({ number }));
    await makePromise(story, { ...promised, invoices: numbers, on: day("2026-03-30") });
    await tellSystems(story);
    expect([story.receiver.received.length, other.receiver.received.length]).toEqual([1, 3]);
  });
});

describe("a run", () => {
  test("sends no more than it has room for, by turns, and says that more waits", async () => {
    const story = await telling();
    const other = await listening(story);
    for (const number of ["B", "C"]) await story.invoices(invoice({ number, amountMinor: 1_00 }));
    const numbers = ["A", "B", "C"].map((number) => ({ number }));
    await makePromise(story, { ...promised, invoices: numbers, on: day("2026-03-30") });
    const came = () => [story.receiver.received.length, other.receiver.received.length];
    expect([await tellSystems(story, { limit: 4 }), came()]).toEqual([true, [2, 2]]);
    expect([await tellSystems(story, { limit: 4 }), came()]).toEqual([false, [3, 3]]);
  });

  test("forgets after 90 days what is settled, and tells of nothing again", async () => {
    const story = await telling();
    await makePromise(story, { ...promised, on: day("2026-03-06") });
    await tellSystems(story);
    story.clock.advance({ days: 3 });
    await tellSystems(story);
    const rows = "SELECT type FROM webhook_messages UNION ALL SELECT 'attempt' FROM webhook_attempts";
    const stored = async () => (await story.db.client.execute(rows)).rows.map(({ type }) => type);
    expect(await stored()).toEqual(["promise.made", "invoice.overdue", "attempt", "attempt"]);
    story.clock.advance({ days: 88 });
    await tellSystems(story);
    expect(await stored()).toEqual(["invoice.overdue", "attempt"]);
    expect(typesOf(story.receiver)).toEqual(["promise.made", "invoice.overdue"]);
  });
});

describe("a process", () => {
  test("that is killed after the delivery and before its record delivers again under the same id", async () => {
    const story = await telling();
    await makePromise(story, { ...promised, on: day("2026-03-30") });
    const killing: Poster = {
      async post(request) {
        await story.poster.post(request);
        throw new Error("killed");
      },
    };
    await expect(tellSystems({ ...story, poster: killing })).rejects.toThrow("killed");
    story.clock.advance({ minutes: 15 });
    await tellSystems(story);
    const [first, second] = story.receiver.received;
    expect(second).toEqual(first);
    expect(story.receiver.received).toHaveLength(2);
  });

  test("that runs beside another delivers each message once", async () => {
    const story = await telling();
    await makePromise(story, { ...promised, on: day("2026-03-30") });
    story.receiver.answer = 500;
    await tellSystems(story);
    story.receiver.answer = 200;
    story.clock.advance({ hours: 1 });
    await Promise.all([deliverMessages(story), deliverMessages(story)]);
    expect(typesOf(story.receiver)).toEqual(["promise.made", "promise.made"]);
  });
});

describe("an endpoint's address", () => {
  test("is refused where it leads inside, is no https, or carries a password", async () => {
    const story = await tellStory();
    for (const url of [
      "hooks",
      "http://erp.example/hooks",
      "https://user:pass@erp.example/",
      "https://localhost/",
      "https://127.0.0.1/",
      "https://2130706433/",
      "https://169.254.169.254/latest/meta-data",
      "https://[::1]/",
      "https://[::ffff:10.0.0.1]/",
      "https://db.internal/",
    ]) {
      const adding = addWebhookEndpoint(story, { url, author: "cli" });
      await expect(adding, url).rejects.toMatchObject({ code: "invalid" });
    }
    await addWebhookEndpoint(story, { url: "https://erp.example/hooks", author: "cli" });
    await expect(
      addWebhookEndpoint(story, { url: "https://erp.example/", events: ["invoice.imagined"], author: "cli" }),
    ).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining("invoice.overdue") });
  });

  test("that leads inside by now is not posted to", async () => {
    const story = await telling();
    await makePromise(story, { ...promised, on: day("2026-03-30") });
    await tellSystems({ ...story, poster: createPoster({ privateHosts: [] }) });
    expect(story.receiver).toMatchObject({ received: [], forged: 0 });
  });
});
