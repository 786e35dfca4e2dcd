import { describe, expect, test } from "vitest";
import { createApp } from "../../src/http/app.ts";
import { stopAll } from "../../src/reminders/decisions/stop-all.ts";
import { tick } from "../../src/reminders/sending/tick.ts";
import { invoice } from "../support/cast.ts";
import { makeServices, type TestServices } from "../support/database.ts";
import { tellStory } from "../support/story.ts";

async function healthOf(services: TestServices, startedAt?: number) {
  const app = createApp(services, {
    isWorker: startedAt === undefined,
    remoteAddress: () => null,
    startedAt,
  });
  const response = await app.request("/healthz");
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const byMachineClock = { byMachineClock: true };
const well = { status: 200, body: { ok: true } };
const unwell = (problem: string) => ({ status: 503, body: { ok: false, problem } });

describe("a service whose clock never ticked", () => {
  test("is well for half an hour after its start", async () => {
    const services = await makeServices();
    const startedAt = services.clock();
    services.clock.advance({ minutes: 30 });
    expect(await healthOf(services, startedAt)).toEqual({
      status: 200,
      body: {
        ok: true,
        last_tick_age_seconds: null,
        last_tick_left: null,
        last_tick_failed: null,
        stopped_since: null,
        circuit_open_since: null,
      },
    });
    services.clock.advance({ minutes: 1 });
    expect(await healthOf(services, startedAt)).toMatchObject(
      unwell("No tick has succeeded for 31 minutes; `dunwell runs` says what became of them."),
    );
  });

  test("is well where nobody knows of a start, until there is an invoice that a tick ought to look at", async () => {
    const story = await tellStory();
    story.clock.advance({ days: 3 });
    expect(await healthOf(story)).toMatchObject(well);
    await story.invoices(invoice());
    story.clock.advance({ minutes: 31 });
    expect(await healthOf(story)).toMatchObject(unwell(expect.stringContaining("31 minutes")));
  });
});

describe("a service whose clock ticks", () => {
  test("is well until half an hour after the last tick that succeeded", async () => {
    const story = await tellStory();
    await tick(story, byMachineClock);
    story.clock.advance({ minutes: 30 });
    expect(await healthOf(story, 0)).toMatchObject({ status: 200, body: { last_tick_age_seconds: 1800 } });
    story.clock.advance({ minutes: 1 });
    expect((await healthOf(story, 0)).status).toBe(503);
    expect((await healthOf(story)).status).toBe(503);
  });

  test("is not well for ticks that fail", async () => {
    const services = await makeServices();
    const startedAt = services.clock();
    for (let quarter = 0; quarter < 3; quarter++) {
      await expect(tick(services, byMachineClock)).rejects.toThrow("creditor");
      services.clock.advance({ minutes: 15 });
    }
    expect((await healthOf(services, startedAt)).status).toBe(503);
  });

  test("has half an hour again after a start, however long the outage was", async () => {
    const story = await tellStory();
    await tick(story, byMachineClock);
    story.clock.advance({ days: 5 });
    expect(await healthOf(story, story.clock() - 60_000)).toMatchObject(well);
  });

  test("is well while everything is stopped, and says since when", async () => {
    const story = await tellStory();
    await stopAll(story, { reason: "wrong bank file", author: "cli:frieda" });
    await tick(story, byMachineClock);
    const { status, body } = await healthOf(story, 0);
    expect([status, body.stopped_since]).toEqual([200, "2026-03-02T10:00:00.000Z"]);
    expect(JSON.stringify(body)).not.toMatch(/frieda|bank/);
  });

  test("is not well with a clock that was set back, and a moment that a person gave does not count", async () => {
    const story = await tellStory();
    await tick(story, byMachineClock);
    story.clock.advance({ hours: -2 });
    expect(await healthOf(story, 0)).toMatchObject(
      unwell("The machine's clock is 120 minutes behind the last tick."),
    );
    story.clock.advance({ days: 400 });
    await tick(story);
    story.clock.advance({ days: -400, hours: 2, minutes: 10 });
    expect(await healthOf(story, 0)).toMatchObject({ status: 200, body: { last_tick_age_seconds: 600 } });
  });
});

describe("a database", () => {
  test("that does not answer is told in a sentence, without its words", async () => {
    const services = await makeServices();
    services.db.close();
    const { status, body } = await healthOf(services, services.clock());
    expect([status, body.ok, body.problem]).toEqual([
      503,
      false,
      "The database does not answer as it should.",
    ]);
    expect(services.log.events).toContainEqual(
      expect.objectContaining({ level: "error", event: "health_failed" }),
    );
  });

  test("that keeps its callers waiting is not waited for", async () => {
    const services = await makeServices();
    const db = { ...services.db, batch: () => new Promise<never>(() => undefined) };
    const before = performance.now();
    expect((await healthOf({ ...services, db }, services.clock())).status).toBe(503);
    expect(performance.now() - before).toBeLessThan(8000);
  });
});
