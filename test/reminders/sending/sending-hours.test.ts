import { expect, test } from "vitest";
import { tick } from "../../../src/reminders/sending/tick.ts";
import { invoice, NORDWIND } from "../../support/cast.ts";
import { type Story, tellStory } from "../../support/story.ts";

const SOFT = { key: "soft", offsetDays: 3, template: "overdue-3", to: ["billing"] };
const MINUTE_MS = 60_000;
const DUE = 20;

/** Twenty customers are due; each mail takes a minute. Moments of the mails in UTC, `HH:MM`. */
async function slowStory(at: string, policy: Record<string, unknown> = {}) {
  const story = await tellStory({
    policy: { freshnessDays: null, backlog: { mode: "send" }, stages: [SOFT], ...policy },
    at,
  });
  for (let n = 0; n < DUE; n++) {
    const contact = { email: `c${n}@debtor.example`, role: "billing" as const };
    await story.customers({ ...NORDWIND, ref: `C${n}`, contact });
    await story.invoices(invoice({ number: `A${n}`, customerRef: `C${n}` }));
  }
  const times: string[] = [];
  story.mailer.answer(() => {
    times.push(new Date(story.clock()).toISOString().slice(11, 16));
    story.clock.advance({ minutes: 1 });
    return undefined;
  });
  return { story, times };
}

async function sentAfterLease(story: Story): Promise<number> {
  const { rows } = await story.db.client.execute({
    sql: "SELECT count(*) AS n FROM reminders WHERE sent_at > sending_at + ?",
    args: [10 * MINUTE_MS],
  });
  return Number(rows[0]!.n);
}

test("nothing leaves after the hours that were open when the run began, and the rest leaves the next day", async () => {
  const { story, times } = await slowStory("2026-03-10T15:55:00Z");
  await tick(story);
  expect(times).toEqual(["15:55", "15:56", "15:57", "15:58", "15:59"]);
  story.clock.set("2026-03-11T10:00:00Z");
  await tick(story);
  story.clock.advance({ minutes: 15 });
  await tick(story);
  expect(times).toHaveLength(DUE);
  expect(new Set(story.mailer.mails.map(({ to }) => to[0])).size).toBe(DUE);
});

test("nothing leaves on another day than it was written for, though every hour is open", async () => {
  const calendar = { days: ["mon", "tue", "wed", "thu", "fri"], from: "00:00", until: "24:00" };
  const { story, times } = await slowStory("2026-03-13T22:57:00Z", { calendar });
  await tick(story);
  expect(times).toEqual(["22:57", "22:58", "22:59"]);
});

test("a long run claims each wave anew, so that none leaves after its lease", async () => {
  const { story, times } = await slowStory("2026-03-10T10:00:00Z");
  const { sent } = await tick(story);
  expect(times).toHaveLength(sent);
  expect(await sentAfterLease(story)).toBe(0);
  const { rows } = await story.db.client.execute("SELECT count(DISTINCT sending_at) AS n FROM reminders");
  expect(Number(rows[0]!.n)).toBeGreaterThan(1);
});
