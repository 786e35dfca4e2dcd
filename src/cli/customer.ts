import { Command } from "commander";
import type { CivilDay } from "../domain/civil-date.ts";
import { formatCivilDay } from "../domain/civil-date.ts";
import type { HoldKind } from "../domain/facts.ts";
import { formatDecimal } from "../domain/money.ts";
import { clearestOf, findCustomers } from "../reminders/records/find-customers.ts";
import { type CustomerCard, getCustomerCard } from "../reminders/records/get-customer-card.ts";
import type { CliContext } from "./context.ts";
import { count } from "./send-table.ts";

export function customerCommand(context: CliContext): Command {
  return new Command("customer")
    .description("how a customer stands: what is open, what comes next and why, the last contact")
    .argument("<text>", "its name, reference or an invoice number; typing errors are allowed in names")
    .action(async (text: string) => {
      const services = await context.services();
      const found = await findCustomers(services, { text });
      if (found.length === 0) context.fail(`no customer is like ${JSON.stringify(text)}`);
      const meant = clearestOf(found, text);
      if (!meant) {
        for (const { ref, name } of found)
          context.out(context.json ? JSON.stringify({ customer: ref, name }) : `${ref}  ${name}`);
        return;
      }
      const card = await getCustomerCard(services, meant.ref);
      if (context.json) context.out(JSON.stringify(toJson(card)));
      else for (const line of toLines(card)) context.out(line);
    });
}

function toJson({ customer, totals, invoices, lastContact }: CustomerCard) {
  return {
    customer: customer.ref,
    name: customer.name,
    owner: customer.ownerEmail,
    totals: totals.map(({ currency, openMinor, overdueMinor }) => ({
      currency,
      open: formatDecimal(openMinor, currency),
      overdue: formatDecimal(overdueMinor, currency),
    })),
    invoices: invoices.map(({ number, currency, balanceMinor, dueOn, next }) => ({
      invoice: number,
      currency,
      balance: formatDecimal(balanceMinor, currency),
      due_on: dayText(dueOn),
      stage: next.stage,
      action: next.action,
      reason: next.reason,
      on: next.on,
    })),
    last_contact: lastContact && { ...lastContact, on: formatCivilDay(lastContact.on) },
  };
}

function toLines(card: CustomerCard): string[] {
  const { customer, totals, invoices, more, lastContact, waiting } = card;
  const owner = customer.ownerEmail ? `, owner ${customer.ownerEmail}` : "";
  return [
    `${customer.name} (${customer.ref})${owner}`,
    ...totals.map(
      ({ currency, openMinor, overdueMinor }) =>
        `  open ${formatDecimal(openMinor, currency)} ${currency}, overdue ${formatDecimal(overdueMinor, currency)}`,
    ),
    ...(lastContact
      ? [
          `  last contact: ${lastContact.kind}${lastContact.who ? ` with ${lastContact.who}` : ""} on ${formatCivilDay(lastContact.on)}: ${lastContact.what}`,
        ]
      : []),
    ...waiting.map(
      ({ kind, about }) => `  waits: ${[kind.replaceAll("_", " "), about].filter(Boolean).join(" ")}`,
    ),
    ...invoices.map(({ number, currency, balanceMinor, dueOn, next }) => {
      const what = [next.stage, next.reason, next.on].filter(Boolean).join(", ");
      return `  ${number}  ${formatDecimal(balanceMinor, currency)} ${currency}  due ${dayText(dueOn) ?? "on no day"}  ${what}`;
    }),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...describeMatters(card).map((line) => `  ${line}`),
  ];
}

const TOLD_OF_THEIR_OWN: readonly HoldKind[] = ["promise", "dispute", "plan"];

/** What keeps invoices out of the reminders: promises, disputes, plans and the other holds, a line each. */
function describeMatters({ promises, disputes, plans, holds, invoices, today }: CustomerCard): string[] {
  const money = (minor: number, currency: string) => `${formatDecimal(minor, currency)} ${currency}`;
  const numbers = new Map(invoices.map(({ id, number }) => [id, number]));
  return [
    ...promises.map(
      ({ invoiceNumber, amountMinor, currency, on, state }) =>
        `${invoiceNumber}: promised ${money(amountMinor, currency)} for ${formatCivilDay(on)}${asked(state)}`,
    ),
    ...disputes.map(
      ({ invoiceNumber, amountMinor, currency, reason }) =>
        `${invoiceNumber}: disputed${amountMinor === null ? "" : ` ${money(amountMinor, currency)}`}: ${reason.replaceAll("_", " ")}`,
    ),
    ...plans.map(({ invoices: held, currency, instalments, state }) => {
      const next = instalments.find((instalment) => instalment.state === "open");
      const due = next ? `, next ${money(next.amountMinor, currency)} on ${formatCivilDay(next.on)}` : "";
      const which = held.map(({ number }) => number).join(", ");
      return `${which}: plan of ${count(instalments.length, "instalment")}${due}${asked(state)}`;
    }),
    ...holds
      .filter(({ kind, until }) => !TOLD_OF_THEIR_OWN.includes(kind) && (until === null || today <= until))
      .map(({ invoiceId, until, reason }) => {
        const which = invoiceId === null ? "everything" : (numbers.get(invoiceId) ?? "another invoice");
        return `${which}: on hold ${until === null ? "until somebody ends it" : `through ${formatCivilDay(until)}`}: ${reason}`;
      }),
  ];
}

function asked(state: string): string {
  return state === "asked" ? ", not agreed yet" : "";
}

function dayText(day: CivilDay | null): string | null {
  return day === null ? null : formatCivilDay(day);
}
