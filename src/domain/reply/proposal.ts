import type { CivilDay } from "../civil-date.ts";
import type { DisputeReason } from "../dispute.ts";
import { parseAmount } from "../money.ts";
import { findDates } from "./dates.ts";
import { plainText } from "./read-reply.ts";
import type { MailReading } from "./received-mail.ts";

/** What of an invoice is promised: `amountMinor` null is all that is left of it. */
export type ProposedShare = { number: string; currency: string; amountMinor: number | null };

/**
 * What we propose to a person who has to answer a reply; accepting it does it. `new_address` needs an address that the person has to
 * give, and `answer` is theirs alone to do.
 */
export type Proposal =
  | { action: "accept_promise"; on: CivilDay; shares: ProposedShare[] }
  | { action: "open_dispute"; invoices: string[]; reason: DisputeReason }
  | { action: "report_paid"; invoices: string[]; paidOn: CivilDay }
  | { action: "offer_instalments"; invoices: string[] }
  | { action: "resend_invoice"; invoices: string[] }
  | { action: "wait"; invoices: string[]; until: CivilDay }
  | { action: "forward"; email: string }
  | { action: "new_address" }
  | { action: "hold_insolvency" }
  | { action: "suppress"; address: string }
  | { action: "answer" };

/** An invoice that the reply is about and that has something left to pay, minor units. */
export type OpenInvoice = { number: string; currency: string; leftMinor: number };

export type ProposalInput = {
  reading: Pick<MailReading, "kind" | "language" | "promise" | "sentence" | "text" | "envelope">;
  /** The oldest due first. */
  invoices: OpenInvoice[];
  today: CivilDay;
  /** The day of writing in the customer's zone. */
  writtenOn: CivilDay;
  /** How long an approval under way may take. */
  waitUntil: CivilDay;
};

const ANSWER = { action: "answer" } as const;
const ADDRESS = /[\p{L}\d][\p{L}\d._%+-]{0,63}@[\p{L}\d](?:[\p{L}\d.-]{0,190}[\p{L}\d])?\.[\p{L}]{2,24}/gu;

/** What to do about a reply. What asks for an invoice, where none is left to pay, is for the person to answer. */
export function proposalFor(input: ProposalInput): Proposal {
  const { reading, today, writtenOn, waitUntil } = input;
  const invoices = input.invoices.map(({ number }) => number);
  const withInvoices = (proposal: Proposal) => (invoices.length > 0 ? proposal : ANSWER);
  switch (reading.kind) {
    case "promise":
      return promiseFor(input);
    case "dispute":
      return withInvoices({ action: "open_dispute", invoices, reason: "other" });
    case "paid":
      return withInvoices({ action: "report_paid", invoices, paidOn: paidOn(reading, { today, writtenOn }) });
    case "hardship":
      return withInvoices({ action: "offer_instalments", invoices });
    case "not_received":
      return withInvoices({ action: "resend_invoice", invoices });
    case "in_approval":
      return withInvoices({ action: "wait", invoices, until: waitUntil });
    case "wrong_person":
      return otherPerson(reading);
    case "insolvency":
      return { action: "hold_insolvency" };
    case "stop":
      return reading.envelope.from === null ? ANSWER : { action: "suppress", address: reading.envelope.from };
    default:
      return ANSWER;
  }
}

function promiseFor({ reading: { promise }, invoices, today }: ProposalInput): Proposal {
  if (!promise?.on || promise.on < today) return ANSWER;
  const { on, amount, currency } = promise;
  const meant = currency === null ? invoices : invoices.filter((invoice) => invoice.currency === currency);
  const shares = amount === null ? meant.map(whole) : sharesOf(amount, meant);
  return shares.length > 0 ? { action: "accept_promise", on, shares } : ANSWER;
}

/** The invoice that comes to the amount, else the oldest first; none where the amount is of no one currency. */
function sharesOf(amount: string, invoices: OpenInvoice[]): ProposedShare[] {
  const currency = invoices[0]?.currency;
  const amountMinor = currency === undefined ? null : parseAmount(amount, currency);
  if (!amountMinor || invoices.some((invoice) => invoice.currency !== currency)) return [];
  const exact = invoices.find(({ leftMinor }) => leftMinor === amountMinor);
  if (exact) return [whole(exact)];
  const shares: ProposedShare[] = [];
  let rest = amountMinor;
  for (const invoice of invoices) {
    if (rest <= 0) break;
    shares.push(rest >= invoice.leftMinor ? whole(invoice) : { ...whole(invoice), amountMinor: rest });
    rest -= invoice.leftMinor;
  }
  return shares;
}

function whole({ number, currency }: OpenInvoice): ProposedShare {
  return { number, currency, amountMinor: null };
}

/** The last day named that is over; else that of writing. */
function paidOn(
  { sentence, language }: ProposalInput["reading"],
  { today, writtenOn }: Pick<ProposalInput, "today" | "writtenOn">,
): CivilDay {
  const named = findDates(plainText(sentence ?? ""), language, { writtenOn, isDayFirst: true });
  const past = named.map(({ on }) => on).filter((on) => on <= writtenOn);
  return Math.min(today, past.at(-1) ?? writtenOn);
}

/** The address of whoever is named instead; the sender's own is nobody else's. */
function otherPerson({ text, envelope }: ProposalInput["reading"]): Proposal {
  const named = text.match(ADDRESS)?.find((one) => one.toLowerCase() !== envelope.from?.toLowerCase());
  return named === undefined ? { action: "new_address" } : { action: "forward", email: named.toLowerCase() };
}
