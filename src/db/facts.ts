import type { InStatement, ResultSet, Row } from "@libsql/client";
import type { CivilDay } from "../domain/civil-date.ts";
import type {
  Approval,
  ContactFacts,
  CustomerFacts,
  Hold,
  InvoiceFacts,
  StageStep,
} from "../domain/facts.ts";
import type { LedgerHead } from "../domain/ledger.ts";
import { meaningOf, type ReminderState } from "../domain/reminder-life.ts";
import { LAST_WORD, voidedBy, wordOf } from "./approval-requests.ts";
import { COUNTING, NOT_COUNTING } from "./reminder-states.ts";

/** A customer as the database knows it: the facts, and what a letter and a claim need besides. */
export type StoredCustomer = {
  facts: CustomerFacts;
  /** Counts changes: a claim holds only while this is still the count. */
  version: number;
  policyName: string | null;
  locale: string | null;
  legalName: string | null;
  address: string | null;
  ownerEmail: string | null;
  /** Heads of the ledger chains, by invoice id. */
  heads: Map<string, LedgerHead>;
  /** Message-IDs of what this customer got before, by invoice id, oldest first. */
  threads: Map<string, string[]>;
  /** Reminders that finance was asked about and that are neither sent nor closed, by invoice id and stage. */
  asked: Map<string, string>;
};

/**
 * The statements that read everything about the customers that `source` selects (a SELECT of customer ids with numbered `args`), for one round trip.
 * `readCustomers` understands their results. With `all`, paid and void invoices come too.
 */
export function customerQueries(
  source: { sql: string; args: (string | number)[] },
  all = false,
): InStatement[] {
  const open = all ? "" : "AND i.balance_minor > 0 AND i.status = 'open'";
  const invoiceIds = `SELECT i.id FROM invoices i WHERE i.customer_id IN (${source.sql}) ${open}`;
  const query = (sql: string): InStatement => ({ sql, args: source.args });
  return [
    query(`SELECT * FROM customers WHERE id IN (${source.sql}) ORDER BY id`),
    query(`SELECT c.customer_id, c.role, c.name, c.email, s.address IS NOT NULL AS suppressed
           FROM contacts c LEFT JOIN suppressions s ON s.address = lower(c.email)
           WHERE c.customer_id IN (${source.sql}) ORDER BY c.id`),
    query(`SELECT i.id, i.number, i.customer_id, i.currency, i.amount_minor, i.balance_minor, i.issued_on, i.due_on, i.status,
           i.po_number, i.payment_url, i.invoice_url, i.missing_since,
           i.rowid <= (SELECT CAST(value AS integer) FROM settings WHERE key = 'backlog_released_row') AS was_known,
           l.seq AS ledger_seq, l.hash AS ledger_hash
           FROM invoices i LEFT JOIN ledger l ON l.invoice_id = i.id
             AND l.seq = (SELECT max(seq) FROM ledger WHERE invoice_id = i.id)
           WHERE i.customer_id IN (${source.sql}) ${open} ORDER BY i.id`),
    query(`SELECT ri.invoice_id, ri.stage, r.id, r.state, r.leaves_on, r.message_id, ri.counts, r.policy_name, r.policy_version,
             r.asked_at, NULL AS approved_at, NULL AS closed_at, NULL AS last_word
           FROM reminder_invoices ri JOIN reminders r ON r.id = ri.reminder_id
           WHERE ri.counts = 1 AND ri.invoice_id IN (${invoiceIds})
           UNION ALL
           SELECT ri.invoice_id, ri.stage, r.id, r.state, r.leaves_on, r.message_id, ri.counts, r.policy_name, r.policy_version,
             r.asked_at, iif(r.decision = 'approve', r.decided_at, NULL), r.closed_at,
             CASE WHEN r.decision = 'approve' AND r.state <> 'cancelled' THEN ${LAST_WORD} END
           FROM reminders r JOIN reminder_invoices ri ON ri.reminder_id = r.id AND ri.counts = 0
           WHERE r.asked_at IS NOT NULL AND r.state IN (${NOT_COUNTING}) AND r.customer_id IN (${source.sql})
           ORDER BY 3`),
    query(`SELECT customer_id, leaves_on AS on_day, 0 AS is_call FROM reminders
           WHERE customer_id IN (${source.sql}) AND state IN (${COUNTING})
           UNION ALL SELECT customer_id, on_day, 1 FROM calls WHERE customer_id IN (${source.sql})`),
    query(`SELECT customer_id, invoice_id, kind, amount_minor, from_at, until, ended_at FROM holds
           WHERE customer_id IN (${source.sql})`),
    query(`SELECT customer_id, currency,
             sum(CASE kind WHEN 'refund' THEN -amount_minor ELSE amount_minor END - allocated_minor) AS credit
           FROM payments
           WHERE customer_id IN (${source.sql}) AND amount_minor > abs(allocated_minor) GROUP BY customer_id, currency`),
    query(`SELECT invoice_id, payload->>'key' AS alert FROM alerts
           WHERE invoice_id IN (${invoiceIds}) AND payload->>'key' IS NOT NULL`),
    query(`SELECT invoice_id, stage, waived_on FROM waived_stages WHERE invoice_id IN (${invoiceIds})`),
    query(`SELECT p.name, p.version, s.value->>'key' AS stage, s.value->>'offsetDays' AS offset_days
           FROM policies p, json_each(p.body, '$.stages') s WHERE (p.name, p.version) IN
             (SELECT policy_name, policy_version FROM reminders WHERE customer_id IN (${source.sql}))`),
  ];
}

