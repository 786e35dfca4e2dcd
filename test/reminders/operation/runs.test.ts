import { expect, test } from "vitest";
import { recentRuns } from "../../../src/reminders/operation/list-runs.ts";
import { tick } from "../../../src/reminders/sending/tick.ts";
import { invoice, NORDWIND } from "../../support/cast.ts";
import { makeServices } from "../../support/database.ts";
import { tellStory } from "../../support/story.ts";

const HOUR_MS = 3_600_000;

test("a run tells when it was, how long it took, what left and why the rest did not", async () => {
  const story = await tellStory({ at: "2026-03-09T09:00:00Z", policy: { freshnessDays: null } });
  await story.customers({ ...NORDWIND, ref: "SUEDWIND" });
  await story.invoices(invoice({ number: "A1" }), invoice({ customerRef: "SUEDWIND", dueOn: 20_600 }));
  story.mailer.answer(() => {
    story.clock.advance({ minutes: 2 });
    return undefined;
  });
  const { run } = await tick(story);
  expect(await recentRuns(story)).toEqual([
    {
      run,
      state: "done",
      started_at: "2026-03-09T09:00:00.000Z",
      finished_at: "2026-03-09T09:02:00.000Z",
      seconds: 120,
      sent: 1,
      counts: { sent: 1, not_due: 1 },
      left: 0,
      failed: 0,
      error: null,
    },
  ]);
});

test("a run that was killed has no end, and one that failed says why", async () => {
  const services = await makeServices();
  await expect(tick(services)).rejects.toThrow("nobody said who the creditor is");
  await services.db.client.execute("INSERT INTO runs (id, started_at) VALUES ('run_killed', 5)");
  expect(await recentRuns(services)).toMatchObject([
    { run: "run_killed", state: "unfinished", finished_at: null, seconds: null, error: null },
    { state: "failed", sent: 0, error: expect.stringMatching(/^invalid: nothing is sent/) },
  ]);
});

test("a letter that cannot be written, though nothing else leaves, is a customer that failed and no run that did", async () => {
  const story = await tellStory({ at: "2026-03-09T09:00:00Z", policy: { freshnessDays: null } });
  await story.invoices(invoice());
  story.writer.letter = () => {
    throw new Error("no words");
  };
  await tick(story);
  expect(await recentRuns(story)).toMatchObject([{ state: "done", sent: 0, failed: 1, left: 0 }]);
});

test("the last twenty runs are shown in the order in which they were, whatever their clocks said", async () => {
  const story = await tellStory();
  const ids: string[] = [];
  for (let n = 0; n < 22; n++) {
    story.clock.advance({ hours: n % 2 === 0 ? -3 : 1 });
    ids.push((await tick(story)).run);
  }
  expect((await recentRuns(story)).map(({ run }) => run)).toEqual(ids.reverse().slice(0, 20));
});

test("runs older than 90 days are forgotten, a bounded number at a time, and by the machine's clock alone", async () => {
  const story = await tellStory();
  const old = story.clock() - 91 * 24 * HOUR_MS;
  await story.db.client.execute({
    sql: `INSERT INTO runs (id, started_at) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 450)
          SELECT 'run_' || i, ? + (i > 430) * 2 * 86400000 FROM n`,
    args: [old],
  });
  const left: number[] = [];
  for (let n = 0; n < 4; n++) {
    await tick(story, { byMachineClock: true });
    left.push(await countRuns(story));
  }
  expect(left).toEqual([251, 52, 23, 24]);
  story.clock.advance({ days: 400 });
  await tick(story);
  expect(await countRuns(story)).toBe(25);
});

async function countRuns({ db }: Awaited<ReturnType<typeof makeServices>>): Promise<number> {
  const { rows } = await db.client.execute("SELECT count(*) AS n FROM runs");
  return Number(rows[0]!.n);
}
