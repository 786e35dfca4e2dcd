import {
  type AnsweredMail,
  findAnsweredMails,
  findCustomersAt,
  findOwedNumbers,
} from "../../db/answered-mail.ts";
import type { MatchedBy } from "../../db/replies.ts";
import { invoicesNamed } from "../../domain/reply/invoice-numbers.ts";
import type { MailReading } from "../../domain/reply/received-mail.ts";
import type { Services } from "../../services.ts";
import { linkSecrets } from "../links/link-secret.ts";
import { mailOfReplyAddress } from "../sending/envelope.ts";

/** Whom a mail is from, and what it is about. */
export type ReplyMatch = {
  by: MatchedBy;
  /** The mail of ours that it answers; null where only its sender was known. */
  mail: AnsweredMail | null;
  customerId: string;
  locale: string | null;
  invoices: string[];
};

export type MailToMatch = {
  reading: Pick<MailReading, "envelope" | "text" | "bounce" | "complaint">;
  /** To whom it was delivered. */
  recipients: string[];
  raw: Uint8Array;
};

const MOST_IDS = 50;
/** How much of a report is searched for the mail that came back. */
const SEARCHED_BYTES = 256 * 1024;

/**
 * Finds what a mail answers: by the token in the address that it went to, else by the ids of our mails that it names, else by its sender
 * and an invoice number. A report of a mail server is matched by the mail of ours that it returns. Null where nothing fits.
 */
export async function matchReply(services: Services, mail: MailToMatch): Promise<ReplyMatch | null> {
  const { db } = services;
  const { envelope, bounce, complaint, text } = mail.reading;
  const isReport = bounce !== null || complaint !== null;
  const returned = isReport ? new TextDecoder("latin1").decode(mail.raw.subarray(0, SEARCHED_BYTES)) : "";
  const addresses = [...mail.recipients, ...envelope.to, ...(returned.match(/reply\+[\w.]{1,80}@/gi) ?? [])];
  const secrets = await linkSecrets(services);
  const tokens = addresses.flatMap((address) => mailOfReplyAddress(secrets, address) ?? []);
  const thread = [...envelope.inReplyTo, ...envelope.references.toReversed(), ...returnedIds(returned)].map(
    ownIdOf,
  );
  const mails = await findAnsweredMails(db, [...new Set([...tokens, ...thread])].slice(0, MOST_IDS));
  const byToken = first(mails, tokens);
  const answered = byToken ?? first(mails, thread);
  if (!answered) return isReport ? null : bySender(db, mail.reading);
  const { customerId, locale } = answered;
  const named = invoicesNamed(text, await findOwedNumbers(db, customerId));
  const invoices = named.length > 0 ? named : answered.invoices;
  return { by: byToken ? "token" : "thread", mail: answered, customerId, locale, invoices };
}

function first(mails: AnsweredMail[], ids: string[]): AnsweredMail | undefined {
  for (const id of ids) {
    const found = mails.find((mail) => mail.id === id || mail.providerId === id);
    if (found) return found;
  }
  return undefined;
}

/** What stands before the @ of a Message-ID: our own id, or that of SES, which puts its own in place of ours. */
function ownIdOf(messageId: string): string {
  return messageId.replace(/^<|@[^@]*$/g, "");
}

function returnedIds(report: string): string[] {
  return [...report.matchAll(/^(?:message-id|x-[\w-]*message-id):\s*(<[^<>\s]{1,300}>)/gim)].map(
    ([, id]) => id!,
  );
}

async function bySender(
  db: Services["db"],
  { envelope, text }: MailToMatch["reading"],
): Promise<ReplyMatch | null> {
  if (envelope.from === null) return null;
  const customers = await findCustomersAt(db, envelope.from);
  const said = `${envelope.subject}\n${text}`;
  const named = customers.map((customer) => ({
    ...customer,
    invoices: invoicesNamed(said, customer.invoices),
  }));
  const [found, ...others] = named.some(({ invoices }) => invoices.length > 0)
    ? named.filter(({ invoices }) => invoices.length > 0)
    : named;
  if (!found || others.length > 0) return null;
  return { by: "sender", mail: null, ...found };
}
