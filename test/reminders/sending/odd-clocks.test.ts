import { describe, expect, test } from "vitest";
import { tick } from "../../../src/reminders/sending/tick.ts";
import { day, invoice } from "../../support/cast.ts";
import { type Story, tellStory } from "../../support/story.ts";

const POLICY = { freshnessDays: null };
const byMachineClock = { byMachineClock: true };

async function dueStory(at = "2026-03-09T09:00:00Z"): Promise<Story> {
  const story = await tellStory({ at, policy: POLICY });
  await story.invoices(invoice({ number: "A1" }));
  return story;
}

describe("a machine's clock that was set back", () => {
  test("decides and sends nothing, and says how far it is behind", async () => {
    const story = await tellStory({ at: "2026-03-09T09:00:00Z", policy: POLICY });
    await tick(story, byMachineClock);
    await story.invoices(invoice({ number: "A1" }));
    story.clock.advance({ hours: -1, minutes: -1 });
    await expect(tick(story, byMachineClock)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^the machine's clock is 61 minutes behind the last tick/),
    });
    expect(story.mailer.attempts).toEqual([]);
    expect(story.log.events.at(-1)).toMatchObject({ event: "clock_behind", fields: { seconds: 3660 } });
  });

  test("goes on by itself once it is right again, and stays refused however often it tries before", async () => {
    const story = await tellStory({ at: "2026-03-09T09:00:00Z", policy: POLICY });
    await tick(story, byMachineClock);
    await story.invoices(invoice({ number: "A1" }));
    story.clock.advance({ hours: -1 });
    for (let n = 0; n < 3; n++) {
      await expect(tick(story, byMachineClock)).rejects.toMatchObject({ code: "conflict" });
      story.clock.advance({ minutes: 15 });
    }
    story.clock.advance({ minutes: 15 });
    expect(await tick(story, byMachineClock)).toMatchObject({ sent: 1 });
  });

  test("is tolerated by a minute, as clocks are set right by so much", async () => {
    const story = await dueStory();
    await tick(story, byMachineClock);
    story.clock.advance({ minutes: -1 });
    expect(await tick(story, byMachineClock)).toMatchObject({ failed: 0 });
  });

  test("is believed after a person has given the moment", async () => {
    const story = await dueStory("2027-03-09T09:00:00Z");
    await tick(story, byMachineClock);
    story.clock.set("2026-03-09T09:00:00Z");
    await expect(tick(story, byMachineClock)).rejects.toMatchObject({ code: "conflict" });
    await tick(story);
    story.clock.advance({ minutes: 15 });
    expect(await tick(story, byMachineClock)).toMatchObject({ failed: 0 });
  });
});

describe("a moment that a person gives", () => {
  test("is taken in any order, and each is decided by its own day", async () => {
    const story = await dueStory("2026-03-05T09:00:00Z");
    const sent: Record<string, string[]> = {};
    for (const at of ["2026-03-05", "2026-03-09", "2026-03-01", "2026-04-08", "2026-03-20", "2026-04-03"]) {
      story.clock.set(`${at}T09:00:00Z`);
      sent[at] = await story.tickOnce();
    }
    expect(sent).toEqual({
      "2026-03-05": [],
      "2026-03-09": ["NORDWIND overdue_3 A1"],
      "2026-03-01": [],
      "2026-04-08": ["NORDWIND overdue_30 A1"],
      "2026-03-20": [],
      "2026-04-03": [],
    });
  });

  test("in the future does not stop the machine's clock", async () => {
    const story = await dueStory("2030-01-07T09:00:00Z");
    await tick(story);
    story.clock.set("2026-03-09T09:00:00Z");
    expect(await tick(story, byMachineClock)).toMatchObject({ failed: 0 });
  });
});

describe("a machine's clock that leaps ahead", () => {
  test("is told of after a week, and what became due meanwhile waits for a person", async () => {
    const story = await dueStory("2026-03-06T09:00:00Z");
    await tick(story, byMachineClock);
    story.clock.advance({ days: 31 });
    expect(await tick(story, byMachineClock)).toMatchObject({ sent: 0, backlog: 1 });
    expect(story.log.events).toContainEqual({
      level: "info",
      event: "clock_gap",
      fields: { hours: 744, run: expect.any(String) },
    });
  });

  test("by a day says nothing", async () => {
    const story = await dueStory("2026-03-06T09:00:00Z");
    await tick(story, byMachineClock);
    story.clock.advance({ days: 1 });
    await tick(story, byMachineClock);
    expect(story.log.events.map(({ event }) => event)).not.toContain("clock_gap");
  });
});

describe("the days on which clocks change", () => {
  test.each([
    ["Europe/Berlin", "2026-03-29", "00:00"],
    ["Europe/Berlin", "2026-10-25", "00:00"],
    ["America/New_York", "2026-03-08", "00:00"],
    ["America/New_York", "2026-11-01", "00:00"],
    ["Australia/Lord_Howe", "2026-04-05", "00:00"],
    ["Africa/Cairo", "2026-04-24", "01:00"],
  ])("in %s around %s bring one reminder, at %s", async (timezone, change, opening) => {
    const calendar = {
      days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
      from: "00:00",
      until: "04:00",
      timezone,
    };
    const stages = [{ key: "soft", offsetDays: 1, template: "overdue-3", to: ["billing"] }];
    const story = await tellStory({ policy: { ...POLICY, calendar, stages } });
    await story.customers({
      ref: "C",
      name: "C",
      timezone,
      contact: { email: "c@c.example", role: "billing" },
    });
    await story.invoices(
      invoice({ number: "A1", customerRef: "C", issuedOn: day(change) - 30, dueOn: day(change) - 1 }),
    );
    story.clock.set(`${change}T00:00:00Z`);
    story.clock.advance({ hours: -16 });
    const sentAt: string[] = [];
    for (let quarter = 0; quarter < 4 * 30; quarter++) {
      if ((await tick(story, byMachineClock)).sent > 0) sentAt.push(wallClock(story.clock(), timezone));
      story.clock.advance({ minutes: 15 });
    }
    expect(sentAt).toEqual([`${change} ${opening}`]);
  });
});

function wallClock(at: number, timeZone: string): string {
  return new Date(at).toLocaleString("sv-SE", { timeZone }).slice(0, 16);
}
