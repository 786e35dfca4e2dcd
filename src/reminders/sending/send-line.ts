import { type CivilDay, formatCivilDay } from "../../domain/civil-date.ts";
import type { CustomerFacts } from "../../domain/facts.ts";
import type { PlannedReminder } from "../../domain/group.ts";
import { formatDecimal } from "../../domain/money.ts";

/** One invoice in one reminder, as it is told to programs. */
export type SendLine = {
  date: string;
  invoice: string;
  customer: string;
  stage: string;
  action: "send";
  reminder: string;
};

/** The same for people, who read the customer's name and what is asked for. */
export type Send = SendLine & { name: string; amount: string };

/** What leaves with one reminder, invoice by invoice; `id` is the reminder's. */
export function sendsOf(
  { items }: PlannedReminder,
  { id, on, customer }: { id: string; on: CivilDay; customer: CustomerFacts },
): Send[] {
  return items.map(({ invoice: { number, currency }, stage, askedMinor }) => ({
    date: formatCivilDay(on),
    invoice: number,
    customer: customer.ref,
    stage,
    action: "send",
    reminder: id,
    name: customer.name,
    amount: `${currency} ${formatDecimal(askedMinor, currency)}`,
  }));
}

/** Its fields for programs alone, in their order. */
export function toSendLine({ date, invoice, customer, stage, action, reminder }: SendLine): SendLine {
  return { date, invoice, customer, stage, action, reminder };
}
