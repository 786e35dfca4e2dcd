import { loadByRef } from "../db/due.ts";
import { composeLetter } from "../domain/compose-letter.ts";
import { newId } from "../domain/ids.ts";
import { recipientsFor } from "../domain/recipients.ts";
import { AppError } from "../errors.ts";
import type { Services } from "../services.ts";
import { addressed } from "./envelope.ts";
import { projectStored } from "./forecast.ts";
import { linkSecret } from "./link-secret.ts";
import { pageUrl } from "./page-url.ts";
import { debtorOf } from "./prepare-reminder.ts";
import { contextNow } from "./why.ts";

const DAYS_AHEAD = 120;

/**
 * The plain text of the reminder that comes next to a customer, in its language and with the sums and ages of now, for a person to send
 * another way; nothing is recorded. Null where none comes, or where it is a letter that finance has to approve. Throws `not_found`.
 */
export async function writeNextText(services: Services, customerRef: string): Promise<string | null> {
  const { db, clock, settings, writer } = services;
  const at = clock();
  const { world, customers } = await loadByRef(db, customerRef);
  const [stored] = customers;
  if (!stored) throw new AppError("not_found", `there is no customer ${customerRef}`);
  const { creditor } = world;
  const opensOn = Number.NEGATIVE_INFINITY;
  const [next] = projectStored({ stored, world, at, days: DAYS_AHEAD, opensOn });
  if (!creditor || !next) return null;
  const { reminder } = next;
  const { facts: customer, policyName } = stored;
  const context = await contextNow(services, { world, customer, policyName });
  const stage = context.policy.stages[reminder.stageIndex]!;
  if (stage.approval !== null) return null;
  const contacts = recipientsFor(stage, customer.contacts);
  const id = newId("rem", at);
  const secret = await linkSecret(services);
  const letter = composeLetter({
    context,
    reminder,
    creditor,
    debtor: debtorOf(stored, contacts),
    locale: stored.locale ?? creditor.locale,
    pageUrl: pageUrl(settings, { secret, customerId: customer.id, mailId: id, at }),
    latePayments: new Map(),
  });
  const { envelope } = addressed(settings, { id, secret, creditor, contacts, references: [], at });
  return writer.letter(letter, envelope).text;
}
