import type { InStatement } from "@libsql/client";
import type { CivilDay } from "../domain/civil-date.ts";
import type { Instant } from "../domain/zone.ts";

export type StoredCall = {
  id: string;
  customerId: string;
  /** Null: about everything the customer owes. */
  invoiceId: string | null;
  /** The customer's civil day. */
  on: CivilDay;
  person: string;
  said: string;
  author: string;
  at: Instant;
};

/** A call that says the same, of the same day and by the same author. */
export function sameCallQuery(c: Omit<StoredCall, "id" | "at">): InStatement {
  return {
    sql: `SELECT id FROM calls WHERE customer_id = ? AND on_day = ? AND author = ? AND person = ? AND said = ? AND invoice_id IS ?`,
    args: [c.customerId, c.on, c.author, c.person, c.said, c.invoiceId],
  };
}

export function putCallStatement(c: StoredCall): InStatement {
  return {
    sql: "INSERT INTO calls (id, customer_id, invoice_id, on_day, person, said, author, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    args: [c.id, c.customerId, c.invoiceId, c.on, c.person, c.said, c.author, c.at],
  };
}
