import type { InStatement } from "@libsql/client";
import type { Instant } from "../domain/zone.ts";

/** Revokes the links of one reminder or notice, or all that a customer got until now. */
export function revokeLinksStatement(revoked: { subject: string; at: Instant; author: string }): InStatement {
  return {
    sql: `INSERT INTO revoked_links (subject, at, author) VALUES (?, ?, ?)
          ON CONFLICT (subject) DO UPDATE SET at = excluded.at, author = excluded.author`,
    args: [revoked.subject, revoked.at, revoked.author],
  };
}

/** A row where the link was revoked: its reminder's whenever it was made, its customer's where it was made before. */
export function revocationQuery(link: {
  customerId: string;
  reminderId: string;
  madeAt: Instant;
}): InStatement {
  return {
    sql: "SELECT 1 FROM revoked_links WHERE subject = ?1 OR (subject = ?2 AND at >= ?3) LIMIT 1",
    args: [link.reminderId, link.customerId, link.madeAt],
  };
}
