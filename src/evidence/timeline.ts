import { parseCivilDay } from "../domain/civil-date.ts";
import type { LedgerKind } from "../domain/ledger.ts";
import { parseAmount } from "../domain/money.ts";
import type { Instant } from "../domain/zone.ts";
import { createFormats, type Formats } from "../email/formats.ts";
import { type Evidence, readData } from "../reminders/operation/gather-evidence.ts";
import type { Item } from "./paths.ts";

/** One entry of the ledger in words. */
export type TimelineLine = {
  seq: number;
  at: Instant;
  kind: string;
  /** What happened, and the word that tells it from others of its kind. */
  title: string;
  /** Who did it, in words. */
  who: string;
  details: Detail[];
  /** The message or document in the bundle that it is about. */
  file: string | null;
};

/** `isForPeople` is false for what only programs compare: ids and hashes. */
export type Detail = { label: string; text: string; isForPeople: boolean };

/** Dates and amounts as a British reader writes them: the day before the month, and the month by its name. */
export const formats: Formats = createFormats("en-GB");

/** What happened to an invoice, oldest first. */
export function timelineOf({ ledger, invoice }: Evidence, items: Item[]): TimelineLine[] {
  const paths = new Map(items.map(({ id, path }) => [id, path]));
  return ledger.map(({ seq, at, kind, author, data }) => {
    const said = readData(data);
    const id = [said.reminder, said.notice, said.document, said.reply].find((one) => typeof one === "string");
    const currency = typeof said.currency === "string" ? said.currency : invoice.currency;
    return {
      seq,
      at,
      kind,
      title: titleOf(kind, said, currency),
      who: whoIs(author),
      details: detailsOf(said, currency),
      file: paths.get(id as string) ?? null,
    };
  });
}

const TITLES: Partial<Record<LedgerKind, string>> = {
  invoice_imported: "Invoice recorded",
  invoice_missing: "Missing from a complete list of what is open",
  paid_reported: "Reported as paid",
  invoice_requested: "Invoice asked for again",
  reminder_sending: "Reminder on its way",
  reminder_sent: "Reminder taken by the mail provider",
  reminder_deferred: "Reminder put off by the mail provider",
  reminder_unknown: "Reminder sent, outcome not known",
};
const MONEY: Record<string, string> = { payment: "Payment", credit_note: "Credit note", refund: "Refund" };

function titleOf(kind: LedgerKind, said: Record<string, unknown>, currency: string): string {
  if (kind === "payment_recorded") {
    return `${MONEY[String(said.kind)] ?? "Money"} recorded: ${textOf("amount", said.amount, currency)}`;
  }
  const title = TITLES[kind] ?? capital(inWords(kind));
  const which = WHICH.map((name) => said[name]).find((one) => typeof one === "string");
  return which === undefined ? title : `${title}: ${inWords(which)}`;
}

/** What tells an entry from others of its kind, and so stands in its title. */
const WHICH = ["stage", "hold", "kind", "as"];
const LABELS: Record<string, string> = { po_number: "purchase order", sha256: "SHA-256" };
const FOR_PROGRAMS = /^(contents|currency|entries|customer_ref|invoice_number|media_type|tone)$|sha256$|_id$/;
const ID = /^[a-z]{3}_[0-9a-z]{23}$/;

function detailsOf(said: Record<string, unknown>, currency: string): Detail[] {
  return Object.entries(said)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ({
      label: LABELS[name] ?? inWords(name),
      text: textOf(name, value, currency),
      isForPeople: !WHICH.includes(name) && !FOR_PROGRAMS.test(name) && !ID.test(String(value)),
    }));
}

const AUTHORS: Record<string, string> = {
  clock: "Dunwell, by its clock",
  import: "an import",
  api: "a program, by the API",
  cli: "somebody, at the command line",
  debtor: "the debtor",
  provider: "the mail provider",
  policy: "Dunwell, as the policy has it",
};
const PLACES: Record<string, string> = {
  api: "by the API",
  cli: "at the command line",
  slack: "in Slack",
  debtor: "for the debtor",
};

export function whoIs(author: string): string {
  const [place = "", ...name] = author.split(":");
  return AUTHORS[author] ?? (PLACES[place] ? `${name.join(":")}, ${PLACES[place]}` : author);
}

const AMOUNTS = new Set(["amount", "allocated", "asked", "balance", "credit", "paid", "share"]);

function textOf(name: string, value: unknown, currency: string): string {
  const minor = AMOUNTS.has(name) ? minorOf(value, currency) : null;
  if (minor !== null) return formats.money(minor, currency);
  if (typeof value === "string") return textOfString(value);
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map((one) => textOf(name, one, currency)).join(", ");
  if (value === null) return "nothing";
  const parts = Object.entries(value as object);
  const isChange = parts.every(([side]) => side === "from" || side === "to");
  if (isChange) return parts.map(([, one]) => textOf(name, one, currency)).join(" → ");
  return parts.map(([part, one]) => textOf(part, one, currency)).join(" ");
}

/** Amounts are decimals in text, or whole minor units. */
function minorOf(value: unknown, currency: string): number | null {
  if (typeof value === "number") return value;
  return typeof value === "string" ? parseAmount(value, currency) : null;
}

function textOfString(value: string): string {
  const day = parseCivilDay(value);
  if (day !== null) return formats.day(day);
  return /^[a-z]+(_[a-z0-9]+)+$/.test(value) && !ID.test(value) ? inWords(value) : value;
}

export function inWords(key: string): string {
  return key.replaceAll("_", " ");
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
