import type { InValue, Transaction } from "@libsql/client";
import type { PaymentKind } from "../domain/records.ts";

/** The name and all that it stands for: an intent, its invoice at the service, that one's number here. */
const MEANT = `WITH RECURSIVE meant(name) AS (SELECT ?1 UNION SELECT n.of FROM meant m JOIN payment_names n ON n.name = m.name)`;

/** Notes what stands for what. What is known of a name stays. Says whether any was new. */
export async function putNames(tx: Transaction, names: Record<string, string>): Promise<boolean> {
  const { rowsAffected } = await tx.execute({
    sql: "INSERT INTO payment_names (name, of) SELECT key, value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING",
    args: [JSON.stringify(names)],
  });
  return rowsAffected > 0;
}

/** The number of the invoice that a name stands for; its own number is one. */
export function findInvoiceNamed(tx: Transaction, name: string): Promise<string | undefined> {
  return one(
    tx,
    `${MEANT} SELECT i.number AS found FROM meant m JOIN invoices i ON i.number = m.name LIMIT 1`,
    [name],
  );
}

/** Has a name, with all that it stands for so far, stand for this. */
export async function meanBy(tx: Transaction, name: string, of: string): Promise<void> {
  const sql = `${MEANT} SELECT name AS found FROM meant m WHERE NOT EXISTS (SELECT 1 FROM payment_names n WHERE n.name = m.name)`;
  const last = await one(tx, sql, [name]);
  if (last !== undefined && last !== of) await putNames(tx, { [last]: of });
}

/** Notes how much was told under a name; told again with another amount, the larger one counts, whatever the order. */
export async function putPart(
  tx: Transaction,
  part: { name: string; kind: PaymentKind; amountMinor: number },
): Promise<void> {
  await tx.execute({
    sql: "UPDATE payment_names SET kind = ?, amount_minor = max(coalesce(amount_minor, 0), ?) WHERE name = ?",
    args: [part.kind, part.amountMinor, part.name],
  });
}

/** The parts told of a kind under whatever stands for `of`, and what of them is recorded, minor units. */
export async function sumsUnder(
  tx: Transaction,
  of: string,
  kind: PaymentKind,
): Promise<{ toldMinor: number; recordedMinor: number }> {
  const { rows } = await tx.execute({
    sql: `WITH RECURSIVE under(name) AS (SELECT ?1 UNION SELECT n.name FROM under u JOIN payment_names n ON n.of = u.name)
          SELECT (SELECT coalesce(sum(n.amount_minor), 0) FROM under u JOIN payment_names n ON n.name = u.name
                  WHERE n.kind = ?2) AS told,
            (SELECT coalesce(sum(p.amount_minor), 0) FROM under u JOIN payments p
              ON p.kind = ?2 AND p.identity = 'ref:' || u.name) AS recorded`,
    args: [of, kind],
  });
  return { toldMinor: Number(rows[0]!.told), recordedMinor: Number(rows[0]!.recorded) };
}

async function one(tx: Transaction, sql: string, args: InValue[]): Promise<string | undefined> {
  const { rows } = await tx.execute({ sql, args });
  return rows[0] && String(rows[0].found);
}
