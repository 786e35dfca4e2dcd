import type { Transaction } from "@libsql/client";
import { replaceAddressStatements } from "../../db/contacts.ts";
import type { ContactRole } from "../../domain/facts.ts";
import { newId } from "../../domain/ids.ts";
import { LONGEST_NAME, takeEmail, takeLine } from "../../domain/taken.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { enterEverywhere, writeCase } from "../agreements/debtor-case.ts";
import { openTargetCase } from "../agreements/target-case.ts";
import { touch } from "../recording.ts";
import { unsuppress } from "../sending/suppress-address.ts";

export type ContactCorrection = {
  customerRef: string;
  /** The address that is wrong; absent, the other one is added to those on record. */
  from?: string;
  /** Its role is that of the one replaced; added, `billing` unless told otherwise. */
  to: { email: string; name?: string; role?: ContactRole };
  /** Whether mail may go there again though it bounced: somebody knows that it arrives by now. */
  isSuppressionLifted?: boolean;
  author: string;
};

/**
 * Replaces an address of a customer, or adds one; reminders that wait for an address go on. What is suppressed stays so unless that is
 * lifted. Throws `invalid` for no address or the same one, `conflict` for one that nothing may be mailed to, `not_found` for a customer or
 * an address that is not on record.
 */
export async function correctContact(
  services: Services,
  { customerRef, to, author, ...correction }: ContactCorrection,
): Promise<{ changed: boolean }> {
  const email = takeEmail(to.email);
  const name = takeLine("name", to.name, LONGEST_NAME);
  const from = correction.from === undefined ? null : takeEmail(correction.from);
  if (from === email) throw new AppError("invalid", "that is the address on record; write the right one");
  const at = services.clock();
  return services.db.write(async (tx) => {
    const matter = await openTargetCase(tx, { customerRef }, { author, at });
    const { id: customerId, contacts } = matter.stored.facts;
    const { recording } = matter;
    const isAt = (address: string) => contacts.some((contact) => contact.email.toLowerCase() === address);
    if (from !== null && !isAt(from)) {
      throw new AppError("not_found", `customer ${customerRef} has no contact with that address`);
    }
    const isLifted = correction.isSuppressionLifted === true && (await unsuppress(tx, email, at));
    await refuseSuppressed(tx, email);
    const { role = "billing" } = to;
    if (from !== null) {
      matter.statements.push(...replaceAddressStatements({ customerId, from, to: email, name }));
    } else if (contacts.some((one) => one.role === role && one.email.toLowerCase() === email)) {
      if (!isLifted) return { changed: false };
    } else {
      const id = newId("con", at);
      recording.changes.contacts.set(id, { id, customerId, role, name, email });
    }
    const entry = {
      from: from ?? undefined,
      email,
      name: name ?? undefined,
      suppression: isLifted ? "lifted" : undefined,
    };
    enterEverywhere(matter, "contact_corrected", from === null ? { ...entry, role } : entry);
    touch(recording, customerId);
    await writeCase(tx, matter);
    return { changed: true };
  });
}

async function refuseSuppressed(tx: Transaction, email: string): Promise<void> {
  const { rows } = await tx.execute({ sql: "SELECT 1 FROM suppressions WHERE address = ?", args: [email] });
  if (rows.length === 0) return;
  const other = "name another one, or lift that where mail arrives again";
  throw new AppError("conflict", `nothing may be mailed to that address, which bounced; ${other}`);
}
