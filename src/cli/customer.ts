import { Command } from "commander";
import type { CivilDay } from "../domain/civil-date.ts";
import { formatCivilDay } from "../domain/civil-date.ts";
import { formatDecimal } from "../domain/money.ts";
import { clearestOf, findCustomers } from "../reminders/records/find-customers.ts";
import { type CustomerCard, getCustomerCard } from "../reminders/records/get-customer-card.ts";
import type { CliContext } from "./context.ts";

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

function toLines({ customer, totals, invoices, more, lastContact, waiting }: CustomerCard): string[] {
  const owner = customer.ownerEmail ? `, owner ${customer.ownerEmail}` : "";
  return [
    `${customer.name} (${customer.ref})${owner}`,
    ...totals.map(
      ({ currency, openMinor, overdueMinor }) =>
        `  open ${formatDecimal(openMinor, currency)} ${currency}, overdue ${formatDecimal(overdueMinor, currency)}`,
    ),
    ...(lastContact
      ? [`  last contact: ${lastContact.kind} on ${formatCivilDay(lastContact.on)}: ${lastContact.what}`]
      : []),
    ...waiting.map(
      ({ kind, about }) => `  waits: ${[kind.replaceAll("_", " "), about].filter(Boolean).join(" ")}`,
    ),
    ...invoices.map(({ number, currency, balanceMinor, dueOn, next }) => {
      const what = [next.stage, next.reason, next.on].filter(Boolean).join(", ");
      return `  ${number}  ${formatDecimal(balanceMinor, currency)} ${currency}  due ${dayText(dueOn) ?? "on no day"}  ${what}`;
    }),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function dayText(day: CivilDay | null): string | null {
  return day === null ? null : formatCivilDay(day);
}
