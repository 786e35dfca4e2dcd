import { expect, test } from "vitest";
import { findSetting } from "../../../src/db/settings.ts";
import { makePromise } from "../../../src/reminders/agreements/make-promise.ts";
import { recordFreshness } from "../../../src/reminders/money/record-freshness.ts";
import { putInvoices } from "../../../src/reminders/records/put-invoices.ts";
import { day, invoice } from "../../support/cast.ts";
import { makeServices } from "../../support/database.ts";
import { dump, storedInvoice } from "../../support/stored.ts";
import { tellStory } from "../../support/story.ts";

const context = { author: "import", at: Date.parse("2026-03-02T10:00:00Z") };

test("wakes what waits for payment data, and nothing else", async () => {
  const services = await makeServices();
  const [waiting, sleeping] = [invoice(), invoice()];
  await putInvoices(services, [waiting, sleeping], context);
  await services.db.batch([
    "UPDATE invoices SET next_look_at = 99",
    {
      sql: "UPDATE invoices SET next_look_at = NULL, waits_for = 'fresh_ledger' WHERE number = ?",
      args: [waiting.number],
    },
  ]);
  await recordFreshness(services, { through: services.clock() });
  expect(await storedInvoice(services.db, waiting.number)).toMatchObject({
    next_look_at: 0,
    waits_for: null,
  });
  expect(await storedInvoice(services.db, sleeping.number)).toMatchObject({ next_look_at: 99 });
  expect(await findSetting(services.db, "fresh_through")).toBe(services.clock());
});

test("an older word than the one on record changes nothing", async () => {
  const services = await makeServices();
  await recordFreshness(services, { through: services.clock() });
  const before = await dump(services.db);
  await recordFreshness(services, { through: services.clock() - 1 });
  await recordFreshness(services, { through: services.clock() });
  expect(await dump(services.db)).toBe(before);
});

test("refuses an instant that is still to come, and forgives another clock's few minutes", async () => {
  const services = await makeServices();
  const now = services.clock();
  await expect(recordFreshness(services, { through: now + 3_600_000 })).rejects.toMatchObject({
    code: "invalid",
  });
  await recordFreshness(services, { through: now + 60_000 });
  expect(await findSetting(services.db, "fresh_through")).toBe(now);
});

test("a word from a clock that was ahead is believed up to now alone, and the next one takes its place", async () => {
  const story = await tellStory({ at: "2026-04-20T10:00:00Z" });
  await story.bankFile();
  story.clock.set("2026-03-10T10:00:00Z");
  await story.invoices(invoice({ number: "A", dueOn: day("2026-03-04") }));
  expect(await story.tickOnce()).toEqual(["NORDWIND overdue_3 A"]);
  await story.bankFile();
  const { rows } = await story.db.client.execute("SELECT value FROM settings WHERE key = 'fresh_through'");
  expect(Number(rows[0]!.value)).toBe(story.clock());
  story.clock.set("2026-04-10T10:00:00Z");
  expect(await story.tickOnce()).toEqual([]);
});

test("a promise is not judged by payment data from the future", async () => {
  const story = await tellStory({ at: "2026-04-20T10:00:00Z" });
  await story.bankFile();
  story.clock.set("2026-03-10T10:00:00Z");
  await story.invoices(invoice({ number: "A", dueOn: day("2026-03-09") }));
  await makePromise(story, {
    invoices: [{ number: "A" }],
    on: day("2026-03-20"),
    author: "debtor",
    by: "debtor",
  });
  await story.tickOnce();
  const { rows } = await story.db.client.execute("SELECT state FROM promises");
  expect(rows[0]!.state).toBe("open");
});
