import { z } from "@hono/zod-openapi";
import { type CivilDay, parseCivilDay } from "../../domain/civil-date.ts";
import { type AmountFault, minorDigits, readMinor } from "../../domain/money.ts";
import { ProblemError } from "../problem.ts";
import { field } from "./schemas.ts";

/** A date that is needed; `what` says what for. */
export function neededDate(what: string) {
  const error = { error: `is needed: ${what}, like 2026-03-31` };
  return z.string(error).openapi({ format: "date", example: "2026-03-31", description: what });
}

export const nameField = () => field({ description: "The person at the debtor, as they write it." });

/** The day, or a problem that names the field. */
export function dayOf(name: string, text: string): CivilDay {
  const day = parseCivilDay(text);
  if (day === null) throw wrong(name, text, "is no date; write one like 2026-03-31");
  return day;
}

/** Minor units, or a problem that names the field; undefined for an absent or empty amount. */
export function minorOf(name: string, text: string | null | undefined, currency: string): number | undefined {
  if (!text) return undefined;
  const minor = readMinor(text, currency, "point");
  if (typeof minor === "string") throw wrong(name, text, FAULTS[minor](currency));
  return minor;
}

const FAULTS: Record<AmountFault, (currency: string) => string> = {
  malformed: () => "is no amount; write one like 1234.56",
  too_many_decimals: (currency) => `has more than the ${minorDigits(currency)} decimals of ${currency}`,
  too_large: () => "is larger than any amount here",
};

function wrong(field: string, value: string, detail: string): ProblemError {
  return new ProblemError(422, `${field} ${detail}`, [{ field, value, detail }]);
}
