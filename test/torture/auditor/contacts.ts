import { localTime, nameOfDay } from "./days.ts";
import type { Finding } from "./findings.ts";
import type { Policy } from "./policy.ts";
import type { Invoice } from "./records.ts";
import { isTakenAsUnsent, type Letter } from "./sends.ts";

export type Contacts = { letters: Letter[]; policyOf(invoice: Invoice): Policy };

const CAP_DAYS = 30;

/** Letters to one customer closer to each other than the policy's gap, or more in thirty days than it allows. */
export function insideGap({ letters, policyOf }: Contacts): Finding[] {
  const byCustomer = Map.groupBy(
    letters.filter((letter) => letter.sends.length > 0 && isContact(letter)),
    ({ sends }) => sends[0]!.invoice.customer,
  );
  return [...byCustomer].flatMap(([customer, own]) => {
    const { gapDays, contactsPer30Days } = policyOf(own[0]!.sends[0]!.invoice);
    const sorted = own.sort((a, b) => a.day - b.day);
    return sorted.flatMap((letter, i) => {
      const before = sorted[i - 1];
      const oldest = sorted[i - contactsPer30Days];
      const days = before ? letter.day - before.day : Number.POSITIVE_INFINITY;
      const isTooMany = oldest !== undefined && letter.day - oldest.day < CAP_DAYS;
      if (days >= gapDays && !isTooMany) return [];
      const what =
        days < gapDays
          ? `${days} days after ${nameOfDay(before!.day)}`
          : `one more than ${contactsPer30Days} in 30 days`;
      return [{ what, customer: customer.ref, reminder: letter.reminder, mail: letter.mail.id }];
    });
  });
}

/** What reached nobody is no contact, nor is what was taken as not sent because there was no evidence of it. */
function isContact({ reminder, mail, sends }: Letter): boolean {
  const { ledger } = sends[0]!.invoice;
  if (ledger.some((entry) => entry.data.reminder === reminder && isTakenAsUnsent(entry))) return false;
  return !mail.to.every((address) => address.startsWith("bounces-"));
}

/** Letters that left on a day of the week or at an hour at which the policy sends none. */
export function outOfHours({ letters, policyOf }: Contacts): Finding[] {
  return letters.flatMap(({ sends, at, reminder, mail }) => {
    const [send] = sends;
    if (!send) return [];
    const { days, from, until } = policyOf(send.invoice);
    const { weekday, time } = localTime(at, send.invoice.customer.zone);
    if (days.includes(weekday) && from <= time && time < until) return [];
    return [{ what: `it left on ${weekday} at ${time}`, reminder, mail: mail.id }];
  });
}

/** Mails to addresses of which it was known, before the process began, that nothing may go there any more. */
export function toSuppressed(letters: Letter[], suppressedAt: Record<string, number>): Finding[] {
  return letters.flatMap(({ mail, run, reminder }) => {
    const address = mail.to.find(
      (to) => run && (suppressedAt[to.toLowerCase()] ?? Number.POSITIVE_INFINITY) < run.startedAt,
    );
    return address ? [{ what: "an address that bounced or complained", reminder, mail: mail.id }] : [];
  });
}
