import { expect, test } from "vitest";
import { openTestDatabase } from "../support/database.ts";

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
