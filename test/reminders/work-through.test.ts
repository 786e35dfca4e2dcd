import { expect, test } from "vitest";
import { makePromise } from "../../src/reminders/agreements/make-promise.ts";
import { tendPromises } from "../../src/reminders/agreements/tend-promises.ts";
import { day } from "../support/cast.ts";
import { states } from "../support/promising.ts";
import { tellStory } from "../support/story.ts";
import { putOverdue } from "../support/world.ts";

test("what fails again and again keeps nothing waiting that comes after it, and is counted", async () => {
  const story = await tellStory();
  await putOverdue(story, ["C-1", "C-2", "C-3", "C-4", "C-5"]);
  const { rows } = await story.db.client.execute("SELECT number, customer_id FROM invoices ORDER BY id");
  for (const { number } of rows) {
    const promise = { invoices: [{ number: String(number) }], on: day("2026-03-04"), author: "test" };
    await makePromise(story, { ...promise, by: "debtor" });
  }
  const [one, other] = rows.map((row) => row.customer_id);
  await story.db.client.execute(`CREATE TRIGGER fails BEFORE UPDATE ON promises
    WHEN NEW.customer_id IN ('${one}', '${other}') BEGIN SELECT RAISE(ABORT, 'fails'); END`);
  story.clock.set("2026-03-20T09:00:00Z");
  await story.bankFile();
  expect(await tendPromises(story, { limit: 2 })).toEqual({ isCut: true, failed: 2 });
  expect(await tendPromises(story, { limit: 2 })).toEqual({ isCut: false, failed: 2 });
  expect((await states(story)).toSorted()).toEqual(["broken", "broken", "broken", "open", "open"]);
});