/** Builds the customers from the results of `customerQueries`. */
export function readCustomers(results: ResultSet[]): StoredCustomer[] {
  const [customers, contacts, invoices, steps, contactDays, holds, credits, alerts, waived, stages] = results;
  const byId = new Map<string, StoredCustomer>();
  for (const row of customers!.rows) byId.set(String(row.id), customerOf(row));
  const invoicesById = new Map<string, { invoice: InvoiceFacts; owner: StoredCustomer }>();
  for (const row of invoices!.rows) {
    const owner = byId.get(String(row.customer_id));
    if (!owner) continue;
    const invoice = invoiceOf(row);
    owner.facts.invoices.push(invoice);
    invoicesById.set(invoice.id, { invoice, owner });
    if (row.ledger_seq !== null) {
      owner.heads.set(invoice.id, { seq: Number(row.ledger_seq), hash: String(row.ledger_hash) });
    }
  }
  for (const row of contacts!.rows) byId.get(String(row.customer_id))?.facts.contacts.push(contactOf(row));
  const offsets = readOffsets(stages!);
  for (const row of steps!.rows) {
    const found = invoicesById.get(String(row.invoice_id));
    if (found) addStep(row, found, offsets);
  }
  for (const row of contactDays!.rows) {
    const facts = byId.get(String(row.customer_id))?.facts;
    (row.is_call ? facts?.callDays : facts?.reminderDays)?.push(Number(row.on_day));
  }
  for (const row of holds!.rows) {
    const hold = holdOf(row);
    if (row.invoice_id === null) byId.get(String(row.customer_id))?.facts.holds.push(hold);
    else invoicesById.get(String(row.invoice_id))?.invoice.holds.push(hold);
  }
  for (const row of credits!.rows) {
    const owner = byId.get(String(row.customer_id));
    if (owner) owner.facts.unallocatedCreditMinor[String(row.currency)] = Number(row.credit);
  }
  for (const row of alerts!.rows)
    invoicesById.get(String(row.invoice_id))?.invoice.alertsRaised.push(String(row.alert));
  for (const row of waived!.rows) {
    const step: StageStep = { stage: String(row.stage), kind: "waived", on: Number(row.waived_on) };
    invoicesById.get(String(row.invoice_id))?.invoice.steps.push(step);
  }
  return [...byId.values()];
}

