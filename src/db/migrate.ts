import type { InStatement } from "@libsql/client";
import { MIGRATIONS } from "./migrations.generated.ts";
import type { Db } from "./open.ts";

/** Applies the migrations that this database has not seen, each in one transaction. Returns their names. */
export async function migrate(db: Db, at: number): Promise<string[]> {
  await db.batch([
    "CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY NOT NULL, applied_at integer NOT NULL)",
  ]);
  const seen = new Set(
    (await db.client.execute("SELECT name FROM migrations")).rows.map((row) => String(row.name)),
  );
  const applied: string[] = [];
  for (const migration of MIGRATIONS) {
    if (seen.has(migration.name)) continue;
    const record: InStatement = {
      sql: "INSERT INTO migrations (name, applied_at) VALUES (?, ?)",
      args: [migration.name, at],
    };
    await db.batch([record, ...migration.statements]);
    applied.push(migration.name);
  }
  return applied;
}

/** The names of the migrations that this database has not seen; changes nothing. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const names = MIGRATIONS.map(({ name }) => name);
  const { rows } = await db.client.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'");
  if (rows.length === 0) return names;
  const seen = await db.client.execute("SELECT name FROM migrations");
  const known = new Set(seen.rows.map((row) => String(row.name)));
  return names.filter((name) => !known.has(name));
}
