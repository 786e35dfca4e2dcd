import { type CivilDay, formatCivilDay, yearOf } from "./civil-date.ts";
import { isCountry } from "./country.ts";
import { type DateFormat, ISO_DATE } from "./date-format.ts";
import { type AmountFault, formatDecimal, isCurrency, minorDigits, parseAmount, readMinor } from "./money.ts";
import { isZone } from "./zone.ts";

/** How to read what is told: the decimal sign, the forms of dates by column, and the currency of invoices known already. */
export type RowOptions = {
  decimal?: "point" | "comma";
  dateFormats?: Record<string, DateFormat>;
  currencyOf?: (invoiceNumber: string) => string | undefined;
};

/** One row under examination. `canonical` fills up with what was understood, as ISO dates and plain decimals. */
export type Cells = { row: Record<string, string>; options: RowOptions; canonical: Record<string, string> };

/** A cell that cannot be taken, and what would be right. */
export class BadCell extends Error {
  readonly column: string;
  readonly value: string;

  constructor(column: string, value: string, message: string) {
    super(message);
    this.column = column;
    this.value = value;
  }
}

const EMAIL =
  /^(?!\.)(?!.*\.\.)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}(?<!\.)@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$/;
// Control characters, direction overrides (they make a name read as another) and halves of characters.
const UNPRINTABLE = /[\p{Cc}\u2028-\u202e\u2066-\u2069\p{Cs}]/u;
const LINE_BREAKS = /\r\n?|\n/g;
const EMAIL_LENGTH = 254;
const URL_LENGTH = 2000;
const RECENT_DAYS = 2000;
const YEARS = { first: 1900, last: 2199 };

/** The text of a cell without outer blanks; undefined when it is absent or empty. */
export function readText(cells: Cells, column: string, longest: number): string | undefined {
  const text = cells.row[column]?.trim();
  if (!text) return undefined;
  if (text.length > longest)
    throw new BadCell(column, text, `is ${text.length} characters long; at most ${longest} are taken`);
  if (UNPRINTABLE.test(text)) throw new BadCell(column, text, "holds a control character; write plain text");
  cells.canonical[column] = text;
  return text;
}

/** Like readText, for what may have several lines. */
export function readLines(cells: Cells, column: string, longest: number): string | undefined {
  const text = cells.row[column]?.trim().replace(LINE_BREAKS, "\n");
  if (!text) return undefined;
  if (text.length > longest)
    throw new BadCell(column, text, `is ${text.length} characters long; at most ${longest} are taken`);
  if (UNPRINTABLE.test(text.replaceAll("\n", ""))) {
    throw new BadCell(column, text, "holds a control character; write plain text");
  }
  cells.canonical[column] = text;
  return text;
}

export function required<T>(column: string, value: T | undefined, what: string): T {
  if (value === undefined) throw new BadCell(column, "", `is empty; write ${what}`);
  return value;
}

export function readOneOf<T extends string>(
  cells: Cells,
  column: string,
  allowed: readonly T[],
): T | undefined {
  const text = readText(cells, column, URL_LENGTH);
  if (text === undefined) return undefined;
  const value = text.toLowerCase() as T;
  if (!allowed.includes(value))
    throw new BadCell(column, text, `"${text}" is unknown; write ${listed(allowed)}`);
  cells.canonical[column] = value;
  return value;
}

export function readYesNo(cells: Cells, column: string): boolean | undefined {
  const value = readOneOf(cells, column, ["yes", "no", "true", "false", "1", "0"]);
  if (value === undefined) return undefined;
  const isYes = value === "yes" || value === "true" || value === "1";
  cells.canonical[column] = isYes ? "yes" : "no";
  return isYes;
}

export function readDate(cells: Cells, column: string): CivilDay | undefined {
  const text = readText(cells, column, URL_LENGTH);
  if (text === undefined) return undefined;
  const { day, iso } = dayOf(text, column, cells.options.dateFormats?.[column] ?? ISO_DATE);
  cells.canonical[column] = iso;
  return day;
}

export function readCurrency(cells: Cells, column: string): string | undefined {
  return readCode(cells, column, isCurrency, "no ISO 4217 currency; write a code like EUR");
}

export function readCountry(cells: Cells, column: string): string | undefined {
  return readCode(cells, column, isCountry, "no ISO 3166 country; write two letters like DE");
}

