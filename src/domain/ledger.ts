import type { Instant } from "./zone.ts";

/** Something that happened to an invoice, as it is written once and for all. */
export type LedgerEntry = {
  at: Instant;
  kind: LedgerKind;
  /** Who: `clock`, `import`, `api` (`api:NAME` by a key of that name), `cli`, `slack:U…`, `debtor`, `provider`. */
  author: string;
  data: Record<string, unknown>;
};

export type LedgerKind =
  | "invoice_imported"
  | "invoice_changed"
  | "invoice_missing"
  | "payment_recorded"
  | "hold_set"
  | "hold_ended"
  | "promise_asked"
  | "promise_made"
  | "promise_ended"
  | "dispute_opened"
  | "dispute_closed"
  | "plan_asked"
  | "plan_agreed"
  | "plan_ended"
  | "paid_reported"
  | "call_logged"
  | "account_checked"
  | "warning_answered"
  | "invoice_requested"
  | "contact_proposed"
  | "contact_confirmed"
  | "contact_declined"
  | "contact_corrected"
  | "document_attached"
  | "notice_sent"
  | "notice_failed"
  | "reply_received"
  | "reply_accepted"
  | "reply_handled"
  | "approval_asked"
  | "approval_given"
  | "approval_declined"
  | "approval_objected"
  | "stage_waived"
  | "stage_reset"
  | "reminder_sending"
  | "reminder_sent"
  | "reminder_deferred"
  | "reminder_failed"
  | "reminder_unknown"
  | "reminder_delivered"
  | "reminder_bounced"
  | "reminder_complained"
  | "reminder_cancelled"
  | "personal_data_erased";

/** Where a chain stands: the number of its last entry and that entry's hash; 0 and "" before the first. */
export type LedgerHead = { seq: number; hash: string };

export const EMPTY_LEDGER: LedgerHead = { seq: 0, hash: "" };

/**
 * What an erasure leaves in the ledger: the entries that it took personal data out of, each with the hash of what is left in its place,
 * and the contents that it erased, by their ids.
 */
export type Erasure = { because: string; entries: { seq: number; sha256: string }[]; contents: string[] };

/** The erasure that an entry tells of; null for any other entry, and where somebody made it unreadable. */
export function readErasure({ kind, data }: { kind: string; data: string }): Erasure | null {
  if (kind !== "personal_data_erased") return null;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

/** The text that is hashed: a JSON array in fixed order (RFC 8785 for the values used here); `data` is canonical JSON, as it is stored. */
export function canonicalLine(
  invoiceId: string,
  seq: number,
  prevHash: string,
  { at, kind, author }: Omit<LedgerEntry, "data">,
  data: string,
): string {
  return JSON.stringify([invoiceId, seq, at, kind, author, data, prevHash]);
}

/** JSON with sorted keys, so that equal data has one form. */
export function canonicalData(data: unknown): string {
  return JSON.stringify(isSorted(data) ? data : sorted(data));
}

function isSorted(value: unknown): boolean {
  if (value === null || typeof value !== "object") return true;
  if (Array.isArray(value)) return value.every(isSorted);
  let last = "";
  for (const key in value) {
    if (key < last || !isSorted((value as Record<string, unknown>)[key])) return false;
    last = key;
  }
  return true;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
