import { pathToFileURL } from "node:url";
import type { Instant } from "../domain/zone.ts";
import { AppError } from "../errors.ts";
import { findDamage } from "./integrity.ts";
import { appliedMigrations } from "./migrate.ts";
import { type Db, openDatabase } from "./open.ts";
import { putSettingStatement } from "./settings.ts";

/**
 * Copies an embedded database, as one moment has it and while others write, into a file that is not there yet, and notes in the
 * copy when that was. Returns the migrations that it has seen. Throws `invalid` where it is none of Dunwell's.
 */
export async function copyDatabase(db: Db, path: string, at: Instant): Promise<string[]> {
  const migrations = await appliedMigrations(db);
  if (migrations.length === 0)
    throw new AppError("invalid", "there is nothing to back up: it is no database of Dunwell's");
  await db.client.execute({ sql: "VACUUM INTO ?", args: [path] });
  await withCopy(path, async (copy) => {
    const damage = await findDamage(copy, "quick");
    if (damage) throw new AppError("unavailable", `the copy came out damaged: ${damage}`);
    await copy.batch([putSettingStatement("backup_taken_at", at)]);
  });
  return migrations;
}

/** Works on a database in a file that nobody else opens, and leaves it in that one file. */
export async function withCopy<T>(path: string, work: (copy: Db) => Promise<T>): Promise<T> {
  const copy = await openDatabase({ url: pathToFileURL(path).href });
  try {
    const result = await work(copy);
    await copy.client.execute("PRAGMA journal_mode = DELETE");
    return result;
  } finally {
    copy.close();
  }
}
