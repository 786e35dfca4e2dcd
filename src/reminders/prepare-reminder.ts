import { createHash, createHmac } from "node:crypto";
import { promisify } from "node:util";
import { deflateRaw } from "node:zlib";
import type { StoredCustomer } from "../db/facts.ts";
import type { ReadyReminder } from "../db/reminders.ts";
import { composeLetter, type LatePayments } from "../domain/compose-letter.ts";
import type { ContactFacts } from "../domain/facts.ts";
import type { PlannedReminder } from "../domain/group.ts";
import { newId } from "../domain/ids.ts";
import type { Creditor } from "../domain/letter.ts";
import { recipientsFor } from "../domain/recipients.ts";
import type { Instant } from "../domain/zone.ts";
import type { OutgoingMail } from "../ports.ts";
import type { Services } from "../services.ts";
import { signLink } from "./link.ts";
import type { CustomerPlan } from "./plan-customer.ts";

const LINK_LASTS_MS = 90 * 24 * 3600 * 1000;
const FASTEST_COMPRESSION = 1;
const deflate = promisify<Uint8Array, { level: number }, Buffer>(deflateRaw);

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
  const token = signLink(secret, {
    customerId: stored.facts.id,
    reminderId: id,
    expiresAt: at + LINK_LASTS_MS,
  });
  const letter = composeLetter({
    context,
    reminder,
    creditor,
    debtor: debtorOf(stored, contacts),
    locale: stored.locale ?? creditor.locale,
    pageUrl: `${publicUrl(settings)}/p/${token}`,
    latePayments: input.latePayments,
  });
  const from = settings.MAIL_FROM ?? creditor.from;
  const redirect = settings.MAIL_REDIRECT_TO;
  const { subject, raw } = writer.letter(letter, {
    messageId: `<${id}@${domainOf(from)}>`,
    at,
    from,
    to: redirect ? [{ name: null, email: redirect }] : contacts.map(({ name, email }) => ({ name, email })),
    replyTo: replyAddress(settings, secret, id) ?? creditor.contact.email,
    references: [...new Set(reminder.items.flatMap(({ invoice }) => stored.threads.get(invoice.id) ?? []))],
    rehearsalFor: redirect ? contacts.map(({ email }) => email) : null,
  });
  const recipients = redirect ? [redirect] : contacts.map(({ email }) => email);
  return {
    plan,
    reminder,
    mail: { id, from, to: recipients, raw },
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
      message: {
        sha256: createHash("sha256").update(raw).digest("hex"),
        deflated: await deflate(raw, { level: FASTEST_COMPRESSION }),
        bytes: raw.length,
      },
    },
  };
}

/** The address where people reach us: `PUBLIC_URL`, else where the service listens. */
export function publicUrl(settings: Services["settings"]): string {
  return (settings.PUBLIC_URL ?? `http://${settings.HOST}:${settings.PORT}`).replace(/\/+$/, "");
}

/** What finance approved leaves under the id that it was approved by. */
function askedId(stored: StoredCustomer, reminder: PlannedReminder): string | undefined {
  const ids = reminder.items.map(({ invoice, stage }) => stored.asked.get(`${invoice.id} ${stage}`));
  return ids.find((id) => id !== undefined);
}

function debtorOf(stored: StoredCustomer, contacts: ContactFacts[]) {
  const { name, country } = stored.facts;
  return {
    name,
    legalName: stored.legalName ?? name,
    address: stored.address,
    country,
    contactName: contacts.length === 1 ? contacts[0]!.name : null,
  };
}

/** An address that finds its reminder when somebody answers, and that nobody can make up. */
function replyAddress(settings: Services["settings"], secret: string, reminderId: string): string | null {
  if (!settings.MAIL_REPLY_DOMAIN) return null;
  const proof = createHmac("sha256", secret).update(`reply ${reminderId}`).digest("hex").slice(0, 16);
  return `reply+${reminderId}.${proof}@${settings.MAIL_REPLY_DOMAIN}`;
}

function domainOf(from: string): string {
  return /@([^@>\s]+)>?\s*$/.exec(from)?.[1] ?? "localhost";
}
