import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findCircuit } from "../../../src/db/sending.ts";
import { previewTick } from "../../../src/reminders/forecast/preview-tick.ts";
import { why } from "../../../src/reminders/forecast/why.ts";
import { tick } from "../../../src/reminders/sending/tick.ts";
import { type SesRecorder, startSesRecorder } from "../../support/ses-recorder.ts";
import { type SesStory, sesMailer, tellSesStory } from "../../support/ses-story.ts";

let ses: SesRecorder;

beforeAll(async () => {
  ses = await startSesRecorder();
});

afterAll(() => ses.close());

beforeEach(() => {
  ses.mails.length = 0;
  ses.arrivals.length = 0;
  ses.forgive();
});

/** Ticks every quarter of an hour; what was tried at each. */
async function tickFor({ tick, story }: SesStory, ticks: number): Promise<number[]> {
  const tried: number[] = [];
  for (let i = 0; i < ticks; i++) {
    story.clock.advance({ minutes: 15 });
    const before = ses.arrivals.length;
    await tick();
    tried.push(ses.arrivals.length - before);
  }
  return tried;
}

describe("a mail service that cannot be reached", () => {
  it("is left alone after a few failures, and everything leaves once when it is back", async () => {
    const told = await tellSesStory(ses, { due: 120 });
    const { services, story, states } = told;
    const url = `http://127.0.0.1:${await closedPort()}`;
    const report = await tick({ ...services, mailer: sesMailer({ url }) });
    expect(report.sent).toBe(0);
    expect(report.left).toBe(0);
    expect(report.counts.circuit_open! + report.counts.deferred!).toBe(120);
    expect(told.told("circuit_open")).toMatchObject([{ customer: null, note: "ECONNREFUSED" }]);
    story.clock.advance({ minutes: 15 });
    expect((await tick(services)).sent).toBe(120);
    expect(new Set(ses.mails.map(({ to }) => to[0])).size).toBe(120);
    expect(await states()).toMatchObject({ sent: 120 });
    expect(told.told("circuit_closed")).toHaveLength(1);
  });
});

describe("a mail service that swallows mails", () => {
  it("gets a handful of them, not all: the others leave when it is well again", async () => {
    const told = await tellSesStory(ses, { due: 100 });
    ses.fail({ kind: "hang_up" }, { times: 1000 });
    const report = await told.tick();
    expect(report.counts.unknown).toBe(5);
    expect(ses.arrivals).toHaveLength(5);
    ses.forgive();
    await tickFor(told, 1);
    expect(ses.mails).toHaveLength(100);
    expect(new Set(ses.mails.map(({ to }) => to[0])).size).toBe(100);
    expect(await told.states()).toMatchObject({ unknown: 5, sent: 95 });
  });

  it("in the middle of a run gets no more than were under way", async () => {
    const failing = await startSesRecorder({
      faultOf: () => (failing.mails.length >= 60 ? { kind: "hang_up" } : undefined),
    });
    const { tick, services } = await tellSesStory(failing, { due: 300 });
    const { counts } = await tick();
    expect(counts.sent).toBe(60);
    expect(counts.unknown).toBeLessThanOrEqual(services.mailer.concurrency);
    await failing.close();
  });
});

describe("a key that is refused", () => {
  it("stops the run after a few, and nothing waits longer for it than the service does", async () => {
    const told = await tellSesStory(ses, { due: 40 });
    ses.fail({ kind: "refuse", code: "AccessDenied", status: 403 }, { times: 1000 });
    const { counts } = await told.tick();
    expect(counts.refused).toBe(5);
    expect(ses.arrivals).toHaveLength(5);
    ses.forgive();
    await tickFor(told, 1);
    expect(ses.mails).toHaveLength(40);
  });

  it("counts from one tick to the next", async () => {
    const told = await tellSesStory(ses, { due: 2 });
    ses.fail({ kind: "refuse", code: "AccessDenied", status: 403 }, { times: 1000 });
    await told.tick();
    expect(await findCircuit(told.services.db)).toBeNull();
    expect(await tickFor(told, 2)).toEqual([2, 1]);
    expect(told.told("circuit_closed")).toEqual([]);
    expect(await findCircuit(told.services.db)).toMatchObject({ failures: 5, outage: 1 });
  });
});

