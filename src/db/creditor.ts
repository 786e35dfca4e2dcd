import type { InStatement, ResultSet } from "@libsql/client";
import { parseCreditor } from "../domain/creditor.ts";
import type { Creditor } from "../domain/letter.ts";
import type { Instant } from "../domain/zone.ts";
import { AppError } from "../errors.ts";
import type { Db } from "./open.ts";

/** Who we are, or undefined while nobody said. */
export async function findCreditor(db: Db): Promise<Creditor | undefined> {
  return readCreditor(await db.client.execute(creditorQuery()));
}

/** Who we are; throws `not_found` with what to do about it. */
export async function getCreditor(db: Db): Promise<Creditor> {
  const creditor = await findCreditor(db);
  if (creditor) return creditor;
  throw new AppError("not_found", "nobody said yet who the creditor is: dunwell creditor apply FILE.json");
}

export function creditorQuery(): InStatement {
  return { sql: "SELECT body FROM creditors WHERE id = ?", args: [1] };
}

export function readCreditor(result: ResultSet): Creditor | undefined {
  const [row] = result.rows;
  return row ? parseCreditor(JSON.parse(String(row.body))) : undefined;
}

/** Stores the file as it was told; reading it parses it again. */
export function putCreditorStatement(file: unknown, at: Instant): InStatement {
  return {
    sql: `INSERT INTO creditors (id, body, updated_at) VALUES (1, ?, ?)
          ON CONFLICT (id) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at`,
    args: [JSON.stringify(file), at],
  };
}
