import type { Transaction } from "@libsql/client";
import { touchCustomers } from "../db/touch.ts";
import { AppError } from "../errors.ts";
import type { Services } from "../services.ts";

export type Suppression = { address: string; reason: "bounce" | "complaint" | "manual"; source: string };

/** From now on nothing is mailed to this address, however it is capitalised. The first reason stays on record. */
export async function suppressAddress(
  services: Services,
  { address, reason, source }: Suppression,
): Promise<{ changed: boolean }> {
  const suppressed = address.trim().toLowerCase();
  return services.db.write(async (tx) => {
    const { rowsAffected } = await tx.execute({
      sql: "INSERT INTO suppressions (address, reason, source, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
      args: [suppressed, reason, source, services.clock()],
    });
    if (rowsAffected > 0) await touchThoseAt(tx, suppressed);
    return { changed: rowsAffected > 0 };
  });
}

/** Lets an address be mailed again. Throws `not_found` where it was not suppressed. */
export async function unsuppressAddress(services: Services, address: string): Promise<void> {
  const suppressed = address.trim().toLowerCase();
  await services.db.write(async (tx) => {
    const { rowsAffected } = await tx.execute({
      sql: "DELETE FROM suppressions WHERE address = ?",
      args: [suppressed],
    });
    if (rowsAffected === 0) throw new AppError("not_found", `${suppressed} is not suppressed`);
    await touchThoseAt(tx, suppressed);
  });
}

async function touchThoseAt(tx: Transaction, address: string): Promise<void> {
  const { rows } = await tx.execute({
    sql: "SELECT DISTINCT customer_id FROM contacts WHERE email = ?",
    args: [address],
  });
  if (rows.length > 0) await tx.batch(touchCustomers(rows.map((row) => String(row.customer_id))));
}
