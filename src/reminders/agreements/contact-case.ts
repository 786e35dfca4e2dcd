import type { Transaction } from "@libsql/client";
import {
  type ProposedContact,
  proposedContactQuery,
  readProposedContacts,
} from "../../db/proposed-contacts.ts";
import type { Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import { type DebtorCase, openCustomerCase } from "./debtor-case.ts";

/** Opens the case of a contact that was named. Throws `not_found`, and `conflict` where somebody decided already. */
export async function openContactCase(
  tx: Transaction,
  { id, author, at }: { id: string; author: string; at: Instant },
): Promise<{ matter: DebtorCase; contact: ProposedContact }> {
  const [contact] = readProposedContacts(await tx.execute(proposedContactQuery(id)));
  if (!contact) throw new AppError("not_found", `nobody named a contact ${id}`);
  if (contact.state !== "asked") throw new AppError("conflict", `contact ${id} was ${contact.state} already`);
  const { customerId } = contact;
  return { matter: await openCustomerCase(tx, { customerId, author, at }), contact };
}
