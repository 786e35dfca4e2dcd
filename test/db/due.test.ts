import type { InStatement } from "@libsql/client";
import { expect, test } from "vitest";
import { loadDue } from "../../src/db/due.ts";
import { openTestDatabase } from "../support/database.ts";

test("loading what is due reads by index alone, past whatever was paid", async () => {
  const db = await openTestDatabase();
  const statements: InStatement[] = [];
  const batch: typeof db.batch = (asked, mode) => {
    statements.push(...asked);
    return db.batch(asked, mode);
  };
  await loadDue({ ...db, batch }, { at: Date.now(), invoices: 400 });
  expect(statements.length).toBeGreaterThan(8);
  for (const statement of statements as { sql: string; args: number[] }[]) {
    const { rows } = await db.client.execute({ ...statement, sql: `EXPLAIN QUERY PLAN ${statement.sql}` });
    const scans = rows
      .map((row) => String(row.detail))
      // Of JSON no index is to be had: a policy has a few stages.
      .filter((detail) =>
        /^SCAN (?!policies|settings|creditors|\(subquery|CONSTANT|\w+ VIRTUAL TABLE)/.test(detail),
      );
    expect(scans, statement.sql).toEqual([]);
    expect(JSON.stringify(rows), statement.sql).not.toContain("invoices_by_customer");
  }
});
