import { type CivilDay, parseCivilDay } from "../domain/civil-date.ts";
import { makePromise } from "../reminders/agreements/make-promise.ts";
import { openDispute } from "../reminders/agreements/open-dispute.ts";
import { approveReminder } from "../reminders/decisions/approve-reminder.ts";
import { setHold } from "../reminders/decisions/set-hold.ts";
import { putCustomers } from "../reminders/records/put-customers.ts";
import { suppressAddress } from "../reminders/sending/suppress-address.ts";
import type { Services } from "../services.ts";
import { formatAmount } from "./amounts.ts";

export const STORY_ZONE = "Europe/Berlin";

/** The first and last day of the story, in Hamburg. */
export const STORY = { from: day("2026-09-01"), until: day("2026-11-12") };

/** What happens besides payments: who says what, and the use case that records it. */
export type Happening = {
  on: CivilDay;
  /** Hamburg time, `HH:MM`. */
  at: string;
  what: string;
  customer: string;
  invoice?: string;
  amount?: string;
  notes: string[];
  record(services: Services): Promise<unknown>;
};

const BROKEN_LAMPS_MINOR = 312_000;

export const HAPPENINGS: Happening[] = [
  {
    on: day("2026-09-22"),
    at: "09:00",
    what: "new contact",
    customer: "ALPENGLAS",
    notes: ["Rita telephoned: bills go to Urs Frei, rechnung@alpenglas.example."],
    record: (services) => {
      const contact = { name: "Urs Frei", email: "rechnung@alpenglas.example", role: "billing" as const };
      return putCustomers(services, [{ ref: "ALPENGLAS", contact }], byCli(services));
    },
  },
  {
    on: day("2026-09-23"),
    at: "09:00",
    what: "pause",
    customer: "HUAYUE",
    invoice: "HY-1021",
    notes: ["王芳 says that the transfer is on its way: Wei pauses through 2 October."],
    record: (services) =>
      setHold(services, {
        invoiceNumber: "HY-1021",
        reason: "Their transfer is on its way",
        until: day("2026-10-02"),
        author: "cli",
      }),
  },
  {
    on: day("2026-09-25"),
    at: "19:00",
    what: "bounce",
    customer: "BLUEMESA",
    notes: ["ap@bluemesa.example does not exist any more; nothing is ever sent there again."],
    record: (services) =>
      suppressAddress(services, { address: "ap@bluemesa.example", reason: "bounce", source: "demo" }),
  },
  {
    on: day("2026-09-29"),
    at: "14:00",
    what: "dispute",
    customer: "PELICAN",
    invoice: "PE-0588",
    amount: formatAmount(BROKEN_LAMPS_MINOR, "EUR"),
    notes: ["“Two of the four lamps came broken”: half of the invoice is contested, the other half is not."],
    record: (services) =>
      openDispute(services, {
        invoiceNumber: "PE-0588",
        amountMinor: BROKEN_LAMPS_MINOR,
        reason: "goods",
        text: "Two of the four lamps came broken",
        name: "Léa Martin",
        author: "debtor",
      }),
  },
  {
    on: day("2026-10-13"),
    at: "14:00",
    what: "promise",
    customer: "KESTREL",
    invoice: "KS-0415",
    amount: formatAmount(785_000, "GBP"),
    notes: ["“We will pay on Friday the 23rd.” It holds through two sending days after that."],
    record: (services) =>
      makePromise(services, {
        invoices: [{ number: "KS-0415" }],
        on: day("2026-10-23"),
        name: "Colin Marsh",
        author: "debtor",
        by: "debtor",
      }),
  },
  {
    on: day("2026-11-10"),
    at: "11:00",
    what: "approval",
    customer: "IRONVALE",
    invoice: "IV-3301",
    notes: ["Fatima has looked at the bank: not paid. She approves the formal notice."],
    record: (services) => approveReminder(services, { asked: "IV-3301", author: "fatima" }),
  },
];

function byCli(services: Services) {
  return { author: "cli", at: services.clock() };
}

function day(iso: string): CivilDay {
  return parseCivilDay(iso)!;
}
