import type { InStatement, ResultSet } from "@libsql/client";
import type { Instant } from "../domain/zone.ts";

/** A contact that a debtor named; its id becomes the contact's. */
export type ProposedContact = {
  id: string;
  customerId: string;
  name: string;
  email: string;
  state: "asked" | "confirmed" | "declined";
  author: string;
  at: Instant;
  decidedAt: Instant | null;
  decidedBy: string | null;
};

export function proposedContactQuery(id: string): InStatement {
  return { sql: "SELECT * FROM proposed_contacts WHERE id = ?", args: [id] };
}

/** Contacts named for this customer that nobody decided about yet. */
export function askedContactsQuery(customerId: string): InStatement {
  return {
    sql: "SELECT * FROM proposed_contacts WHERE customer_id = ? AND state = 'asked' ORDER BY id",
    args: [customerId],
  };
}

export function readProposedContacts({ rows }: ResultSet): ProposedContact[] {
  return rows.map((row) => ({
    id: String(row.id),
    customerId: String(row.customer_id),
    name: String(row.name),
    email: String(row.email),
    state: row.state as ProposedContact["state"],
    author: String(row.author),
    at: Number(row.at),
    decidedAt: row.decided_at as number | null,
    decidedBy: row.decided_by as string | null,
  }));
}

export function putProposedContactStatement(c: ProposedContact): InStatement {
  return {
    sql: `INSERT INTO proposed_contacts (id, customer_id, name, email, state, author, at, decided_at, decided_by)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET state = excluded.state, decided_at = excluded.decided_at,
            decided_by = excluded.decided_by`,
    args: [c.id, c.customerId, c.name, c.email, c.state, c.author, c.at, c.decidedAt, c.decidedBy],
  };
}
