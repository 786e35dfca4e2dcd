import { readLocalDate } from "../local-text.ts";
import type { Column, Derive, Preset } from "../preset.ts";

const DATEV = { name: "datev", product: "DATEV", order: "dmy", decimal: "comma" } as const;

// Places in the first line, after DATEV's description of its format (EXTF, header fields 13, 14, 15, 16 and 22).
const [YEAR_BEGIN, ACCOUNT_LENGTH, FROM, TO, CURRENCY] = [12, 13, 14, 15, 21];
const USUAL_ACCOUNT_LENGTH = 4;

const BOOKING_MARKS = [
  "Umsatz (ohne Soll/Haben-Kz)|Umsatz",
  "Soll/Haben-Kennzeichen|Soll-/Haben-Kennzeichen",
  "Konto|Kontonummer",
  "Gegenkonto (ohne BU-Schlüssel)|Gegenkonto",
  "Belegdatum|Datum",
  "Belegfeld 1",
];
const OPEN_ITEM_NUMBER = "Rechnungsnummer|Rechnungs-Nr.|Rechnungsnr.|Belegfeld 1|Beleg-Nr.";
const DUE = "Fälligkeit|Fälligkeitsdatum|Fällig am|Fällig";

// In both usual charts (SKR 03, SKR 04) money is in class 1, revenue in class 8 or 4.
const MONEY_ACCOUNT = /^1/;
const REVENUE_ACCOUNT = /^[48]/;

/** What a booking says of a customer's account; null where neither side is one. */
const deriveBooking: Derive = (cell, preamble) => {
  const first = preamble.find(([mark]) => /^(EXTF|DTVF)$/.test(mark ?? "")) ?? [];
  const length = Number(first[ACCOUNT_LENGTH]) || USUAL_ACCOUNT_LENGTH;
  const [account, contra] = [cell("Konto|Kontonummer"), cell("Gegenkonto (ohne BU-Schlüssel)|Gegenkonto")];
  const isAccount = isCustomerAccount(account, length);
  if (!isAccount && !isCustomerAccount(contra, length)) return null;
  const isDebit = cell("Soll/Haben-Kennzeichen|Soll-/Haben-Kennzeichen").toUpperCase() === "S";
  const other = isAccount ? contra : account;
  const isReversed = /^[1G]$/i.test(cell("Generalumkehr"));
  const isMoneyBack = isDebit === isAccount && MONEY_ACCOUNT.test(other);
  const amount = cell("Umsatz (ohne Soll/Haben-Kz)|Umsatz");
  return {
    "@customer": isAccount ? account : contra,
    "@side": isDebit === isAccount && !isMoneyBack ? "debit" : "credit",
    "@amount": isReversed ? `-${amount}` : amount,
    "@kind": isReversed || isMoneyBack ? "refund" : REVENUE_ACCOUNT.test(other) ? "credit_note" : "payment",
    "@currency": cell("WKZ Umsatz") || first[CURRENCY] || "",
    "@date": bookingDay(cell("Belegdatum|Datum"), first),
    "@due": dueDay(cell),
  };
};

const deriveAccount: Derive = (cell, preamble) => {
  const length =
    Number(preamble.find(([mark]) => /^(EXTF|DTVF)$/.test(mark ?? ""))?.[ACCOUNT_LENGTH]) ||
    USUAL_ACCOUNT_LENGTH;
  const account = cell("Konto|Kontonummer");
  return isCustomerAccount(account, length) ? { "@customer": account } : null;
};

/** Persons' accounts have a digit more than the others; those from 1 to 6 are customers, from 7 suppliers. */
function isCustomerAccount(account: string, accountLength: number): boolean {
  return new RegExp(`^[1-6]\\d{${accountLength}}$`).test(account);
}