/** Minor units of `currency`, zero or more. */
export function readAmount(cells: Cells, column: string, currency: string): number | undefined {
  const text = readText(cells, column, URL_LENGTH);
  if (text === undefined) return undefined;
  const decimal = cells.options.decimal ?? "point";
  const minor = readMinor(text, currency, decimal);
  if (typeof minor === "string") {
    const fault = AMOUNT_FAULTS[minor](currency);
    throw new BadCell(column, text, `${text} ${fault}; ${rightAmount(currency, decimal)}`);
  }
  if (minor < 0) throw new BadCell(column, text, `${text} is negative; ${rightAmount(currency, decimal)}`);
  cells.canonical[column] = formatDecimal(minor, currency);
  return minor;
}

export function readEmail(cells: Cells, column: string): string | undefined {
  const text = readText(cells, column, EMAIL_LENGTH);
  if (text !== undefined && !EMAIL.test(text)) {
    throw new BadCell(column, text, `${text} is no e-mail address; write one like name@example.com`);
  }
  return text;
}

export function readUrl(cells: Cells, column: string): string | undefined {
  const text = readText(cells, column, URL_LENGTH);
  if (text === undefined) return undefined;
  const url = /^https?:\/\/[^\s"<>\\]+$/i.test(text) ? URL.parse(text) : null;
  if (!url?.hostname)
    throw new BadCell(column, text, `${text} is no web address; write one that starts with https://`);
  return text;
}

export function readZone(cells: Cells, column: string): string | undefined {
  const text = readText(cells, column, 100);
  if (text !== undefined && !isKnown(knownZones, text, isZone)) {
    throw new BadCell(column, text, `${text} is no time zone; write an IANA name like Europe/Berlin`);
  }
  return text;
}

export function readLocale(cells: Cells, column: string): string | undefined {
  const text = readText(cells, column, 100);
  if (text !== undefined && !isKnown(knownLocales, text, isLocale)) {
    throw new BadCell(column, text, `${text} is no language tag; write one like en or zh-CN`);
  }
  return text;
}

function readCode(
  cells: Cells,
  column: string,
  isCode: (code: string) => boolean,
  wrong: string,
): string | undefined {
  const text = readText(cells, column, URL_LENGTH);
  if (text === undefined) return undefined;
  const code = text.toUpperCase();
  if (!isCode(code)) throw new BadCell(column, text, `${text} is ${wrong}`);
  cells.canonical[column] = code;
  return code;
}

type Day = { day: CivilDay; iso: string };
const recentDays = new WeakMap<DateFormat, Map<string, Day>>();

// A file holds few different days; reading and writing one costs microseconds.
function dayOf(text: string, column: string, format: DateFormat): Day {
  let recent = recentDays.get(format);
  const known = recent?.get(text);
  if (known) return known;
  const day = format.parse(text);
  if (day === null) throw new BadCell(column, text, `${text} is no date; write ${format.text}`);
  if (yearOf(day) < YEARS.first || yearOf(day) > YEARS.last) {
    throw new BadCell(
      column,
      text,
      `${text} is out of reach; write a year from ${YEARS.first} to ${YEARS.last}`,
    );
  }
  if (!recent || recent.size >= RECENT_DAYS) {
    recent = new Map();
    recentDays.set(format, recent);
  }
  const read = { day, iso: formatCivilDay(day) };
  recent.set(text, read);
  return read;
}

const knownZones = new Set<string>();
const knownLocales = new Set<string>();

// Asking Intl costs tens of microseconds; the few names that occur are remembered.
function isKnown(known: Set<string>, text: string, isRight: (text: string) => boolean): boolean {
  if (known.has(text)) return true;
  if (!isRight(text)) return false;
  if (known.size < 1000) known.add(text);
  return true;
}

function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

const AMOUNT_FAULTS: Record<AmountFault, (currency: string) => string> = {
  malformed: (currency) => `is no amount in ${currency}`,
  too_many_decimals: (currency) =>
    `has more decimals than ${currency}, which has ${minorDigits(currency) || "none"}`,
  too_large: () => "is too large to be counted exactly",
};

function rightAmount(currency: string, decimal: "point" | "comma"): string {
  const example = parseAmount("1234.56", currency) === null ? "1234" : "1234.56";
  return `write an amount of 0 or more, like ${decimal === "comma" ? example.replace(".", ",") : example}`;
}

function listed(values: readonly string[]): string {
  return values.length === 1 ? values[0]! : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}
