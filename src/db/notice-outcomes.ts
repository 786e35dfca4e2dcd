import type { InStatement, ResultSet } from "@libsql/client";
import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/zone.ts";
import { EVIDENCE_WINDOW_MS, type NoticeState } from "./notice-sending.ts";
import { latestLease } from "./reminder-outcomes.ts";

/** A notice that has been under way, and what is told of its outcome. */
export type StoredNotice = {
  id: string;
  kind: string;
  state: NoticeState;
  recipients: string[];
  leaseUntil: Instant | null;
  customer: { id: string; ref: string; name: string; ownerEmail: string | null };
  invoices: { id: string; number: string }[];
};

const SELECT = `SELECT n.id, n.kind, n.state, n.recipients, n.lease_until, c.id AS customer_id, c.ref, c.name, c.owner_email,
    (SELECT json_group_array(json_array(i.id, i.number)) FROM notice_invoices x JOIN invoices i ON i.id = x.invoice_id
     WHERE x.notice_id = n.id) AS invoices
  FROM notices n JOIN customers c ON c.id = n.customer_id`;

/**
 * Over, or from the future: of a clock that was wrong and has been set back. The list of states is the index's own condition: without
 * it the planner reads every notice ever sent.
 */
const OVERDUE = `n.state IN ('planned', 'sending', 'unknown') AND (
  (n.state = 'sending' AND coalesce(n.lease_until, 0) NOT BETWEEN ?1 AND ?2)
  OR (n.state = 'unknown' AND n.lease_until NOT BETWEEN ?1 AND ?2 + ${EVIDENCE_WINDOW_MS}))`;

function overdueArgs(at: Instant): number[] {
  return [at, latestLease(at)];
}

/** Whether a process died with a notice under way, or evidence of one did not come in time. */
export function isAnyNoticeLost(at: Instant): InStatement {
  return { sql: `SELECT EXISTS (SELECT 1 FROM notices n WHERE ${OVERDUE}) AS lost`, args: overdueArgs(at) };
}

/** Whether a process that has not been given up is just sending it. */
export function isBeingSent({ state, leaseUntil }: StoredNotice, at: Instant): boolean {
  return state === "sending" && leaseUntil !== null && leaseUntil >= at && leaseUntil <= latestLease(at);
}

/** Those notices. */
export function lostNoticesQuery(at: Instant, limit: number): InStatement {
  return { sql: `${SELECT} WHERE ${OVERDUE} ORDER BY n.id LIMIT ?3`, args: [...overdueArgs(at), limit] };
}

export function noticesByIdQuery(ids: string[]): InStatement {
  return { sql: `${SELECT} WHERE n.id IN (SELECT value FROM json_each(?))`, args: [JSON.stringify(ids)] };
}

export function readNotices({ rows }: ResultSet): StoredNotice[] {
  return rows.map((row) => {
    const invoices: [string, string][] = JSON.parse(String(row.invoices));
    return {
      id: String(row.id),
      kind: String(row.kind),
      state: row.state as NoticeState,
      recipients: row.recipients === null ? [] : JSON.parse(String(row.recipients)),
      leaseUntil: row.lease_until === null ? null : Number(row.lease_until),
      customer: {
        id: String(row.customer_id),
        ref: String(row.ref),
        name: String(row.name),
        ownerEmail: row.owner_email === null ? null : String(row.owner_email),
      },
      invoices: invoices.map(([id, number]) => ({ id, number })),
    };
  });
}

/** Nothing more is awaited of an unknown notice. */
export function stopAwaiting(ids: string[]): InStatement {
  return {
    sql: "UPDATE notices SET lease_until = NULL WHERE id IN (SELECT value FROM json_each(?)) AND state = 'unknown'",
    args: [JSON.stringify(ids)],
  };
}

/** Plans once more, under an id of its own, what nobody was reached by: the message that left stays on record. */
export function planAgain(id: string, at: Instant): InStatement[] {
  const anew = newId("ntc", at);
  return [
    {
      sql: `INSERT INTO notices (id, fact, kind, customer_id, body, state, leaves_at, created_at)
            SELECT ?1, 'again ' || id, kind, customer_id, body, 'planned', ?2, ?2 FROM notices WHERE id = ?3
            ON CONFLICT (fact) DO NOTHING`,
      args: [anew, at, id],
    },
    {
      sql: `INSERT INTO notice_invoices (notice_id, invoice_id)
            SELECT n.id, x.invoice_id FROM notice_invoices x JOIN notices n ON n.id = ?1 WHERE x.notice_id = ?2`,
      args: [anew, id],
    },
  ];
}
