import type { Command } from "commander";
import type { HoldTarget } from "../reminders/decisions/hold-target.ts";

/** An invoice or a customer; both or neither is wrong usage. */
export function readTarget(given: { invoice?: string; customer?: string; command: Command }): HoldTarget {
  const { invoice, customer, command } = given;
  if (invoice !== undefined && customer === undefined) return { invoiceNumber: invoice };
  if (customer !== undefined && invoice === undefined) return { customerRef: customer };
  return command.error("error: name either an invoice or --customer REFERENCE", {
    exitCode: 2,
    code: "dunwell.usage",
  });
}

export function describeTarget({ invoiceNumber, customerRef }: HoldTarget): string {
  return invoiceNumber === undefined ? `Customer ${customerRef}` : `Invoice ${invoiceNumber}`;
}

export function targetJson({ invoiceNumber, customerRef }: HoldTarget): Record<string, string | undefined> {
  return invoiceNumber === undefined ? { customer: customerRef } : { invoice: invoiceNumber };
}
