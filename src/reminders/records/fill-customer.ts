import type { CustomerProfile } from "../../db/customers.ts";
import { newId } from "../../domain/ids.ts";
import type { InvoiceRecord } from "../../domain/records.ts";
import { type Recording, touch } from "../recording.ts";
import type { InvoiceBook } from "./put-invoices.ts";

/** Creates the customer that an invoice names, or fills in what was not known about it. Says whether anything changed. */
export function fillCustomer(recording: Recording, book: InvoiceBook, record: InvoiceRecord): boolean {
  const known = book.customers.get(record.customerRef);
  const customer = known ?? newCustomer(record.customerRef, newId("cus", recording.at));
  if (!known) {
    book.customers.set(customer.ref, customer);
    recording.created.add(customer.id);
  }
  const isFilled = fillFields(customer, record);
  if (!known || isFilled) recording.changes.customers.set(customer.id, customer);
  if (isFilled && customer.ownerEmail) recording.changes.owners.add(customer.ownerEmail);
  const isBilled = addBillingContact(recording, customer, record.customerEmail);
  if (isFilled || isBilled) touch(recording, customer.id);
  return !known || isFilled || isBilled;
}

export function newCustomer(ref: string, id: string): CustomerProfile {
  return {
    id,
    ref,
    name: ref,
    legalName: null,
    address: null,
    kind: "company",
    country: null,
    locale: null,
    timezone: null,
    ownerEmail: null,
    policy: null,
    hasBillingContact: false,
  };
}

function fillFields(customer: CustomerProfile, record: InvoiceRecord): boolean {
  const name = customer.name === customer.ref ? (record.customerName ?? customer.name) : customer.name;
  const ownerEmail = customer.ownerEmail ?? record.ownerEmail?.toLowerCase() ?? null;
  if (name === customer.name && ownerEmail === customer.ownerEmail) return false;
  Object.assign(customer, { name, ownerEmail });
  return true;
}

function addBillingContact(
  recording: Recording,
  customer: CustomerProfile,
  email: string | undefined,
): boolean {
  if (email === undefined || customer.hasBillingContact) return false;
  customer.hasBillingContact = true;
  const contact = {
    id: newId("con", recording.at),
    customerId: customer.id,
    role: "billing" as const,
    name: null,
    email: email.toLowerCase(),
  };
  recording.changes.contacts.set(contact.id, contact);
  return true;
}
