import type { Transaction } from "@libsql/client";
import {
  type CustomerProfile,
  contactsByCustomerRefQuery,
  profilesByRefQuery,
  readContacts,
  readProfiles,
  type StoredContact,
} from "../../db/customers.ts";
import { currentPoliciesQuery, readPolicies } from "../../db/policies.ts";
import { newId } from "../../domain/ids.ts";
import { STANDARD_POLICY } from "../../domain/policy.ts";
import type { CustomerRecord } from "../../domain/records.ts";
import type { Services } from "../../services.ts";
import { type Recording, startRecording, touch, writeRecording } from "../recording.ts";
import { newCustomer } from "./fill-customer.ts";
import type { RecordOutcome } from "./record-outcome.ts";
import type { WriteContext } from "./write-context.ts";

type CustomerBook = {
  customers: Map<string, CustomerProfile>;
  contacts: Map<string, StoredContact>;
  policies: Set<string>;
};

/**
 * Stores customers as told, all in one transaction: an absent field leaves what is stored, and a record that says nothing new
 * touches nothing. Several records may carry the contacts of one customer. One outcome a record, in their order.
 */
export async function putCustomers(
  services: Services,
  records: CustomerRecord[],
  context: WriteContext,
): Promise<RecordOutcome[]> {
  return services.db.write(async (tx) => {
    const book = await loadBook(tx, records);
    const recording = startRecording(context);
    const outcomes = records.map((record) => putCustomer(recording, book, record));
    await writeRecording(tx, recording, new Map());
    return outcomes;
  });
}

async function loadBook(tx: Transaction, records: CustomerRecord[]): Promise<CustomerBook> {
  const refs = records.map((record) => record.ref);
  const [customers, contacts, policies] = await tx.batch([
    profilesByRefQuery(refs),
    contactsByCustomerRefQuery(refs),
    currentPoliciesQuery(),
  ]);
  return {
    customers: readProfiles(customers!),
    contacts: new Map(readContacts(contacts!).map((contact) => [contactKey(contact), contact])),
    policies: new Set([STANDARD_POLICY.name, ...readPolicies(policies!).keys()]),
  };
}

function putCustomer(recording: Recording, book: CustomerBook, record: CustomerRecord): RecordOutcome {
  if (record.policy !== undefined && !book.policies.has(record.policy)) {
    const known = [...book.policies].sort().join(", ");
    return { ok: false, column: "policy", value: record.policy, error: `no such policy; there is ${known}` };
  }
  const known = book.customers.get(record.ref);
  const customer = known ?? newCustomer(record.ref, newId("cus", recording.at));
  if (!known) {
    book.customers.set(customer.ref, customer);
    recording.created.add(customer.id);
  }
  const isChanged = changeFields(customer, record) || !known;
  if (isChanged) {
    recording.changes.customers.set(customer.id, customer);
    if (customer.ownerEmail) recording.changes.owners.add(customer.ownerEmail);
  }
  const isContactChanged = putContact(recording, book, customer.id, record.contact);
  if (isChanged || isContactChanged) touch(recording, customer.id);
  return { ok: true, changed: isChanged || isContactChanged };
}

function changeFields(customer: CustomerProfile, record: CustomerRecord): boolean {
  const { ref: _ref, contact: _contact, ...told } = record;
  const fields = { ...told, ownerEmail: told.ownerEmail?.toLowerCase() };
  const changes = Object.entries(fields).filter(
    ([field, value]) => value !== undefined && value !== customer[field as keyof typeof fields],
  );
  Object.assign(customer, Object.fromEntries(changes));
  return changes.length > 0;
}

function putContact(
  recording: Recording,
  book: CustomerBook,
  customerId: string,
  told: CustomerRecord["contact"],
): boolean {
  if (!told) return false;
  const { role, name } = told;
  const key = contactKey({ customerId, role, email: told.email });
  const known = book.contacts.get(key);
  if (known && (name === undefined || name === known.name)) return false;
  const contact = known ?? {
    id: newId("con", recording.at),
    customerId,
    role,
    name: null,
    email: told.email.toLowerCase(),
  };
  contact.name = name ?? null;
  book.contacts.set(key, contact);
  recording.changes.contacts.set(contact.id, contact);
  return true;
}

function contactKey({
  customerId,
  role,
  email,
}: Pick<StoredContact, "customerId" | "role" | "email">): string {
  return `${customerId} ${role} ${email.toLowerCase()}`;
}
