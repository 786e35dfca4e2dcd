import { expect, test } from "vitest";
import type { Db } from "../../src/db/open.ts";
import { tick } from "../../src/reminders/sending/tick.ts";
import { day, invoice } from "../support/cast.ts";
import { openAgain, testDatabaseUrl } from "../support/database.ts";
import { tellStory } from "../support/story.ts";

const STAGES = [3, 10].map((offsetDays) => ({
  key: `overdue_${offsetDays}`,
  offsetDays,
  template: "overdue-3",
  to: ["billing"],
}));

/** The database as another process has it that is slow to store when to look again: `looked` when it is about to. */
function slowToStore(db: Db, { until }: { until: Promise<void> }) {
  let tell = () => {};
  const looked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const batch: Db["batch"] = async (statements, mode) => {
    if (mode !== "read" && JSON.stringify(statements).includes("next_look_at = j.value")) {
      tell();
      await until;
    }
    return db.batch(statements, mode);
  };
  return { db: { ...db, batch }, looked };
}

test("a tick that looked while another was sending does not take away the next look that one stored", async () => {
  const url = await testDatabaseUrl();
  const story = await tellStory({
    db: await openAgain(url),
    at: "2026-03-09T10:00:00Z",
    policy: { ownerAlerts: {}, stages: STAGES },
  });
  await story.invoices(invoice({ number: "A", dueOn: day("2026-03-06") }));
  await story.bankFile();
  let release = () => {};
  const isFirstDone = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = slowToStore(await openAgain(url), { until: isFirstDone });
  let other: Promise<unknown> = Promise.resolve();
  const { send } = story.mailer;
  story.mailer.send = async (mail) => {
    other = tick({ ...story, db: slow.db });
    await slow.looked;
    return send(mail);
  };
  await tick(story);
  release();
  await other;
  const { rows } = await story.db.client.execute("SELECT next_look_at FROM invoices");
  expect(rows[0]!.next_look_at).not.toBeNull();
});