/** Offsets of stages in the policies by which something left. */
function readOffsets({ rows }: ResultSet): Map<string, number> {
  return new Map(
    rows.map((row) => [`${row.name} ${row.version} ${row.stage}`, Number(row.offset_days)] as const),
  );
}

function addStep(
  row: Row,
  { invoice, owner }: { invoice: InvoiceFacts; owner: StoredCustomer },
  offsets: Map<string, number>,
): void {
  const stage = String(row.stage);
  if (Number(row.counts) === 0) {
    invoice.approvals.push(approvalOf(row));
    if (row.state === "awaiting_approval") owner.asked.set(`${invoice.id} ${stage}`, String(row.id));
    return;
  }
  if (meaningOf(row.state as ReminderState).isInHand) invoice.hasUnknownOutcome = true;
  const offsetDays = offsets.get(`${row.policy_name} ${row.policy_version} ${stage}`);
  const step: StageStep = { stage, kind: "sent", on: Number(row.leaves_on), offsetDays };
  invoice.steps.push(step);
  if (row.message_id === null) return;
  const thread = owner.threads.get(invoice.id) ?? [];
  owner.threads.set(invoice.id, [...thread, String(row.message_id)]);
}

function approvalOf(row: Row): Approval {
  const approvedAt = row.approved_at === null ? null : Number(row.approved_at);
  const endedAt = row.closed_at ?? voidedBy(approvedAt, wordOf(row.last_word))?.at;
  return {
    stage: String(row.stage),
    askedAt: Number(row.asked_at),
    approvedAt,
    ...(endedAt !== undefined && { endedAt: Number(endedAt) }),
  };
}

function customerOf(row: Row): StoredCustomer {
  return {
    facts: {
      id: String(row.id),
      ref: String(row.ref),
      name: String(row.name),
      kind: row.kind as CustomerFacts["kind"],
      country: textOf(row.country),
      timezone: textOf(row.timezone),
      contacts: [],
      holds: [],
      invoices: [],
      reminderDays: [],
      callDays: [],
      unallocatedCreditMinor: {},
    },
    version: Number(row.facts_version),
    policyName: textOf(row.policy),
    locale: textOf(row.locale),
    legalName: textOf(row.legal_name),
    address: textOf(row.address),
    ownerEmail: textOf(row.owner_email),
    heads: new Map(),
    threads: new Map(),
    asked: new Map(),
  };
}

function invoiceOf(row: Row): InvoiceFacts {
  return {
    id: String(row.id),
    number: String(row.number),
    currency: String(row.currency),
    amountMinor: Number(row.amount_minor),
    balanceMinor: Number(row.balance_minor),
    issuedOn: dayOf(row.issued_on),
    dueOn: dayOf(row.due_on),
    status: row.status as InvoiceFacts["status"],
    isMissing: row.missing_since !== null,
    wasKnownAtRelease: Number(row.was_known) === 1,
    steps: [],
    holds: [],
    approvals: [],
    hasUnknownOutcome: false,
    alertsRaised: [],
    poNumber: textOf(row.po_number),
    paymentUrl: textOf(row.payment_url),
    invoiceUrl: textOf(row.invoice_url),
  };
}

function contactOf(row: Row): ContactFacts {
  return {
    role: row.role as ContactFacts["role"],
    name: textOf(row.name),
    email: String(row.email),
    isSuppressed: Number(row.suppressed) === 1,
  };
}

function holdOf(row: Row): Hold {
  return {
    kind: row.kind as Hold["kind"],
    from: Number(row.from_at),
    until: dayOf(row.until),
    amountMinor: dayOf(row.amount_minor),
    endedAt: dayOf(row.ended_at),
  };
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

function dayOf(value: unknown): CivilDay | null {
  return value === null || value === undefined ? null : Number(value);
}
