import type { InStatement } from "@libsql/client";

/** Puts one address of a customer in the place of another, in every role it had; the name stays where none is told. */
export function replaceAddressStatements(replaced: {
  customerId: string;
  from: string;
  to: string;
  name: string | null;
}): InStatement[] {
  const { customerId, from, to, name } = replaced;
  return [
    {
      sql: `DELETE FROM contacts WHERE customer_id = ?1 AND lower(email) = ?2
              AND role IN (SELECT role FROM contacts WHERE customer_id = ?1 AND lower(email) = ?3)`,
      args: [customerId, from, to],
    },
    {
      sql: "UPDATE contacts SET email = ?3, name = coalesce(?4, name) WHERE customer_id = ?1 AND lower(email) = ?2",
      args: [customerId, from, to, name],
    },
  ];
}