describe("an open circuit", () => {
  async function openStory(due = 10) {
    const told = await tellSesStory(ses, { due });
    ses.fail({ kind: "error", status: 500 }, { times: 1000 });
    await told.tick();
    ses.arrivals.length = 0;
    return told;
  }

  it("holds back other processes too, whatever they had decided before", async () => {
    const told = await tellSesStory(ses, { due: 120 });
    const other = await told.another();
    const batch: typeof other.db.batch = async (statements, mode) => {
      const isClaim = statements.some(
        (one) => typeof one !== "string" && one.sql.includes("INSERT INTO reminders ("),
      );
      if (isClaim && ses.arrivals.length === 0) {
        ses.fail({ kind: "error", status: 500 }, { times: 1000 });
        await told.tick();
      }
      return other.db.batch(statements, mode);
    };
    await tick({ ...other, db: { ...other.db, batch } });
    expect(ses.arrivals).toHaveLength(5);
    expect(await told.states()).toMatchObject({ unknown: 5 });
  });

  it("lets one mail through when its time is over, and waits longer each time in vain, up to an hour", async () => {
    const told = await openStory();
    expect(await tickFor(told, 12)).toEqual([1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0]);
    expect(told.told("circuit_open")).toHaveLength(1);
    expect(told.told("circuit_closed")).toEqual([]);
  });

  it("lets one mail through, not one a process", async () => {
    const told = await openStory();
    const processes = await Promise.all([told.another(), told.another(), told.another()]);
    told.story.clock.advance({ minutes: 15 });
    await Promise.all(processes.map((services) => tick(services)));
    expect(ses.arrivals).toHaveLength(1);
  });

  it("closes with the first mail that is taken: the rest follows in the same tick, and the operator is told", async () => {
    const told = await openStory();
    ses.forgive();
    expect(await tickFor(told, 3)).toEqual([5, 0, 0]);
    expect(await findCircuit(told.services.db)).toBeNull();
    expect(told.told("circuit_closed")).toHaveLength(1);
    expect(ses.mails).toHaveLength(5);
  });

  it("is told of again when it opens again", async () => {
    const told = await openStory(30);
    ses.forgive();
    await tickFor(told, 1);
    ses.fail({ kind: "error", status: 500 }, { times: 1000 });
    told.story.clock.advance({ days: 63 });
    await told.tick();
    expect(told.told("circuit_open")).toHaveLength(2);
  });

  it("is a reason that `why` names, and a rehearsal of the tick sends nothing", async () => {
    const { services } = await openStory();
    const { explanation } = await why(services, { invoiceNumber: "I-C9" });
    expect(explanation[0]).toMatch(
      /^Nothing leaves now: the mail service has failed since 2026-03-09T10:00:00Z and/,
    );
    await services.db.client.execute("UPDATE invoices SET next_look_at = 0 WHERE next_look_at IS NOT NULL");
    expect((await previewTick(services, { confirmBacklog: false })).lines).toEqual([]);
  });

  it("until a day that only a wrong clock can have set is tried at once", async () => {
    const told = await openStory();
    ses.forgive();
    await told.story.db.client.execute(
      "UPDATE settings SET value = json_set(value, '$.openUntil', 4102444800000) WHERE key = 'circuit'",
    );
    await told.story.db.client.execute("UPDATE invoices SET next_look_at = 0 WHERE next_look_at IS NOT NULL");
    expect((await told.tick()).sent).toBe(5);
    expect(await findCircuit(told.services.db)).toBeNull();
  });
});

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