/** TTMM, of the year in which it lies between the first line's dates, else in the business year. */
function bookingDay(text: string, first: string[]): string {
  if (!/^\d{3,4}$/.test(text)) return readLocalDate(eightDigits(text), "dmy") ?? text;
  const dayMonth = text.padStart(4, "0");
  const [from = "", to = ""] = [first[FROM], first[TO]];
  const begin = first[YEAR_BEGIN] || from;
  const years = [from, to, begin].map((day) => Number(day.slice(0, 4))).filter((year) => year > 0);
  const days = [...years, ...years.map((year) => year + 1)].flatMap(
    (year) => readLocalDate(`${dayMonth.slice(0, 2)}.${dayMonth.slice(2)}.${year}`, "dmy") ?? [],
  );
  const compact = (day: string) => day.replaceAll("-", "");
  const between = days.find(
    (day) => from !== "" && compact(day) >= from && (to === "" || compact(day) <= to),
  );
  return between ?? days.find((day) => compact(day) >= begin) ?? text;
}

/** TTMMJJJJ; older programs write TTMMJJ into the second field of the receipt. */
function dueDay(cell: (column: Column) => string): string {
  const due = cell("Fälligkeit");
  if (due !== "") return readLocalDate(eightDigits(due), "dmy") ?? due;
  const second = cell("Belegfeld 2");
  if (!/^\d{6}$/.test(second)) return "";
  return readLocalDate(second.replace(/(..)(..)(..)/, "$1.$2.$3"), "dmy") ?? "";
}

function eightDigits(text: string): string {
  return /^\d{7,8}$/.test(text) ? text.padStart(8, "0").replace(/(..)(..)(....)/, "$1.$2.$3") : text;
}

export const DATEV_PRESETS: Preset[] = [
  {
    ...DATEV,
    kind: "invoices",
    marks: BOOKING_MARKS,
    fields: {
      invoice_number: "Belegfeld 1",
      customer_ref: "@customer",
      currency: "@currency",
      amount: "@amount",
      issued_on: "@date",
      due_on: "@due",
      po_number: "Auftragsnummer",
    },
    keep: [{ column: "@side", is: ["debit"] }],
    lines: {},
    derive: deriveBooking,
  },
  {
    ...DATEV,
    kind: "payments",
    marks: BOOKING_MARKS,
    fields: {
      invoice_number: "Belegfeld 1",
      customer_ref: "@customer",
      amount: "@amount",
      currency: "@currency",
      paid_on: "@date",
      kind: "@kind",
    },
    keep: [{ column: "@side", is: ["credit"] }],
    derive: deriveBooking,
  },
  {
    ...DATEV,
    kind: "customers",
    marks: ["Konto|Kontonummer", "Name (Adressatentyp Unternehmen)", "Adressatentyp"],
    fields: {
      customer_ref: "@customer",
      name: [
        "Name (Adressatentyp Unternehmen)",
        {
          join: ["Vorname (Adressatentyp natürl. Person)", "Name (Adressatentyp natürl. Person)"],
          with: " ",
        },
        "Name (Adressatentyp keine Angabe)|Kurzbezeichnung|@customer",
      ],
      address: { join: ["Straße", "Postleitzahl", "Ort"], with: "\n" },
      country: "Land",
      contact_name: "Ansprechpartner",
      contact_email: "E-Mail",
    },
    derive: deriveAccount,
  },
  {
    ...DATEV,
    kind: "invoices",
    marks: [
      "Konto|Kontonummer|Debitor|Debitorenkonto",
      OPEN_ITEM_NUMBER,
      "Datum|Rechnungsdatum|Belegdatum",
      DUE,
      "Betrag|Rechnungsbetrag|Saldo|Offener Betrag|Restbetrag",
    ],
    absent: ["Gegenkonto (ohne BU-Schlüssel)", "Gegenkonto"],
    fields: {
      invoice_number: OPEN_ITEM_NUMBER,
      customer_ref: "Konto|Kontonummer|Debitor|Debitorenkonto",
      customer_name: "Name|Kontobezeichnung|Kontenbeschriftung|Beschriftung|Debitorenname",
      customer_email: "E-Mail",
      currency: "WKZ|Währung|WKZ Umsatz",
      amount: "Betrag|Rechnungsbetrag|Saldo|Offener Betrag|Restbetrag",
      issued_on: "Rechnungsdatum|Belegdatum|Datum",
      due_on: DUE,
    },
    balance: "Saldo|Offener Betrag|Restbetrag",
  },
];
