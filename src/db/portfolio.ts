import type { InStatement, ResultSet } from "@libsql/client";
import type { CivilDay } from "../domain/civil-date.ts";
import type { Instant } from "../domain/zone.ts";
import type { AlertPayload, NewAlert } from "./alerts.ts";

/** Who asks: an account owner about the own customers, the finance owner about all. `email` is in small letters. */
export type Reader = { email: string; isFinance: boolean };

export type DatedMoney = {
  on: CivilDay;
  customerRef: string;
  customer: string;
  number: string;
  currency: string;
  amountMinor: number;
};

/** A customer with what it owes in one currency, minor units; `oldestDueOn` is the earliest due date among that. */
export type OwingCustomer = {
  ref: string;
  name: string;
  currency: string;
  oldestDueOn: CivilDay | null;
  invoices: number;
  totalMinor: number;
};

const OPEN = "i.customer_id = c.id AND i.balance_minor > 0 AND i.status = 'open'";

/** A condition on customers `c`, with the reader's address as ?1. */
const of = ({ isFinance }: Reader) => (isFinance ? "?1 IS NOT NULL" : "c.owner_email = ?1");

/** Open invoices that fall due in these days, both included, the earliest first; each row says how many there are. */
export function fallingDueQuery(
  reader: Reader,
  { from, through, limit }: { from: CivilDay; through: CivilDay; limit: number },
): InStatement {
  return {
    sql: `SELECT i.due_on AS on_day, c.ref, c.name, i.number, i.currency, i.balance_minor AS minor, count(*) OVER () AS total
          FROM customers c JOIN invoices i ON ${OPEN} WHERE ${of(reader)} AND i.due_on BETWEEN ?2 AND ?3
          ORDER BY i.due_on, i.number LIMIT ?4`,
    args: [reader.email, from, through, limit],
  };
}

/** Open promises and instalments of days from the first on, the earliest first; each row says how many there are. */
export function promisedQuery(
  reader: Reader,
  { from, through, limit }: { from: CivilDay; through: CivilDay; limit: number },
): InStatement {
  return {
    sql: `SELECT *, count(*) OVER () AS total FROM (
          SELECT p.on_day, c.ref, c.name, i.number, i.currency, p.amount_minor AS minor
          FROM customers c JOIN invoices i ON ${OPEN} JOIN promises p ON p.invoice_id = i.id AND p.state IN ('asked', 'open')
          WHERE ${of(reader)} AND p.state = 'open' AND p.on_day BETWEEN ?2 AND ?3
          UNION ALL
          SELECT n.on_day, c.ref, c.name, (SELECT group_concat(i.number, ', ') FROM plan_invoices x
            JOIN invoices i ON i.id = x.invoice_id WHERE x.plan_id = p.id), p.currency, n.amount_minor
          FROM customers c JOIN plans p ON p.customer_id = c.id AND p.state = 'agreed'
          JOIN instalments n ON n.plan_id = p.id AND n.state = 'open' WHERE ${of(reader)} AND n.on_day BETWEEN ?2 AND ?3)
          ORDER BY on_day, number LIMIT ?4`,
    args: [reader.email, from, through, limit],
  };
}

/** How many rows there are beside those that came back. */
export function leftOf({ rows }: ResultSet): number {
  return Number(rows[0]?.total ?? 0) - rows.length;
}

export function readDatedMoney({ rows }: ResultSet): DatedMoney[] {
  return rows.map((row) => ({
    on: Number(row.on_day),
    customerRef: String(row.ref),
    customer: String(row.name),
    number: String(row.number),
    currency: String(row.currency),
    amountMinor: Number(row.minor),
  }));
}

/** Customers that owe something, who has owed the longest first; each row says how many there are. */
export function owingQuery(reader: Reader, limit: number): InStatement {
  return {
    sql: `SELECT c.ref, c.name, i.currency, min(i.due_on) AS oldest, count(*) AS invoices, sum(i.balance_minor) AS minor, count(*) OVER () AS total
          FROM customers c JOIN invoices i ON ${OPEN} WHERE ${of(reader)}
          GROUP BY c.id, i.currency ORDER BY min(i.due_on) IS NULL, min(i.due_on), c.ref LIMIT ?2`,
    args: [reader.email, limit],
  };
}

export function readOwing({ rows }: ResultSet): OwingCustomer[] {
  return rows.map((row) => ({
    ref: String(row.ref),
    name: String(row.name),
    currency: String(row.currency),
    oldestDueOn: row.oldest as number | null,
    invoices: Number(row.invoices),
    totalMinor: Number(row.minor),
  }));
}

/** A question to a person; `about` is the id of its matter, where that is not an invoice. */
export type WaitingAlert = {
  id: string;
  kind: NewAlert["kind"];
  about: string | null;
  payload: AlertPayload;
  createdAt: Instant;
};

/** Questions to this person that nobody has settled, the oldest first; each row says how many there are. */
export function waitingQuery({ email }: Reader, limit: number): InStatement {
  return {
    sql: "SELECT *, count(*) OVER () AS total FROM alerts WHERE asks = 1 AND lower(to_email) = ? ORDER BY id LIMIT ?",
    args: [email, limit],
  };
}

export function readWaiting({ rows }: ResultSet): WaitingAlert[] {
  return rows.map((row) => ({
    id: String(row.id),
    kind: row.kind as NewAlert["kind"],
    about: row.about as string | null,
    payload: JSON.parse(String(row.payload)),
    createdAt: Number(row.created_at),
  }));
}
