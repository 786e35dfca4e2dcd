import type { InStatement, ResultSet, Row } from "@libsql/client";
import type { ContactFacts } from "../domain/facts.ts";
import type { NoticeBody, NoticeKind } from "../domain/notice.ts";
import type { Instant } from "../domain/zone.ts";

/** A planned notice with what it takes to write and send it. */
export type DueNotice = {
  id: string;
  kind: NoticeKind;
  body: NoticeBody;
  attempts: number;
  customer: {
    id: string;
    ref: string;
    name: string;
    legalName: string | null;
    address: string | null;
    country: string | null;
    locale: string | null;
    timezone: string | null;
    policyName: string | null;
    ownerEmail: string | null;
    /** Counts changes: a claim holds only while this is still the count. */
    version: number;
  };
  contacts: ContactFacts[];
  invoices: { id: string; number: string }[];
  /** Message-IDs of the reminders of those invoices, oldest first. */
  thread: string[];
  /** What it says still holds. */
  isTrue: boolean;
};

/** The list of states is the index's own condition: without it the planner reads every notice ever sent. */
export const PLANNED = "state IN ('planned', 'sending', 'unknown') AND state = 'planned'";

const INVOICES = "notice_invoices x JOIN invoices i ON i.id = x.invoice_id";
const ABOUT = "x.notice_id = n.id";

/**
 * A promise that was changed or ended meanwhile is not confirmed any more; what came back unpaid earns no thanks, and a kept promise
 * has thanks of its own.
 */
const IS_TRUE = `CASE
  WHEN n.kind IN ('promise_confirmed', 'promise_changed', 'promise_due') THEN EXISTS (
    SELECT 1 FROM notice_invoices x JOIN promises p ON p.invoice_id = x.invoice_id
    WHERE ${ABOUT} AND p.state = 'open' AND p.on_day = n.body->>'on')
  WHEN n.kind = 'instalment_due' THEN EXISTS (
    SELECT 1 FROM notice_invoices x JOIN plan_invoices pi ON pi.invoice_id = x.invoice_id
    JOIN plans p ON p.id = pi.plan_id AND p.state = 'agreed' JOIN instalments s ON s.plan_id = p.id
    WHERE ${ABOUT} AND s.state = 'open' AND s.on_day = n.body->>'on')
  WHEN n.kind = 'payment_thanks' THEN NOT EXISTS (
    SELECT 1 FROM ${INVOICES} WHERE ${ABOUT} AND i.status = 'open' AND i.balance_minor > 0)
    AND NOT EXISTS (SELECT 1 FROM notice_invoices x JOIN notice_invoices y ON y.invoice_id = x.invoice_id
      JOIN notices k ON k.id = y.notice_id AND k.kind = 'promise_kept' AND k.created_at >= n.created_at WHERE ${ABOUT})
  ELSE 1 END`;

/** The notices that are to leave by now, oldest first; with `customerId` only that customer's. */
export function dueNoticesQuery(input: { at: Instant; limit: number; customerId?: string }): InStatement {
  return {
    sql: `SELECT n.id, n.kind, n.body, n.attempts, n.customer_id, c.ref, c.name, c.legal_name, c.address, c.country, c.locale,
            c.timezone, c.policy, c.owner_email, c.facts_version, ${IS_TRUE} AS is_true,
            (SELECT json_group_array(json_array(role, name, email, suppressed)) FROM (
              SELECT t.role, t.name, t.email, s.address IS NOT NULL AS suppressed
              FROM contacts t LEFT JOIN suppressions s ON s.address = lower(t.email)
              WHERE t.customer_id = n.customer_id ORDER BY t.id)) AS contacts,
            (SELECT json_group_array(json_array(i.id, i.number)) FROM ${INVOICES} WHERE ${ABOUT}) AS invoices,
            (SELECT json_group_array(message_id) FROM (SELECT DISTINCT r.id, r.message_id
              FROM notice_invoices x JOIN reminder_invoices ri ON ri.invoice_id = x.invoice_id AND ri.counts = 1
              JOIN reminders r ON r.id = ri.reminder_id
              WHERE ${ABOUT} AND r.message_id IS NOT NULL ORDER BY r.id)) AS thread
          FROM notices n JOIN customers c ON c.id = n.customer_id
          WHERE ${PLANNED} AND n.leaves_at <= ?1 AND (?2 IS NULL OR n.customer_id = ?2)
          ORDER BY n.leaves_at, n.id LIMIT ?3`,
    args: [input.at, input.customerId ?? null, input.limit],
  };
}

/** How many are to leave by now. */
export function countDueNotices({ at, customerId }: { at: Instant; customerId?: string }): InStatement {
  return {
    sql: `SELECT count(*) AS due FROM notices
          WHERE ${PLANNED} AND leaves_at <= ?1 AND (?2 IS NULL OR customer_id = ?2)`,
    args: [at, customerId ?? null],
  };
}

export function readDueNotices({ rows }: ResultSet): DueNotice[] {
  return rows.map(noticeOf);
}

type Contact = [ContactFacts["role"], string | null, string, number];

function noticeOf(row: Row): DueNotice {
  const invoices: [string, string][] = JSON.parse(String(row.invoices));
  const contacts: Contact[] = JSON.parse(String(row.contacts));
  return {
    id: String(row.id),
    kind: row.kind as NoticeKind,
    body: JSON.parse(String(row.body)),
    attempts: Number(row.attempts),
    customer: {
      id: String(row.customer_id),
      ref: String(row.ref),
      name: String(row.name),
      legalName: textOf(row.legal_name),
      address: textOf(row.address),
      country: textOf(row.country),
      locale: textOf(row.locale),
      timezone: textOf(row.timezone),
      policyName: textOf(row.policy),
      ownerEmail: textOf(row.owner_email),
      version: Number(row.facts_version),
    },
    contacts: contacts.map(([role, name, email, suppressed]) => ({
      role,
      name,
      email,
      isSuppressed: suppressed === 1,
    })),
    invoices: invoices.map(([id, number]) => ({ id, number })),
    thread: JSON.parse(String(row.thread)),
    isTrue: Number(row.is_true) === 1,
  };
}

function textOf(value: unknown): string | null {
  return value === null ? null : String(value);
}
