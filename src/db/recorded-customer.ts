import {
  type CustomerProfile,
  contactsByCustomerRefQuery,
  profilesByRefQuery,
  readContacts,
  readProfiles,
  type StoredContact,
} from "./customers.ts";
import type { Db } from "./open.ts";

/** What is recorded about a customer. */
export type RecordedCustomer = CustomerProfile & { contacts: StoredContact[] };

/** One customer by reference, with its contacts in the order in which they came. */
export async function findRecordedCustomer(db: Db, ref: string): Promise<RecordedCustomer | undefined> {
  const [profiles, contacts] = await db.batch(
    [profilesByRefQuery([ref]), contactsByCustomerRefQuery([ref])],
    "read",
  );
  const profile = readProfiles(profiles!).get(ref);
  if (!profile) return undefined;
  return { ...profile, contacts: readContacts(contacts!).sort((a, b) => (a.id < b.id ? -1 : 1)) };
}
