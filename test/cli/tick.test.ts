import { expect, test } from "vitest";
import { tickCommand } from "../../src/cli/tick.ts";
import { day, invoice } from "../support/cast.ts";
import { openAgain, testDatabaseUrl } from "../support/database.ts";
import { tellStory } from "../support/story.ts";
import { runHere } from "./run-here.ts";

/** Two invoices of which a reminder is due and one of which none is yet, after the bank's file; what a tick then says. */
async function tickAt(at: string, dueOn = day("2026-03-04")) {
  const db = await testDatabaseUrl();
  const story = await tellStory({ at, db: await openAgain(db) });
  const coming = invoice({ number: "COMING", dueOn: day("2026-06-30") });
  await story.invoices(invoice({ number: "A", dueOn }), invoice({ number: "B", dueOn }), coming);
  await story.bankFile();
  return async (...args: string[]) => (await runHere(tickCommand, args, { db, at: Date.parse(at) })).out;
}

test.each([
  ["out of hours", "2026-03-09T20:00:00Z", "2026-03-04", "waiting for sending hours", "2026-03-10 08:00"],
  ["on Good Friday", "2026-04-03T10:00:00Z", "2026-03-30", "waiting for a sending day", "2026-04-07 07:00"],
])("%s a tick and its rehearsal say why nothing leaves, and until when", async (_, at, due, why, next) => {
  const tick = await tickAt(at, day(due));
  const nothing = "0 reminders for 0 invoices would be sent now; nothing was";
  expect(await tick("--dry-run")).toEqual([`${nothing}; 1 not due yet, 2 ${why}.`]);
  expect(await tick()).toEqual([`0 sent, 1 not due yet, 2 ${why}`]);
  const later = `nothing is due for a look before ${next} UTC`;
  expect(await tick("--dry-run")).toEqual([`${nothing}; ${later}.`]);
  expect(await tick()).toEqual([`0 sent, ${later}`]);
});

test("what leaves is not among what waits", async () => {
  const tick = await tickAt("2026-03-09T10:00:00Z");
  expect((await tick("--dry-run")).at(-1)).toBe(
    "1 reminder for 2 invoices would be sent now; nothing was; 1 not due yet.",
  );
});
