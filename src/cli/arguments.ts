import { InvalidArgumentError } from "commander";
import { type CivilDay, parseCivilDay } from "../domain/civil-date.ts";
import type { Instant } from "../domain/zone.ts";

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;
const DATABASE_URL = /^(file:|libsql:|https?:|wss?:)./;

/** An ISO instant that names its offset: a time without one would mean another moment on another machine. */
export function instantArgument(text: string): Instant {
  const date = INSTANT.exec(text)?.[1];
  const at = Date.parse(text);
  if (date === undefined || parseCivilDay(date) === null || Number.isNaN(at)) {
    throw new InvalidArgumentError("It must be an instant with Z or an offset, like 2026-01-05T10:00:00Z.");
  }
  return at;
}

export function dayArgument(text: string): CivilDay {
  const day = parseCivilDay(text);
  if (day === null) throw new InvalidArgumentError("It must be a date like 2026-01-31.");
  return day;
}

/** A reader for the address of a database. What it refuses it does not repeat: a password may stand in it. */
export function databaseArgument(refuse: (message: string) => never): (text: string) => string {
  return (text) => {
    if (DATABASE_URL.test(text)) return text;
    return refuse("error: --db starts with file:, libsql:, https: or http:, like file:./dunwell.db");
  };
}

/** A reader for whole numbers in a range, both ends included. */
export function wholeArgument(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}
