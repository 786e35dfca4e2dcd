import { inflateRawSync } from "node:zlib";
import { type NewNotice, planNotices } from "../../src/db/notices.ts";
import type { Db } from "../../src/db/open.ts";
import { day, invoice } from "./cast.ts";
import type { TestServices } from "./database.ts";
import { storedInvoice } from "./stored.ts";
import { type Story, tellStory } from "./story.ts";

/** Nordwind owes A since 4 March and got a first reminder of it; it is Monday, 9 March 2026, 10:00 UTC. */
export async function reminded(options: Parameters<typeof tellStory>[0] = {}): Promise<Story> {
  const story = await tellStory({ at: "2026-03-09T10:00:00Z", ...options });
  await story.invoices(invoice({ number: "A" }));
  await story.bankFile();
  await story.tickOnce();
  story.mailer.mails.length = 0;
  story.mailer.attempts.length = 0;
  return story;
}

/** Plans a confirmation that A was reported as paid, to leave at once; `overrides` for what is to be otherwise. */
export async function planNotice(services: TestServices, overrides: Partial<NewNotice> = {}): Promise<void> {
  const stored = await storedInvoice(services.db, "A");
  const at = services.clock();
  const item = { number: "A", currency: "EUR", amountMinor: 100_000, dueOn: day("2026-03-04") };
  const notice: NewNotice = {
    fact: "paid_reported A",
    kind: "paid_reported",
    customerId: String(stored!.customer_id),
    invoiceIds: [String(stored!.id)],
    leavesAt: at,
    body: { items: [item], paidOn: day("2026-03-06") },
    ...overrides,
  };
  await services.db.batch(planNotices([notice], at));
}

export type NoticeRow = Record<string, unknown> & { id: string; state: string; raw: string | null };

/** The notices there are, the oldest first, with their messages as they left. */
export async function noticesOf(db: Db): Promise<NoticeRow[]> {
  const { rows } = await db.client.execute("SELECT * FROM notices ORDER BY id");
  return rows.map((row) => ({
    ...row,
    id: String(row.id),
    state: String(row.state),
    raw: row.raw === null ? null : inflateRawSync(Buffer.from(row.raw as ArrayBuffer)).toString("latin1"),
  }));
}
