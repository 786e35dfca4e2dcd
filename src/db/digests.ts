import type { InStatement, ResultSet } from "@libsql/client";
import type { Digest } from "../domain/digest.ts";
import type { Instant } from "../domain/zone.ts";
import type { AlertPayload, NewAlert } from "./alerts.ts";
import type { Db } from "./open.ts";

export type DigestReader = { email: string; timezone: string | null; digestAt: Instant };

/** People whose next digest is due to be looked at; the finance owner is one of them, known as an owner or not. */
export async function listDigestReaders(db: Db, at: Instant, limit: number): Promise<DigestReader[]> {
  const { rows } = await db.client.execute({
    sql: `SELECT email, timezone, digest_at FROM owners WHERE digest_at <= ?1
          UNION ALL SELECT lower(body->>'finance_owner'), NULL, 0 FROM creditors WHERE body->>'finance_owner' IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM owners WHERE email = lower(body->>'finance_owner')) LIMIT ?2`,
    args: [at, limit],
  });
  return rows.map((row) => ({
    email: String(row.email),
    timezone: row.timezone as string | null,
    digestAt: Number(row.digest_at),
  }));
}

/** Sets when this person's next digest is looked at; a row comes back for whoever was first. */
export function claimDigest({ email, digestAt }: DigestReader, nextAt: Instant): InStatement {
  return {
    sql: `INSERT INTO owners (email, digest_at) VALUES (?, ?)
          ON CONFLICT (email) DO UPDATE SET digest_at = excluded.digest_at WHERE owners.digest_at = ? RETURNING email`,
    args: [email, nextAt, digestAt],
  };
}

/** Routine news that waits for this person's digest, the oldest first; `spellings` are how its address is written in alerts. */
export function newsQuery(spellings: string[], limit: number): InStatement {
  return {
    sql: `SELECT * FROM alerts WHERE state = 'digest' AND to_email IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?`,
    args: [JSON.stringify(spellings), limit],
  };
}

export function readNews({
  rows,
}: ResultSet): { id: string; kind: NewAlert["kind"]; payload: AlertPayload }[] {
  return rows.map((row) => ({
    id: String(row.id),
    kind: row.kind as NewAlert["kind"],
    payload: JSON.parse(String(row.payload)),
  }));
}

/** The digest has told these. */
export function markDigested(ids: string[], at: Instant): InStatement {
  return {
    sql: `UPDATE alerts SET state = 'posted', posted_at = ? WHERE state = 'digest' AND id IN (SELECT value FROM json_each(?))`,
    args: [at, JSON.stringify(ids)],
  };
}

/** What tells a person's digest of a day (ISO) from all other alerts; in the order of days. */
export function digestFact(email: string, on: string): string {
  return `digest ${email} ${on}`;
}

/** This person's last digest in these days, both included. */
export function formerDigestQuery(email: string, days: { from: string; through: string }): InStatement {
  return {
    sql: "SELECT payload FROM alerts WHERE fact BETWEEN ? AND ? ORDER BY fact DESC LIMIT 1",
    args: [digestFact(email, days.from), digestFact(email, days.through)],
  };
}

export function readFormerDigest({ rows }: ResultSet): Digest | null {
  return rows[0] ? (JSON.parse(String(rows[0].payload)).details?.digest ?? null) : null;
}
