import { describe, expect, test } from "vitest";
import { stopAll } from "../src/reminders/decisions/stop-all.ts";
import { tick } from "../src/reminders/sending/tick.ts";
import { watchFailures } from "../src/reminders/sending/watch-failures.ts";
import { watchZones } from "../src/reminders/sending/watch-zones.ts";
import { makeServices } from "./support/database.ts";
import { tellStory } from "./support/story.ts";

const REASON = "the disk is full";

describe("ticks that fail", () => {
  async function fail(
    times: number,
    services: Awaited<ReturnType<typeof makeServices>>,
    watch = watchFailures(services),
  ) {
    for (let n = 0; n < times; n++) {
      services.clock.advance({ minutes: 15 });
      await watch.failed(REASON);
    }
    return watch;
  }

  test("for an hour are told once to whoever runs the service, with the reason", async () => {
    const services = await makeServices();
    const watch = await fail(4, services);
    expect(services.chat.posts).toEqual([]);
    await fail(20, services, watch);
    expect(services.chat.posts.map(({ toEmail }) => toEmail)).toEqual([null]);
    expect(services.chat.posts[0]!.text).toMatch(/"kind":"service_problem".*the disk is full/);
  });

  test("again after one that succeeded are told again", async () => {
    const story = await tellStory();
    const watch = await fail(6, story);
    await tick(story);
    watch.succeeded();
    await fail(4, story, watch);
    expect(story.chat.posts).toHaveLength(1);
    await fail(1, story, watch);
    expect(story.chat.posts).toHaveLength(2);
  });

  test("are told once for an outage that the service is started again in", async () => {
    const services = await makeServices();
    await fail(6, services);
    await fail(6, services);
    expect(services.chat.posts).toHaveLength(1);
  });

  test("are told past a database that does not answer, once, when chat answers", async () => {
    const services = await makeServices();
    services.db.close();
    services.chat.answer({ kind: "deferred", code: "down", retryAfterMs: null });
    const watch = await fail(6, services);
    services.chat.answer(undefined);
    await fail(3, services, watch);
    expect(services.chat.posts).toHaveLength(1);
  });

  test("while everything is stopped wait to be told, like every alert", async () => {
    const services = await makeServices();
    await stopAll(services, { reason: "wrong bank file", author: "api" });
    await fail(6, services);
    expect(services.chat.posts).toEqual([]);
  });
});

describe("zones that the schedule never reaches", () => {
  const policy = { calendar: { days: ["mon"], from: "09:01", until: "09:10" } };

  test("are logged once a day, and told once to whoever runs the service", async () => {
    const story = await tellStory({ policy });
    for (let quarter = 0; quarter < 4 * 36; quarter++) {
      await watchZones(story);
      story.clock.advance({ minutes: 15 });
    }
    await tick(story);
    const named = story.log.events.filter(({ event }) => event === "zones_unreached");
    expect(named.map(({ level, fields }) => [level, fields.zones])).toEqual(
      Array(2).fill(["warn", [{ policy: "standard", zone: "Europe/Berlin", customers: 1 }]]),
    );
    expect(story.chat.posts).toHaveLength(1);
    expect(story.chat.posts[0]!.text).toMatch(
      /"kind":"service_problem".*No tick falls within the hours of policy .*in Europe\/Berlin/,
    );
  });

  test("are told again when another one joins them", async () => {
    const story = await tellStory({ policy });
    await watchZones(story);
    await story.customers({ ref: "NY", name: "NY", timezone: "America/New_York" });
    story.clock.advance({ days: 1 });
    await watchZones(story);
    await tick(story);
    expect(story.chat.posts).toHaveLength(2);
  });

  test("where there are none, nothing is said", async () => {
    const story = await tellStory();
    await watchZones(story);
    expect(story.log.events).toEqual([]);
  });
});
