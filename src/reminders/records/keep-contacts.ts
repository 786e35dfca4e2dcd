import { touchCustomers } from "../../db/touch.ts";
import type { ContactRole } from "../../domain/facts.ts";
import type { Services } from "../../services.ts";

/** Leaves a customer with these contacts and no others: who was told completely is replaced, not added to. */
export async function keepContacts(
  services: Pick<Services, "db" | "clock">,
  { customerRef, contacts }: { customerRef: string; contacts: { role: ContactRole; email: string }[] },
): Promise<void> {
  const kept = contacts.map(({ role, email }) => `${role} ${email.toLowerCase()}`);
  await services.db.write(async (tx) => {
    const { rows } = await tx.execute({
      sql: `DELETE FROM contacts WHERE customer_id = (SELECT id FROM customers WHERE ref = ?)
            AND role || ' ' || lower(email) NOT IN (SELECT value FROM json_each(?)) RETURNING customer_id`,
      args: [customerRef, JSON.stringify(kept)],
    });
    if (rows[0]) await tx.batch(touchCustomers([String(rows[0].customer_id)], services.clock()));
  });
}
