import { type CustomerMatters, readCustomerMatters } from "../../db/customer-matters.ts";
import { loadByRef } from "../../db/due.ts";
import type { CivilDay } from "../../domain/civil-date.ts";
import type { CustomerContext } from "../../domain/customer-context.ts";
import type { ContactFacts, CustomerFacts, InvoiceFacts } from "../../domain/facts.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { contextNow, type WhyAnswer, whyOf } from "../forecast/why.ts";

const MOST_INVOICES = 100;

/** An open invoice, minor units, with what comes next and why. */
export type CardInvoice = {
  id: string;
  number: string;
  currency: string;
  balanceMinor: number;
  dueOn: CivilDay | null;
  daysOverdue: number;
  next: WhyAnswer;
};

export type CustomerCard = CustomerMatters & {
  customer: Pick<CustomerFacts, "id" | "ref" | "name"> & {
    ownerEmail: string | null;
    locale: string | null;
    contacts: ContactFacts[];
  };
  /** The customer's civil day. */
  today: CivilDay;
  /** The oldest due first. */
  invoices: CardInvoice[];
  /** How many more there are than are listed. */
  more: number;
  /** What is open and, of that, past its due date, minor units. */
  totals: { currency: string; openMinor: number; overdueMinor: number }[];
};

/** How a customer stands: what is open, what comes next and why, the last contact, and what goes on. Throws `not_found`. */
export async function getCustomerCard(
  services: Pick<Services, "db" | "clock">,
  ref: string,
): Promise<CustomerCard> {
  const { world, customers } = await loadByRef(services.db, ref);
  const [stored] = customers;
  if (!stored) throw new AppError("not_found", `there is no customer ${ref}`);
  const { facts, policyName, ownerEmail, locale } = stored;
  const open = [...facts.invoices].sort(
    (a, b) => (a.dueOn ?? Number.POSITIVE_INFINITY) - (b.dueOn ?? Number.POSITIVE_INFINITY),
  );
  const numbers = open.map(({ number }) => number);
  const context = await contextNow(services, { world, customer: facts, policyName });
  const matters = await readCustomerMatters(services.db, { customerId: facts.id, numbers });
  const { id, name, contacts } = facts;
  return {
    customer: { id, ref, name, ownerEmail, locale, contacts },
    today: context.today,
    invoices: open.slice(0, MOST_INVOICES).map((invoice) => ({
      id: invoice.id,
      number: invoice.number,
      currency: invoice.currency,
      balanceMinor: invoice.balanceMinor,
      dueOn: invoice.dueOn,
      daysOverdue: daysOverdue(context, invoice),
      next: whyOf(world, context, invoice),
    })),
    more: Math.max(0, open.length - MOST_INVOICES),
    totals: totalsOf(context, open),
    ...matters,
  };
}

function daysOverdue({ today }: CustomerContext, { dueOn }: InvoiceFacts): number {
  return dueOn === null ? 0 : Math.max(0, today - dueOn);
}

function totalsOf(context: CustomerContext, open: InvoiceFacts[]): CustomerCard["totals"] {
  const byCurrency = Map.groupBy(open, ({ currency }) => currency);
  const sum = (invoices: InvoiceFacts[]) =>
    invoices.reduce((total, { balanceMinor }) => total + balanceMinor, 0);
  return [...byCurrency].map(([currency, invoices]) => ({
    currency,
    openMinor: sum(invoices),
    overdueMinor: sum(invoices.filter((invoice) => daysOverdue(context, invoice) > 0)),
  }));
}
