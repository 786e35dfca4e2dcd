import type { Transaction } from "@libsql/client";
import { touchCustomers } from "../../db/touch.ts";
import type { Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";

export type Suppression = { address: string; reason: "bounce" | "complaint" | "manual"; source: string };

/**
 * From now on nothing is mailed to this address, however it is capitalised. The first reason stays on record; a complaint outdoes
 * a bounce.
 */
export async function suppressAddress(
  services: Services,
  suppression: Suppression,
): Promise<{ changed: boolean }> {
  return services.db.write(async (tx) => ({
    changed: await suppress(tx, suppression, services.clock()),
  }));
}

/** The same within a transaction; whether it changed anything. */
export async function suppress(
  tx: Transaction,
  { address, reason, source }: Suppression,
  at: Instant,
): Promise<boolean> {
  const suppressed = address.trim().toLowerCase();
  const { rowsAffected } = await tx.execute({
    sql: `INSERT INTO suppressions (address, reason, source, at) VALUES (?, ?, ?, ?)
          ON CONFLICT (address) DO UPDATE SET reason = excluded.reason, source = excluded.source, at = excluded.at
          WHERE excluded.reason = 'complaint' AND suppressions.reason = 'bounce'`,
    args: [suppressed, reason, source, at],
  });
  if (rowsAffected > 0) await touchThoseAt(tx, suppressed, at);
  return rowsAffected > 0;
}

/** Lets an address be mailed again, within a transaction. Throws `conflict` after a complaint. Returns whether it was suppressed. */
export async function unsuppress(tx: Transaction, address: string, at: Instant): Promise<boolean> {
  const { rows } = await tx.execute({
    sql: "DELETE FROM suppressions WHERE address = ? RETURNING reason",
    args: [address],
  });
  if (rows[0]?.reason === "complaint")
    throw new AppError("conflict", "whoever reads mail there complained of it; name another address");
  if (rows.length > 0) await touchThoseAt(tx, address, at);
  return rows.length > 0;
}

async function touchThoseAt(tx: Transaction, address: string, at: Instant): Promise<void> {
  const { rows } = await tx.execute({
    sql: "SELECT DISTINCT customer_id FROM contacts WHERE email = ?",
    args: [address],
  });
  const customers = rows.map((row) => String(row.customer_id));
  if (customers.length > 0) await tx.batch(touchCustomers(customers, at));
}
