import type { Db } from "./open.ts";

export type FoundName = { ref: string; name: string; legalName: string | null; ownerEmail: string | null };

const NAMES = "c.ref, c.name, c.legal_name, c.owner_email";
/** Names that contain the most parts are looked at closely; so many at most. */
const MOST_LOOKED_AT = 200;
const LAST_CHARACTER = "\u{10ffff}";

/** Customers whose reference, or one of whose invoice numbers, is this or begins with it, the shortest first; by two unique indexes. */
export async function findByReference(db: Db, texts: string[], limit: number): Promise<FoundName[]> {
  const starts = (column: string) =>
    `FROM json_each(?1) t JOIN ${column} >= t.value AND ${column.split(" ON ")[1]} < t.value || '${LAST_CHARACTER}'`;
  const { rows } = await db.client.execute({
    sql: `SELECT ref, name, legal_name, owner_email FROM (
            SELECT * FROM (SELECT ${NAMES}, length(c.ref) AS long ${starts("customers c ON c.ref")} LIMIT ?2)
            UNION ALL SELECT ${NAMES}, n.long FROM (SELECT i.customer_id, length(i.number) AS long
              ${starts("invoices i ON i.number")} LIMIT ?2) n JOIN customers c ON c.id = n.customer_id)
          GROUP BY ref ORDER BY min(long), ref LIMIT ?2`,
    args: [JSON.stringify(texts), limit],
  });
  return rows.map(toName);
}

/** Customers whose names contain the most of these parts, long ones first: one pass over the names, whatever is stored besides. */
export async function findByName(db: Db, pieces: string[]): Promise<FoundName[]> {
  if (pieces.length === 0) return [];
  const hits = pieces.map((_, i) => `(c.name LIKE ?${i + 1} OR c.legal_name LIKE ?${i + 1})`);
  const { rows } = await db.client.execute({
    sql: `SELECT ${NAMES}, ${hits.map((hit, i) => `${pieces[i]!.length} * ${hit}`).join(" + ")} AS hits FROM customers c WHERE ${hits.join(" OR ")}
          ORDER BY hits DESC, length(c.name) LIMIT ${MOST_LOOKED_AT}`,
    args: pieces.map((piece) => `%${piece}%`),
  });
  return rows.map(toName);
}

function toName(row: Record<string, unknown>): FoundName {
  return {
    ref: String(row.ref),
    name: String(row.name),
    legalName: row.legal_name as string | null,
    ownerEmail: row.owner_email as string | null,
  };
}
