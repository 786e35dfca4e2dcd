import { localTime, nameOfDay } from "./days.ts";
import type { Finding } from "./findings.ts";
import type { Policy } from "./policy.ts";
import type { Invoice, Records } from "./records.ts";
import type { Letter } from "./sends.ts";

export type Contacts = { records: Records; letters: Letter[]; policyOf(invoice: Invoice): Policy };

const CAP_DAYS = 30;

/** Letters to one customer closer to each other than the policy's gap, or more in thirty days than it allows. */
export function insideGap({ records, letters, policyOf }: Contacts): Finding[] {
  const byCustomer = Map.groupBy(
    letters.filter((letter) => letter.sends.length > 0 && isContact(records, letter)),
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
function isContact({ reminders }: Records, { reminder, mail }: Letter): boolean {
  const known = reminders.get(reminder);
  if (!known || known.settledBy === "no_evidence") return false;
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

/** Letters about what was held as a whole when they were marked as sending, by the order of the ledger. */
export function sentWhileHeld({ letters }: Contacts): Finding[] {
  return letters.flatMap(({ sends, day, reminder, mail }) =>
    sends.flatMap(({ invoice, sending }) => {
      const holds = new Map<string, string | null>();
      for (const { seq, kind, data } of invoice.ledger) {
        if (seq >= sending.seq) break;
        if (kind === "hold_set" && data.share === undefined)
          holds.set(`${data.hold} ${data.on}`, data.until ?? null);
        if (kind === "hold_ended") endHold(holds, data);
        if (kind === "dispute_opened") holds.set("dispute", null);
        if (kind === "dispute_closed") holds.delete("dispute");
      }
      const today = nameOfDay(day);
      const held = [...holds].find(([, until]) => until === null || today <= until);
      return held ? [{ what: `held: ${held[0]}`, invoice: invoice.number, reminder, mail: mail.id }] : [];
    }),
  );
}

function endHold(holds: Map<string, string | null>, ended: { hold: string; on?: string }): void {
  for (const on of ended.on ? [ended.on] : ["invoice", "customer"]) holds.delete(`${ended.hold} ${on}`);
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
