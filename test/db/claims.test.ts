import { expect, test } from "vitest";
import { claim } from "../../src/db/claims.ts";
import { invoice } from "../support/cast.ts";
import { remindersOf } from "../support/deliveries.ts";
import { storedInvoice } from "../support/stored.ts";
import { tellStory } from "../support/story.ts";

test("a reminder that has left is never claimed again, even on counts of changes that are right", async () => {
  const story = await tellStory({ at: "2026-03-09T10:00:00Z" });
  await story.invoices(invoice({ number: "A" }));
  await story.bankFile();
  await story.tickOnce();
  const [sent] = await remindersOf(story.db);
  const {
    id: invoiceId,
    customer_id: customerId,
    facts_version: customerVersion,
  } = (await storedInvoice(story.db, "A"))!;
  const { rows } = await story.db.client.execute(
    "SELECT CAST(value AS integer) AS version FROM settings WHERE key = 'facts_version'",
  );
  const claimed = await claim(story.db, {
    reminders: [
      {
        id: sent!.id,
        customerId: String(customerId),
        customerVersion: Number(customerVersion),
        stage: "overdue_30",
        policyName: "standard",
        policyVersion: 1,
        leavesOn: 0,
        recipients: [],
        subject: "once more",
        isBacklog: false,
        items: [{ invoiceId: String(invoiceId), stage: "overdue_30", askedMinor: 1, balanceMinor: 100_000 }],
        message: { sha256: "", deflated: new Uint8Array(), bytes: 0 },
      },
    ],
    worldVersion: Number(rows[0]?.version ?? 0),
    at: story.clock(),
    heads: new Map(),
    appends: { leaving: [], staying: [] },
    besides: [],
  });
  expect(claimed).toMatchObject({ cancelled: [], sending: new Set() });
  expect(await remindersOf(story.db)).toEqual([sent]);
});
