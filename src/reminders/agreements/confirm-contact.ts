import { putProposedContactStatement } from "../../db/proposed-contacts.ts";
import type { ContactRole } from "../../domain/facts.ts";
import type { Services } from "../../services.ts";
import { openContactCase } from "./contact-case.ts";
import { enterEverywhere, writeCase } from "./debtor-case.ts";

/**
 * Makes a contact of whom a debtor named, for bills unless told otherwise; whoever was on record stays there. Throws `not_found`,
 * and `conflict` where somebody decided already.
 */
export async function confirmContact(
  services: Services,
  confirmation: { id: string; role?: ContactRole; author: string },
): Promise<{ id: string; email: string; role: ContactRole }> {
  const { id, role = "billing", author } = confirmation;
  const at = services.clock();
  return services.db.write(async (tx) => {
    const { matter, contact } = await openContactCase(tx, { id, author, at });
    const { customerId, name, email } = contact;
    const { contacts } = matter.stored.facts;
    const isThere = contacts.some((one) => one.role === role && one.email.toLowerCase() === email);
    if (!isThere) matter.recording.changes.contacts.set(id, { id, customerId, role, name, email });
    const decided = { ...contact, state: "confirmed" as const, decidedAt: at, decidedBy: author };
    matter.statements.push(putProposedContactStatement(decided));
    enterEverywhere(matter, "contact_confirmed", { contact: id, name, email, role });
    await writeCase(tx, matter);
    return { id, email, role };
  });
}
