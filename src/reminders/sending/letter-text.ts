import type { StoredCustomer } from "../../db/facts.ts";
import { composeLetter } from "../../domain/compose-letter.ts";
import type { CustomerContext } from "../../domain/customer-context.ts";
import type { PlannedReminder } from "../../domain/group.ts";
import type { Creditor } from "../../domain/letter.ts";
import { recipientsFor } from "../../domain/recipients.ts";
import type { Services } from "../../services.ts";
import { linkSecret } from "../links/link-secret.ts";
import { pageUrl } from "../links/page-url.ts";
import { addressed } from "./envelope.ts";
import { latePayments } from "./late-payments.ts";
import { debtorOf } from "./prepare-reminder.ts";

export type LetterText = { subject: string; text: string; recipients: string[] };

/** What a reminder would say if it left now, in plain words, and to whom; `id` is the one that it would leave under. Nothing is recorded. */
export async function letterText(
  services: Services,
  of: {
    id: string;
    stored: StoredCustomer;
    context: CustomerContext;
    reminder: PlannedReminder;
    creditor: Creditor;
  },
): Promise<LetterText> {
  const { settings, writer, db, clock } = services;
  const { id, stored, context, reminder, creditor } = of;
  const at = clock();
  const contacts = recipientsFor(context.policy.stages[reminder.stageIndex]!, context.customer.contacts);
  const secret = await linkSecret(services);
  const letter = composeLetter({
    context,
    reminder,
    creditor,
    debtor: debtorOf(stored, contacts),
    locale: stored.locale ?? creditor.locale,
    pageUrl: pageUrl(settings, { secret, customerId: stored.facts.id, mailId: id, at }),
    latePayments: await latePayments(db, [{ context, reminder }]),
  });
  const { envelope, recipients } = addressed(settings, {
    id,
    secret,
    creditor,
    contacts,
    references: [],
    at,
  });
  const { subject, text } = writer.letter(letter, envelope);
  return { subject, text, recipients };
}
