import { formatCivilDay } from "../domain/civil-date.ts";
import { formatDecimal } from "../domain/money.ts";

const INSTANT = /(^at|At)$/;
const DAY = /(On|^until|^lastDay)$/;
const YES_OR_NO = /^(is|waives)[A-Z]|^counts$/;

/** A record as JSON says it: names as in the API, amounts as decimals, days and instants in ISO 8601. */
export function said(record: object, currency: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => {
      if (name.endsWith("Minor")) return [snake(name.slice(0, -"Minor".length)), decimal(value, currency)];
      return [snake(name), value === null ? null : sayValue(name, value)];
    }),
  );
}

function decimal(minor: number | null, currency: string): string | null {
  return minor === null ? null : formatDecimal(minor, currency);
}

function sayValue(name: string, value: unknown): unknown {
  if (INSTANT.test(name)) return new Date(Number(value)).toISOString();
  if (DAY.test(name)) return formatCivilDay(Number(value));
  return YES_OR_NO.test(name) ? value === 1 : value;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}
