import type { InStatement } from "@libsql/client";
import { expect, test } from "vitest";
import { countDueNotices, dueNoticesQuery } from "../../src/db/due-notices.ts";
import { isAnyNoticeLost, lostNoticesQuery } from "../../src/db/notice-outcomes.ts";
import { openTestDatabase } from "../support/database.ts";

const QUERIES: [string, InStatement][] = [
  ["those that are to leave", dueNoticesQuery({ at: 0, limit: 10 })],
  ["those of one customer", dueNoticesQuery({ at: 0, limit: 10, customerId: "cus_1" })],
  ["how many they are", countDueNotices({ at: 0 })],
  ["whether any is lost", isAnyNoticeLost(0)],
  ["those that are lost", lostNoticesQuery(0, 10)],
];

test.each(QUERIES)("%s are found without reading the notices that were sent", async (_, query) => {
  const db = await openTestDatabase();
  const { sql, args } = query as Exclude<InStatement, string>;
  const { rows } = await db.client.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, args });
  const steps = rows.map(({ detail }) => String(detail));
  expect(
    steps.filter((step) => /\b(n|notices) USING (COVERING )?INDEX notices_under_way/.test(step)),
  ).not.toEqual([]);
  expect(steps.filter((step) => /^SCAN (n|notices)\b/.test(step))).toEqual([]);
});
