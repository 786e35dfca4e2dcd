import type { InStatement, ResultSet } from "@libsql/client";
import type { ContactRole, CustomerKind } from "../domain/facts.ts";
import type { Instant } from "../domain/zone.ts";

export type CustomerProfile = {
  id: string;
  ref: string;
  name: string;
  legalName: string | null;
  address: string | null;
  kind: CustomerKind;
  country: string | null;
  locale: string | null;
  timezone: string | null;
  ownerEmail: string | null;
  policy: string | null;
  hasBillingContact: boolean;
};

export type StoredContact = {
  id: string;
  customerId: string;
  role: ContactRole;
  name: string | null;
  email: string;
};

// A batch comes back as one JSON text: the embedded client takes longer to build a row than SQLite to find it.
export function profilesByRefQuery(refs: Iterable<string>): InStatement {
  return {
    sql: `SELECT json_group_array(json_array(c.id, c.ref, c.name, c.legal_name, c.address, c.kind, c.country, c.locale,
            c.timezone, c.owner_email, c.policy,
            EXISTS (SELECT 1 FROM contacts WHERE customer_id = c.id AND role = 'billing'))) AS found
          FROM json_each(?) wanted JOIN customers c ON c.ref = wanted.value`,
    args: [JSON.stringify([...new Set(refs)])],
  };
}

export function contactsByCustomerRefQuery(refs: Iterable<string>): InStatement {
  return {
    sql: `SELECT json_group_array(json_array(n.id, n.customer_id, n.role, n.name, n.email)) AS found
          FROM json_each(?) wanted JOIN customers c ON c.ref = wanted.value JOIN contacts n ON n.customer_id = c.id`,
    args: [JSON.stringify([...new Set(refs)])],
  };
}

/** Customers by reference. */
export function readProfiles(result: ResultSet): Map<string, CustomerProfile> {
  const found: Profile[] = JSON.parse(String(result.rows[0]!.found));
  return new Map(found.map((values) => [values[1], toProfile(values)]));
}

export function readContacts(result: ResultSet): StoredContact[] {
  const found: Contact[] = JSON.parse(String(result.rows[0]!.found));
  return found.map(([id, customerId, role, name, email]) => ({ id, customerId, role, name, email }));
}

export function putOwnersStatement(emails: Iterable<string>): InStatement {
  return {
    sql: "INSERT INTO owners (email) SELECT value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING",
    args: [JSON.stringify([...emails])],
  };
}

export function putCustomersStatement(customers: Iterable<CustomerProfile>, at: Instant): InStatement {
  const rows = Array.from(customers, (c) => [
    c.id,
    c.ref,
    c.name,
    c.legalName,
    c.address,
    c.kind,
    c.country,
    c.locale,
    c.timezone,
    c.ownerEmail,
    c.policy,
  ]);
  return {
    sql: `INSERT INTO customers (id, ref, name, legal_name, address, kind, country, locale, timezone, owner_email, policy,
            created_at, updated_at)
          SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9,
            value->>10, ?2, ?2 FROM json_each(?1) WHERE true
          ON CONFLICT (id) DO UPDATE SET name = excluded.name, legal_name = excluded.legal_name, address = excluded.address,
            kind = excluded.kind, country = excluded.country, locale = excluded.locale, timezone = excluded.timezone,
            owner_email = excluded.owner_email, policy = excluded.policy, updated_at = excluded.updated_at`,
    args: [JSON.stringify(rows), at],
  };
}

/** What the owner on record was asked about these customers goes to whom they have now; before they are put. Finance's questions stay. */
export function passQuestionsStatement(customers: Iterable<CustomerProfile>): InStatement {
  const rows = Array.from(customers, ({ id, ownerEmail }) => [id, ownerEmail]);
  return {
    sql: `UPDATE alerts SET to_email = j.value->>1 FROM json_each(?) j JOIN customers c ON c.id = j.value->>0
          WHERE alerts.asks = 1 AND alerts.customer_id = c.id AND alerts.to_email = c.owner_email AND c.owner_email <> j.value->>1
            AND c.owner_email IS NOT (SELECT lower(body->>'finance_owner') FROM creditors)`,
    args: [JSON.stringify(rows)],
  };
}

export function putContactsStatement(contacts: Iterable<StoredContact>): InStatement {
  const rows = Array.from(contacts, (c) => [c.id, c.customerId, c.role, c.name, c.email]);
  return {
    sql: `INSERT INTO contacts (id, customer_id, role, name, email)
          SELECT value->>0, value->>1, value->>2, value->>3, value->>4 FROM json_each(?) WHERE true
          ON CONFLICT (id) DO UPDATE SET name = excluded.name`,
    args: [JSON.stringify(rows)],
  };
}

type Text = string | null;
type Profile = [string, string, string, Text, Text, CustomerKind, Text, Text, Text, Text, Text, number];
type Contact = [string, string, ContactRole, Text, string];

function toProfile(values: Profile): CustomerProfile {
  const [id, ref, name, legalName, address, kind, country, locale, timezone, ownerEmail, policy, billing] =
    values;
  const hasBillingContact = billing === 1;
  return {
    id,
    ref,
    name,
    legalName,
    address,
    kind,
    country,
    locale,
    timezone,
    ownerEmail,
    policy,
    hasBillingContact,
  };
}
