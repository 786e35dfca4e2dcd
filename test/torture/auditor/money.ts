import type { BookEntry } from "../evidence.ts";
import type { Finding } from "./findings.ts";
import { sharesAt } from "./holds.ts";
import { askedInLetter } from "./letters.ts";
import type { Invoice, Records } from "./records.ts";
import type { Letter, Send } from "./sends.ts";

/** What was left to pay when the mail was marked as sending: the amount less all money entered before that. */
export function balanceAt(invoice: Invoice, seq: number): number {
  return invoice.ledger
    .filter((entry) => entry.kind === "payment_recorded" && entry.seq < seq)
    .reduce((left, { data }) => left - (invoice.money.get(data.reference) ?? 0), invoice.amountMinor);
}

/** Mails about what was paid: by the order of the ledger, and by when whoever paid had it confirmed. */
export function sentAfterPayment(letters: Letter[], book: BookEntry[]): Finding[] {
  return letters.flatMap((letter) =>
    letter.sends.flatMap((send) => {
      if (balanceAt(send.invoice, send.sending.seq) <= 0) {
        return [finding(letter, send, "nothing was left to pay by its ledger")];
      }
      const left = leftForSure(letter, send, book);
      return left <= 0 ? [finding(letter, send, "paid, and confirmed before the process began")] : [];
    }),
  );
}

/** The most that can have been left: what was confirmed before the process began counts, and money back that may have come since. */
function leftForSure({ run, mail }: Letter, { invoice }: Send, book: BookEntry[]): number {
  let left = invoice.amountMinor;
  for (const { invoice: number, kind, amountMinor, begunAt, ackedAt } of book) {
    if (number !== invoice.number) continue;
    if (kind === "refund") {
      if (begunAt < mail.at) left += amountMinor;
    } else if (run && ackedAt !== null && ackedAt < run.startedAt) left -= amountMinor;
  }
  return left;
}

/** Sums in letters that are not what was left to pay at that moment; less is fine where the customer has credit or a held share. */
export async function wrongSums(letters: Letter[], book: BookEntry[]): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const letter of letters) {
    const asked = await askedInLetter(letter.mail.raw);
    for (const send of letter.sends) {
      const { invoice, sending } = send;
      const sum = asked(invoice.number, invoice.currency);
      const balance = balanceAt(invoice, sending.seq);
      const { least, most } = sharesAt(invoice, sending.seq, letter.day);
      const credit = creditOf(invoice, book, letter);
      if (sum === null) found.push(finding(letter, send, "the letter names no sum for it"));
      else if (sum !== sending.data.asked)
        found.push(finding(letter, send, `asks ${sum}, not ${sending.data.asked} as on record`));
      else if (sum > balance - least || sum < balance - most - credit)
        found.push(
          finding(letter, send, `asks ${sum} of a balance of ${balance}, of which ${least} to ${most} held`),
        );
    }
  }
  return found;
}

function creditOf({ customer, currency }: Invoice, book: BookEntry[], { mail }: Letter): number {
  return book
    .filter(
      (entry) => entry.invoice === null && entry.customer === customer.ref && entry.currency === currency,
    )
    .filter(({ begunAt }) => begunAt < mail.at)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** Money that was confirmed and is not on record, is there twice or was never told, and balances that are not what the money makes them. */
export function wrongBooks({ invoices, payments }: Records, book: BookEntry[]): Finding[] {
  const found: Finding[] = [];
  for (const { reference, amountMinor, ackedAt } of book) {
    const stored = payments.filter((payment) => payment.reference === reference);
    if (stored.length !== 1 && ackedAt !== null)
      found.push({ what: `${reference} is on record ${stored.length} times` });
    else if (stored.some((payment) => payment.amountMinor !== amountMinor))
      found.push({ what: `${reference} is another sum` });
  }
  const known = new Set(book.map(({ reference }) => reference));
  for (const { reference } of payments)
    if (!known.has(reference)) found.push({ what: `${reference} was never told` });
  for (const invoice of invoices.values()) {
    const balance = balanceAt(invoice, Number.POSITIVE_INFINITY);
    const money = [...invoice.money.values()].reduce((sum, amount) => sum + amount, 0);
    if (balance !== invoice.balanceMinor || money !== invoice.amountMinor - balance) {
      found.push({
        invoice: invoice.number,
        what: `its balance is ${invoice.balanceMinor}, by its ledger ${balance}`,
      });
    }
  }
  return found;
}

function finding({ mail, reminder }: Letter, { invoice }: Send, what: string): Finding {
  return { what, invoice: invoice.number, reminder, mail: mail.id };
}
