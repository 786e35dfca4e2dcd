import { putProposedContactStatement } from "../../db/proposed-contacts.ts";
import type { Services } from "../../services.ts";
import { openContactCase } from "./contact-case.ts";
import { enterEverywhere, writeCase } from "./debtor-case.ts";

/** Leaves a contact that a debtor named out of the records. Throws `not_found`, and `conflict` where somebody decided already. */
export async function declineContact(
  services: Services,
  refusal: { id: string; author: string },
): Promise<{ id: string; email: string }> {
  const { id, author } = refusal;
  const at = services.clock();
  return services.db.write(async (tx) => {
    const { matter, contact } = await openContactCase(tx, { id, author, at });
    const decided = { ...contact, state: "declined" as const, decidedAt: at, decidedBy: author };
    matter.statements.push(putProposedContactStatement(decided));
    enterEverywhere(matter, "contact_declined", { contact: id });
    await writeCase(tx, matter);
    return { id, email: contact.email };
  });
}
