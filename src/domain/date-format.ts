import { type CivilDay, parseCivilDay } from "./civil-date.ts";

/** How dates are written in a column: the form in letters, and the reader for it. */
export type DateFormat = {
  text: string;
  /** Null for what is not of this form, and for days that no calendar has. */
  parse(text: string): CivilDay | null;
};

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const CENTURY_PIVOT = 70;
const PARTS: Record<string, { group: "y" | "m" | "d"; pattern: string }> = {
  YYYY: { group: "y", pattern: "\\d{4}" },
  YY: { group: "y", pattern: "\\d{2}" },
  MMM: { group: "m", pattern: "[A-Za-z]{3}" },
  MM: { group: "m", pattern: "\\d{2}" },
  M: { group: "m", pattern: "\\d{1,2}" },
  DD: { group: "d", pattern: "\\d{2}" },
  D: { group: "d", pattern: "\\d{1,2}" },
};

/** `YYYY-MM-DD`, the form of all dates that nobody described otherwise. */
export const ISO_DATE: DateFormat = { text: "YYYY-MM-DD", parse: parseCivilDay };

/**
 * Compiles a form like `M/D/YYYY`, `DD.MM.YYYY`, `YYYYMMDD` or `D-MMM-YYYY`. `M` and `D` take one or two digits, `MM` and
 * `DD` two, `MMM` the first three letters of an English month; `YY` is 1970 to 2069. Capitals do not matter. Null when year,
 * month or day is missing or doubled, or a Latin letter has no meaning.
 */
export function compileDateFormat(format: string): DateFormat | null {
  const groups: string[] = [];
  let pattern = "";
  for (const [part] of format.matchAll(/([YMD])\1*|./gisu)) {
    const token = PARTS[part.toUpperCase()];
    if (!token && /[A-Za-z0-9]/.test(part)) return null;
    if (token) groups.push(token.group);
    pattern += token ? `(?<${token.group}>${token.pattern})` : part.replace(/[.*+?^${}()|[\]\\/-]/, "\\$&");
  }
  if (groups.sort().join("") !== "dmy") return null;
  const form = new RegExp(`^${pattern}$`);
  return { text: format, parse: (text) => readDay(form.exec(text)?.groups) };
}

function readDay(groups: Record<string, string> | undefined): CivilDay | null {
  if (!groups) return null;
  const { y, m, d } = groups as { y: string; m: string; d: string };
  const month = /\d/.test(m) ? m : String(MONTHS.indexOf(m.toLowerCase()) + 1);
  const century = Number(y) < CENTURY_PIVOT ? "20" : "19";
  const year = y.length === 2 ? century + y : y;
  return parseCivilDay(`${year}-${month.padStart(2, "0")}-${d.padStart(2, "0")}`);
}
