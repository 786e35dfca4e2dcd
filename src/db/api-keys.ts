import type { InStatement, Row } from "@libsql/client";
import type { CivilDay } from "../domain/civil-date.ts";
import type { Scope } from "../domain/scope.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

/** A key as it is kept: its hash stays in the database. */
export type StoredKey = {
  id: string;
  name: string;
  /** How the key begins. */
  prefix: string;
  scopes: Scope[];
  createdAt: Instant;
  createdBy: string;
  /** In UTC. */
  lastUsedOn: CivilDay | null;
  revokedAt: Instant | null;
};

/** Affects no row where a key of this name is in force. */
export function putKeyStatement(key: StoredKey, hash: string): InStatement {
  const { id, name, prefix, scopes, createdAt, createdBy } = key;
  return {
    sql: `INSERT INTO api_keys (id, name, prefix, hash, scopes, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (name) WHERE revoked_at IS NULL DO NOTHING`,
    args: [id, name, prefix, hash, JSON.stringify(scopes), createdAt, createdBy],
  };
}

/** The key in force with this hash. */
export async function findKeyByHash(db: Db, hash: string): Promise<StoredKey | undefined> {
  const { rows } = await db.client.execute({
    sql: "SELECT * FROM api_keys WHERE hash = ? AND revoked_at IS NULL",
    args: [hash],
  });
  return rows[0] && readKey(rows[0]);
}

/** The last keys, the newest first, those revoked too. */
export async function readKeys(db: Db, limit: number): Promise<StoredKey[]> {
  const sql = "SELECT * FROM api_keys ORDER BY created_at DESC, id DESC LIMIT ?";
  return (await db.client.execute({ sql, args: [limit] })).rows.map(readKey);
}

export function noteUseStatement(id: string, on: CivilDay): InStatement {
  return { sql: "UPDATE api_keys SET last_used_on = ? WHERE id = ?", args: [on, id] };
}

/** Ends a key and all that was made with it. Affects no row where no key of this name is in force. */
export function revokeKeyStatement(name: string, { at, by }: { at: Instant; by: string }): InStatement {
  return {
    // A name may have been another key's before: what was made with that one was made before it ended.
    sql: `WITH RECURSIVE ended AS (
            SELECT * FROM api_keys WHERE name = ?3 AND revoked_at IS NULL
            UNION SELECT k.* FROM ended e JOIN api_keys k ON k.created_by = 'api:' || e.name
              AND k.created_at BETWEEN e.created_at AND coalesce(e.revoked_at, ?1))
          UPDATE api_keys SET revoked_at = ?1, revoked_by = ?2
          WHERE revoked_at IS NULL AND id IN (SELECT id FROM ended)`,
    args: [at, by, name],
  };
}

function readKey(row: Row): StoredKey {
  return {
    id: String(row.id),
    name: String(row.name),
    prefix: String(row.prefix),
    scopes: JSON.parse(String(row.scopes)),
    createdAt: Number(row.created_at),
    createdBy: String(row.created_by),
    lastUsedOn: row.last_used_on === null ? null : Number(row.last_used_on),
    revokedAt: row.revoked_at === null ? null : Number(row.revoked_at),
  };
}
