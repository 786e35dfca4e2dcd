import { type CivilDay, parseCivilDay } from "../../src/domain/civil-date.ts";
import type { CustomerRecord, InvoiceRecord, PaymentRecord } from "../../src/domain/records.ts";

/** Who we are, as a creditor file says it. */
export const ACME = {
  legal_name: "Acme GmbH",
  address: "Hauptstraße 1, 10115 Berlin",
  country: "DE",
  timezone: "Europe/Berlin",
  locale: "en",
  from: "Acme Accounts <ar@acme.example>",
  contact: { name: "Frieda Finanz", email: "ar@acme.example", phone: "+49 30 1234567" },
  bank: { holder: "Acme GmbH", iban: "DE89370400440532013000", bic: "COBADEFFXXX", name: "Commerzbank" },
  finance_owner: "fin@acme.example",
};

/** The usual debtor: a German company with somebody for bills and a sales rep of ours. */
export const NORDWIND: CustomerRecord = {
  ref: "NORDWIND",
  name: "Nordwind Handel",
  legalName: "Nordwind Handels GmbH",
  address: "Hafenweg 7, 20457 Hamburg",
  country: "DE",
  locale: "en",
  timezone: "Europe/Berlin",
  ownerEmail: "rita.rep@acme.example",
  contact: { name: "Bela Buch", email: "bills@nordwind.example", role: "billing" },
};

/** A Chinese company, written to in Chinese. */
export const HUAYUE: CustomerRecord = {
  ref: "HUAYUE",
  name: "华悦贸易有限公司",
  country: "CN",
  locale: "zh-CN",
  timezone: "Asia/Shanghai",
  ownerEmail: "rita.rep@acme.example",
  contact: { name: "王芳", email: "ap@huayue.example", role: "billing" },
};

/** An American company that has nobody's address on record. */
export const SILENT: CustomerRecord = {
  ref: "SILENT",
  name: "Silent Partners LLC",
  country: "US",
  timezone: "America/New_York",
};

/** A private person, who is never reminded. */
export const KARL: CustomerRecord = {
  ref: "KARL",
  name: "Karl Konsument",
  kind: "consumer",
  country: "DE",
  contact: { email: "karl@home.example", role: "billing" },
};

export function day(iso: string): CivilDay {
  const found = parseCivilDay(iso);
  if (found === null) throw new Error(`${iso} is no date`);
  return found;
}

let numbers = 0;

/** An open invoice of 1,000.00 EUR to Nordwind, issued on 2 February 2026 and due a month later. */
export function invoice(overrides: Partial<InvoiceRecord> = {}): InvoiceRecord {
  return {
    number: `A-${++numbers}`,
    customerRef: NORDWIND.ref,
    currency: "EUR",
    amountMinor: 100_000,
    issuedOn: day("2026-02-02"),
    dueOn: day("2026-03-04"),
    ...overrides,
  };
}

/** A payment of 1,000.00 EUR on 2 March 2026, without a reference. */
export function payment(overrides: Partial<PaymentRecord> = {}): PaymentRecord {
  return {
    amountMinor: 100_000,
    currency: "EUR",
    paidOn: day("2026-03-02"),
    kind: "payment",
    occurrence: 0,
    ...overrides,
  };
}
