import { CONTACT_ROLES, type ContactFacts } from "./facts.ts";
import type { Stage } from "./policy.ts";

/**
 * Who gets a stage: the usable contacts of its roles; if there are none, the first usable of billing, manager, executive,
 * legal. Empty when nobody is left.
 */
export function recipientsFor(stage: Pick<Stage, "to">, contacts: ContactFacts[]): ContactFacts[] {
  const usable = contacts.filter((contact) => !contact.isSuppressed);
  const wanted = onePerAddress(usable.filter((contact) => stage.to.includes(contact.role)));
  if (wanted.length > 0) return wanted;
  for (const role of CONTACT_ROLES) {
    const stand = usable.find((contact) => contact.role === role);
    if (stand) return [stand];
  }
  return [];
}

/** Whether anybody is left to write to: whoever is usable stands in for the wanted roles. */
export function hasRecipient(contacts: ContactFacts[]): boolean {
  return contacts.some((contact) => !contact.isSuppressed);
}

function onePerAddress(contacts: ContactFacts[]): ContactFacts[] {
  const seen = new Set<string>();
  return contacts.filter(({ email }) => {
    const address = email.toLowerCase();
    if (seen.has(address)) return false;
    seen.add(address);
    return true;
  });
}
