import { createClient } from "@libsql/client";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../../src/db/open.ts";
import { openTestDatabase, testDatabaseUrl } from "../support/database.ts";

test("a disk that fills up keeps what was committed, and does not say that nothing was", async () => {
  const db = await openTestDatabase();
  await db.client.execute("CREATE TABLE notes (text)");
  const write = (size: number) => db.batch([{ sql: "INSERT INTO notes VALUES (zeroblob(?))", args: [size] }]);
  await write(1);
  const { rows } = await db.client.execute("PRAGMA page_count");
  await db.client.execute(`PRAGMA max_page_count = ${rows[0]!.page_count}`);
  await expect(write(1_000_000)).rejects.toThrow(
    "the disk is full: what was being written was not, what was committed before is kept; free some space and repeat",
  );
  expect((await db.client.execute("SELECT 1 FROM notes")).rows).toHaveLength(1);
});

test.each(["write", "batch"] as const)(
  "once another process lets go of the file, what is written next is (%s)",
  async (how) => {
    const url = await testDatabaseUrl();
    const db = await openDatabase({ url, busyTimeoutMs: 20 });
    const other = createClient({ url });
    onTestFinished(() => {
      for (const one of [db, other]) one.close();
    });
    await db.client.execute("CREATE TABLE notes (text)");
    const sql = "INSERT INTO notes VALUES ('a')";
    const write = () => (how === "write" ? db.write((tx) => tx.execute(sql)) : db.batch([sql]));
    const lock = await other.transaction("write");
    await expect(write()).rejects.toThrow("locked by another process; nothing was changed");
    await lock.rollback();
    for (let i = 0; i < 3; i++) await write();
    expect((await db.client.execute("SELECT 1 FROM notes")).rows).toHaveLength(3);
  },
);
