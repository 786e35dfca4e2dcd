import type { InStatement, ResultSet } from "@libsql/client";
import { documentsQuery, readDocuments } from "./documents.ts";
import type { EvidenceRecord } from "./evidence-record.ts";
import { chainQuery, readLedgerRows } from "./ledger-check.ts";
import type { Db } from "./open.ts";
import { readWorld, worldQueries } from "./world.ts";

/** All of it in one read, so that nothing changes in between. */
export async function readEvidence(
  db: Db,
  { id, customerId }: { id: string; customerId: string },
): Promise<EvidenceRecord> {
  const queries = [...worldQueries(), chainQuery(id), documentsQuery(id), ...partQueries(id, customerId)];
  const [settings, policies, chain, documents, ...parts] = await db.batch(queries, "read");
  const [
    invoice,
    customer,
    payments,
    holds,
    promises,
    disputes,
    plans,
    instalments,
    reminders,
    notices,
    deliveries,
    replies,
  ] = parts.map(plainRows);
  return {
    world: readWorld([settings!, policies!]),
    ledger: readLedgerRows(chain!),
    documents: readDocuments(documents!),
    invoice: invoice![0],
    customer: customer![0],
    payments,
    holds,
    promises,
    disputes,
    plans,
    instalments,
    reminders: reminders!.map(withRecipients),
    notices: notices!.map(withRecipients),
    deliveries,
    replies,
  } as EvidenceRecord;
}

type PlainRow = Record<string, unknown>;

/** Rows as the queries name them. */
function plainRows({ columns, rows }: ResultSet): PlainRow[] {
  return rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column] ?? null])));
}

function withRecipients(row: PlainRow): PlainRow {
  return { ...row, recipients: JSON.parse(String(row.recipients ?? "[]")) };
}

const REMINDERS = "reminder_invoices ri JOIN reminders r ON r.id = ri.reminder_id";
const NOTICES = "notice_invoices ni JOIN notices n ON n.id = ni.notice_id";

function partQueries(invoiceId: string, customerId: string): InStatement[] {
  return [
    `SELECT id, number, currency, amount_minor AS amountMinor, balance_minor AS balanceMinor, issued_on AS issuedOn,
       due_on AS dueOn, status, po_number AS poNumber, payment_url AS paymentUrl, invoice_url AS invoiceUrl,
       created_at AS recordedAt FROM invoices WHERE id = ?1`,
    "SELECT ref, name, legal_name AS legalName, address, country, timezone, policy FROM customers WHERE id = ?2",
    `SELECT p.kind, a.amount_minor AS allocatedMinor, p.paid_on AS paidOn, p.reference, p.source, p.recorded_at AS recordedAt
     FROM allocations a JOIN payments p ON p.id = a.payment_id WHERE a.invoice_id = ?1 ORDER BY p.paid_on, p.id`,
    // Of the holds on all that the customer owes, those that this invoice has seen.
    `SELECT h.kind, h.invoice_id IS NULL AS isOnCustomer, h.reason, h.amount_minor AS amountMinor, h.from_at AS fromAt, h.until,
       h.question_to AS questionTo, h.ended_at AS endedAt, h.author
     FROM holds h JOIN invoices i ON i.id = ?1
     WHERE h.customer_id = ?2 AND (h.invoice_id = i.id OR h.invoice_id IS NULL AND coalesce(h.ended_at >= i.created_at, true))
     ORDER BY h.id`,
    `SELECT id, state, amount_minor AS amountMinor, on_day AS promisedOn, last_day AS lastDay, name, note, author,
       made_at AS madeAt, ended_at AS endedAt, replaces FROM promises WHERE invoice_id = ?1 ORDER BY id`,
    `SELECT id, state, amount_minor AS amountMinor, reason, text, name, author, opened_at AS openedAt, ended_at AS endedAt,
       answer FROM disputes WHERE invoice_id = ?1 ORDER BY id`,
    `SELECT p.id, p.state, pi.amount_minor AS shareMinor,
       (SELECT count(*) FROM plan_invoices WHERE plan_id = p.id) AS invoices, p.waives_interest AS waivesInterest, p.name,
       p.note, p.author, p.asked_at AS askedAt, p.decided_at AS decidedAt, p.decided_by AS decidedBy, p.answer,
       p.ended_at AS endedAt FROM plan_invoices pi JOIN plans p ON p.id = pi.plan_id WHERE pi.invoice_id = ?1 ORDER BY p.id`,
    `SELECT t.plan_id AS planId, t.seq, t.on_day AS dueOn, t.amount_minor AS amountMinor, t.state
     FROM plan_invoices pi JOIN instalments t ON t.plan_id = pi.plan_id WHERE pi.invoice_id = ?1 ORDER BY t.plan_id, t.seq`,
    `SELECT r.id, ri.stage, r.stage AS tone, r.state, r.policy_name AS policyName, r.policy_version AS policyVersion,
       r.leaves_on AS leavesOn, r.recipients, r.subject, r.message_id AS messageId, r.provider_id AS providerId, r.failure,
       ri.asked_minor AS askedMinor, ri.balance_minor AS balanceMinor, ri.counts, r.asked_at AS askedAt, r.decision,
       r.decided_at AS decidedAt, r.decided_by AS decidedBy, r.closed_at AS closedAt, r.sent_at AS sentAt, m.sha256
     FROM ${REMINDERS} LEFT JOIN messages m ON m.reminder_id = r.id WHERE ri.invoice_id = ?1 ORDER BY r.leaves_on, r.id`,
    `SELECT n.id, n.kind, n.state, n.recipients, n.subject, n.message_id AS messageId, n.failure, n.created_at AS createdAt,
       n.sent_at AS sentAt, iif(n.raw IS NULL, NULL, n.sha256) AS sha256
     FROM ${NOTICES} WHERE ni.invoice_id = ?1 ORDER BY n.created_at, n.id`,
    `SELECT d.mail_id AS mailId, d.kind, d.address, d.is_permanent AS isPermanent, d.detail, d.at FROM deliveries d
     WHERE d.mail_id IN (SELECT reminder_id FROM reminder_invoices WHERE invoice_id = ?1
       UNION SELECT notice_id FROM notice_invoices WHERE invoice_id = ?1) ORDER BY d.at, d.id`,
    `SELECT r.id, iif(r.is_machine, 'automatic', r.kind) AS kind, r.state, r.from_address AS fromAddress, r.subject, r.proof,
       r.mail_id AS mailId, r.received_at AS receivedAt, r.decided_at AS decidedAt, r.decided_by AS decidedBy, r.sha256
     FROM reply_invoices x JOIN replies r ON r.id = x.reply_id WHERE x.invoice_id = ?1 ORDER BY r.received_at, r.id`,
  ].map((sql) => ({ sql, args: sql.includes("?2") ? [invoiceId, customerId] : [invoiceId] }));
}

/** A reminder's, a notice's or a reply's message as it is kept, raw deflate; undefined where none is. */
export async function findKeptMail(db: Db, id: string): Promise<Uint8Array | undefined> {
  const { rows } = await db.client.execute({
    sql: `SELECT raw FROM messages WHERE reminder_id = ?1
          UNION ALL SELECT raw FROM notices WHERE id = ?1 AND raw IS NOT NULL
          UNION ALL SELECT raw FROM replies WHERE id = ?1`,
    args: [id],
  });
  return rows[0] && new Uint8Array(rows[0].raw as ArrayBuffer);
}
