import type { StoredCustomer } from "../../db/facts.ts";
import type { ReadyReminder } from "../../db/reminders.ts";
import { composeLetter, type LatePayments } from "../../domain/compose-letter.ts";
import type { ContactFacts } from "../../domain/facts.ts";
import type { PlannedReminder } from "../../domain/group.ts";
import { newId } from "../../domain/ids.ts";
import type { Creditor } from "../../domain/letter.ts";
import { recipientsFor } from "../../domain/recipients.ts";
import type { Instant } from "../../domain/zone.ts";
import type { OutgoingMail } from "../../ports.ts";
import type { Services } from "../../services.ts";
import { pageUrl } from "../links/page-url.ts";
import { addressed } from "./envelope.ts";
import { keptMessage } from "./kept-message.ts";
import type { CustomerPlan } from "./plan-customer.ts";

export type PreparedReminder = {
  plan: CustomerPlan;
  reminder: PlannedReminder;
  ready: ReadyReminder;
  mail: OutgoingMail;
};

/** Writes the letter of a planned reminder: what leaves, and what is kept of it. */
export async function prepareReminder(
  services: Pick<Services, "settings" | "writer">,
  input: {
    plan: CustomerPlan;
    reminder: PlannedReminder;
    creditor: Creditor;
    secret: string;
    latePayments: LatePayments;
    at: Instant;
  },
): Promise<PreparedReminder> {
  const { settings, writer } = services;
  const { plan, reminder, creditor, secret, at } = input;
  const { stored, context } = plan;
  const stage = context.policy.stages[reminder.stageIndex]!;
  const contacts = recipientsFor(stage, context.customer.contacts);
  const id = askedId(stored, reminder) ?? newId("rem", at);
  const letter = composeLetter({
    context,
    reminder,
    creditor,
    debtor: debtorOf(stored, contacts),
    locale: stored.locale ?? creditor.locale,
    pageUrl: pageUrl(settings, { secret, customerId: stored.facts.id, mailId: id, at }),
    latePayments: input.latePayments,
  });
  const references = [
    ...new Set(reminder.items.flatMap(({ invoice }) => stored.threads.get(invoice.id) ?? [])),
  ];
  const { envelope, recipients } = addressed(settings, { id, secret, creditor, contacts, references, at });
  const { subject, raw } = writer.letter(letter, envelope);
  return {
    plan,
    reminder,
    mail: { id, from: envelope.from, to: recipients, raw },
    ready: {
      id,
      customerId: stored.facts.id,
      customerVersion: stored.version,
      stage: reminder.stage,
      policyName: context.policy.name,
      policyVersion: plan.policyVersion,
      leavesOn: context.today,
      recipients,
      subject,
      isBacklog: reminder.isBacklog,
      items: reminder.items.map(({ invoice, stage: key, askedMinor }) => ({
        invoiceId: invoice.id,
        stage: key,
        askedMinor,
        balanceMinor: invoice.balanceMinor,
      })),
      message: await keptMessage(raw),
    },
  };
}

/** What finance approved leaves under the id that it was approved by. */
function askedId(stored: StoredCustomer, reminder: PlannedReminder): string | undefined {
  const ids = reminder.items.map(({ invoice, stage }) => stored.asked.get(`${invoice.id} ${stage}`));
  return ids.find((id) => id !== undefined);
}

export function debtorOf(stored: StoredCustomer, contacts: ContactFacts[]) {
  const { name, country } = stored.facts;
  return {
    name,
    legalName: stored.legalName ?? name,
    address: stored.address,
    country,
    contactName: contacts.length === 1 ? contacts[0]!.name : null,
  };
}
