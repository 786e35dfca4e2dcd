import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compose } from "../../src/compose.ts";
import { recentRuns } from "../../src/reminders/operation/list-runs.ts";
import { putInvoices } from "../../src/reminders/records/put-invoices.ts";
import { replay } from "../../src/reminders/sending/put-aside.ts";
import type { Services } from "../../src/services.ts";
import { type Queues, take } from "../../workers/queue.ts";
import { invoice } from "../support/cast.ts";
import { makeServices } from "../support/database.ts";
import { drainQueues } from "../support/queue-stand-in.ts";
import { createTestClock, type TestClock } from "../support/test-clock.ts";
import { putOverdue, startWorld, type World } from "../support/world.ts";

let world: World;
let clock: TestClock;
let services: Services;
const open = () => compose({ ...world.vars, ...world.secrets }, { clock, write: () => undefined });

beforeEach(async () => {
  clock = createTestClock("2026-03-02T10:00:00Z");
  world = await startWorld({ clock });
  services = world.services;
});

afterEach(() => world.close());

function owe(customers: number): Promise<void> {
  return putOverdue(
    services,
    Array.from({ length: customers }, (_, i) => `C-${i}`),
  );
}

/** Delivers one message, and says what became of it. */
async function deliver(queue: string, body: unknown, to?: Services): Promise<"acked" | "to be retried"> {
  let outcome: "acked" | "to be retried" = "to be retried";
  const ack = () => {
    outcome = "acked";
  };
  const queues: Queues = { TICKS: { send: async () => {} }, BATCHES: { sendBatch: async () => {} } };
  const messages = [{ id: "m-1", body, ack, retry: () => undefined }];
  await take(to ?? (await open()), queues, { queue, messages });
  return outcome;
}

function recipients(): string[] {
  return world.ses.mails.map(({ to }) => to[0]!).sort();
}

describe("what is due, however much it is", () => {
  test("leaves once each, with every message delivered three times and no invocation beyond its limit", async () => {
    await owe(300);
    const { most, dead } = await drainQueues(open);
    expect(recipients()).toHaveLength(300);
    expect(new Set(recipients()).size).toBe(300);
    expect(most.subrequests).toBeLessThan(150);
    expect(dead).toEqual([]);
  });

  test("leaves in one batch, however many invoices its customers have", async () => {
    const today = Math.floor(clock() / 86_400_000);
    await owe(20);
    const more = Array.from({ length: 20 * 29 }, (_, i) =>
      invoice({ customerRef: `C-${i % 20}`, issuedOn: today - 40, dueOn: today - 10 }),
    );
    await putInvoices(services, more, { author: "test", at: clock() });
    const { rows } = await services.db.client.execute("SELECT id FROM customers");
    await deliver("dunwell-batches", { run: "run_1", customers: rows.map(({ id }) => String(id)) });
    expect(recipients()).toHaveLength(20);
  });

  test("is counted in the run that handed it out", async () => {
    await owe(50);
    await drainQueues(open);
    expect(await recentRuns(services)).toMatchObject([{ sent: 50, counts: { handed_out: 30, sent: 50 } }]);
  });
});

describe("a message that fails", () => {
  test("comes again, but for a batch where the database is away: the next ring hands that out anew", async () => {
    const away = await open();
    await world.hrana.close();
    expect(await deliver("dunwell-batches", { run: "run_1", customers: ["cus_1"] }, away)).toBe("acked");
    expect(await deliver("dunwell-ticks", { tick: "ring" }, away)).toBe("to be retried");
  });

  test("for an hour, ring by ring, is told once to whoever runs the service, with the reason", async () => {
    const lacking = await makeServices();
    for (let quarter = 0; quarter < 8; quarter++) {
      expect(lacking.chat.posts).toHaveLength(quarter < 5 ? 0 : 1);
      await deliver("dunwell-ticks", { tick: "ring" }, lacking);
      lacking.clock.advance({ minutes: 15 });
    }
    expect(lacking.chat.posts[0]!.text).toMatch(/"kind":"service_problem".*creditor/);
  });
});

describe("a message that fails for good", () => {
  const queues = (sent: unknown[]): Queues => ({
    TICKS: { send: async (tick) => void sent.push(tick) },
    BATCHES: { sendBatch: async (messages) => void sent.push(...messages.map(({ body }) => body)) },
  });
  const bury = async (body: unknown) => {
    const sent: unknown[] = [];
    const message = { id: "m-1", body, ack: () => undefined, retry: () => expect.unreachable() };
    await take(services, queues(sent), { queue: "dunwell-dead", messages: [message] });
    return sent;
  };
  const alerts = async () => {
    const { rows } = await services.db.client.execute(
      "SELECT fact FROM alerts WHERE kind = 'service_problem'",
    );
    return rows.map(({ fact }) => fact);
  };

  test("has each of its customers tried once more, alone", async () => {
    expect(await bury({ run: "run_1", customers: ["cus_1", "cus_2"] })).toEqual([
      { run: "run_1", customers: ["cus_1"] },
      { run: "run_1", customers: ["cus_2"] },
    ]);
    expect(await alerts()).toEqual([]);
  });

  test("is put aside for a day and told once; after a replay the next tick looks at it", async () => {
    await owe(1);
    const { rows } = await services.db.client.execute("SELECT id FROM customers");
    const customers = [String(rows[0]!.id)];
    await bury({ run: "run_1", customers });
    await bury({ run: "run_1", customers });
    expect(await alerts()).toEqual(["queue_dead batch 2026-03-02"]);
    await drainQueues(open);
    expect(world.ses.mails).toEqual([]);
    expect(await replay(services)).toEqual({ replayed: 1 });
    await drainQueues(open);
    expect(recipients()).toEqual(["bills@c-0.example"]);
    expect(await replay(services)).toEqual({ replayed: 0 });
  });

  test("comes back on the next day of itself", async () => {
    await owe(1);
    const { rows } = await services.db.client.execute("SELECT id FROM customers");
    await bury({ run: "run_1", customers: [String(rows[0]!.id)] });
    clock.advance({ days: 1 });
    await drainQueues(open);
    expect(world.ses.mails).toHaveLength(1);
  });

  test("is no loss where it was a ring of the clock: the operator is told", async () => {
    await bury({ tick: "2026-03-02T10:00:00Z" });
    expect(await alerts()).toEqual(["queue_dead tick 2026-03-02"]);
  });

  test("is told of though it holds nothing", async () => {
    await bury(null);
    expect(await alerts()).toEqual(["queue_dead tick 2026-03-02"]);
  });
});
