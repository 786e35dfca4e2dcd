import type { InStatement } from "@libsql/client";
import { MIGRATIONS } from "./migrations.generated.ts";
import type { Db } from "./open.ts";

/** Applies the migrations that this database has not seen, each in one transaction. Returns their names. */
export async function migrate(db: Db, at: number): Promise<string[]> {
  const pending = new Set(await pendingMigrations(db));
  const applied: string[] = [];
  for (const { name, statements } of MIGRATIONS) {
    if (!pending.has(name)) continue;
    const isMine = await db.write(async (tx) => {
      await tx.execute(CREATE_MIGRATIONS);
      // Another process may have begun with the same empty database.
      const seen = await tx.execute({ sql: "SELECT 1 FROM migrations WHERE name = ?", args: [name] });
      if (seen.rows.length > 0) return false;
      await tx.batch([recordStatement(name, at), ...statements]);
      return true;
    });
    if (isMine) applied.push(name);
  }
  return applied;
}

/** The names of the migrations that this database has not seen; changes nothing. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const applied = new Set(await appliedMigrations(db));
  return MIGRATIONS.map(({ name }) => name).filter((name) => !applied.has(name));
}

/** The names of the migrations that this database has seen, in their order; none where it was never Dunwell's. */
export async function appliedMigrations(db: Db): Promise<string[]> {
  const { rows } = await db.client.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'");
  if (rows.length === 0) return [];
  const seen = await db.client.execute("SELECT name FROM migrations ORDER BY name");
  return seen.rows.map((row) => String(row.name));
}

/** Of these migrations those that this code does not know: a newer one applied them. */
export function unknownMigrations(applied: string[]): string[] {
  const known = new Set(MIGRATIONS.map(({ name }) => name));
  return applied.filter((name) => !known.has(name));
}

const CREATE_MIGRATIONS =
  "CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY NOT NULL, applied_at integer NOT NULL)";

function recordStatement(name: string, at: number): InStatement {
  return { sql: "INSERT INTO migrations (name, applied_at) VALUES (?, ?)", args: [name, at] };
}
