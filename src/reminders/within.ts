import type { Transaction } from "@libsql/client";
import type { Services } from "../services.ts";

/** The same services, whose use cases write within this transaction: what they do becomes one with what it does, or nothing. */
export function within(services: Services, tx: Transaction): Services {
  const { db } = services;
  return {
    ...services,
    db: { ...db, write: (work) => work(tx), batch: (statements) => tx.batch(statements) },
  };
}
