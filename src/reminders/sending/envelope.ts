import { createHmac } from "node:crypto";
import type { ContactFacts } from "../../domain/facts.ts";
import type { Creditor } from "../../domain/letter.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Envelope } from "../../ports.ts";
import type { Services } from "../../services.ts";
import { isSameText } from "../links/link.ts";

/**
 * The outside of a mail, and to whom it really goes: in a rehearsal to one address, for which the envelope says whom it was meant
 * for. `references` are the Message-IDs that it continues, oldest first.
 */
export function addressed(
  settings: Services["settings"],
  mail: {
    id: string;
    secret: string;
    creditor: Creditor;
    contacts: ContactFacts[];
    references: string[];
    at: Instant;
  },
): { envelope: Envelope; recipients: string[] } {
  const { id, secret, creditor, contacts, references, at } = mail;
  const from = settings.MAIL_FROM ?? creditor.from;
  const redirect = settings.MAIL_REDIRECT_TO;
  const emails = contacts.map(({ email }) => email);
  return {
    envelope: {
      messageId: `<${id}@${domainOf(from)}>`,
      at,
      from,
      to: redirect ? [{ name: null, email: redirect }] : contacts.map(({ name, email }) => ({ name, email })),
      replyTo: replyAddress(settings, secret, id) ?? creditor.contact.email,
      references,
      rehearsalFor: redirect ? emails : null,
    },
    recipients: redirect ? [redirect] : emails,
  };
}

/** An address that finds its mail when somebody answers, and that nobody can make up. */
function replyAddress(settings: Services["settings"], secret: string, mailId: string): string | null {
  if (!settings.MAIL_REPLY_DOMAIN) return null;
  return `reply+${mailId}.${replyProof(secret, mailId)}@${settings.MAIL_REPLY_DOMAIN}`;
}

/** The id of the mail whose reply address this is, made with one of `secrets`; null for any other address. */
export function mailOfReplyAddress(secrets: string[], address: string): string | null {
  const [, mailId, proof] = REPLY_ADDRESS.exec(address.trim().toLowerCase()) ?? [];
  if (mailId === undefined || proof === undefined) return null;
  return secrets.some((secret) => isSameText(proof, replyProof(secret, mailId))) ? mailId : null;
}

const REPLY_ADDRESS = /^reply\+((?:rem|ntc)_[0-9a-z]{1,40})\.([0-9a-f]{16})@/;

function replyProof(secret: string, mailId: string): string {
  return createHmac("sha256", secret).update(`reply ${mailId}`).digest("hex").slice(0, 16);
}

function domainOf(from: string): string {
  return /@([^@>\s]+)>?\s*$/.exec(from)?.[1] ?? "localhost";
}
