import {
  askedContactsQuery,
  type ProposedContact,
  putProposedContactStatement,
  readProposedContacts,
} from "../../db/proposed-contacts.ts";
import { noteCustomer } from "../../db/touch.ts";
import { newId } from "../../domain/ids.ts";
import { LONGEST_NAME, takeEmail, takeLine } from "../../domain/taken.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { notify, tell } from "./case-news.ts";
import { enterEverywhere, openCustomerCase, writeCase } from "./debtor-case.ts";

export type ContactProposal = { customerId: string; name: string; email: string; author: string };

/** More names than this at once are no help to anybody. */
const MOST_ASKED = 3;

/**
 * Notes whom a debtor wants us to write to. Nothing goes to that address before the account owner confirms it, who is asked; those
 * on record get the word that it was named. Naming it again changes nothing. Throws `invalid` for no name or address,
 * `conflict` for one on record or after three that wait, `not_found`.
 */
export async function proposeContact(services: Services, proposal: ContactProposal): Promise<{ id: string }> {
  const name = takeLine("name", proposal.name, LONGEST_NAME);
  if (name === null) throw new AppError("invalid", "name is empty; write who it is");
  const email = takeEmail(proposal.email);
  const { customerId, author } = proposal;
  const at = services.clock();
  return services.db.write(async (tx) => {
    const matter = await openCustomerCase(tx, { customerId, author, at });
    const asked = readProposedContacts(await tx.execute(askedContactsQuery(customerId)));
    const same = asked.find((contact) => contact.email === email);
    if (same) return { id: same.id };
    if (matter.stored.facts.contacts.some((contact) => contact.email.toLowerCase() === email)) {
      throw new AppError("conflict", "that address is on record already");
    }
    if (asked.length >= MOST_ASKED) {
      throw new AppError("conflict", `${MOST_ASKED} other addresses wait to be confirmed`);
    }
    const contact: ProposedContact = {
      id: newId("con", at),
      customerId,
      name,
      email,
      state: "asked",
      author,
      at,
      decidedAt: null,
      decidedBy: null,
    };
    matter.statements.push(putProposedContactStatement(contact), noteCustomer(customerId, at));
    enterEverywhere(matter, "contact_proposed", { contact: contact.id, name, email });
    notify(matter, { kind: "contact_proposed", about: contact.id, shares: [], body: { name, email } });
    const note = [name, email];
    tell(matter, { kind: "contact_proposed", to: "owner", about: contact.id, shares: [], note });
    await writeCase(tx, matter);
    return { id: contact.id };
  });
}
