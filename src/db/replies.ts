import type { InStatement, ResultSet } from "@libsql/client";
import type { CivilDay } from "../domain/civil-date.ts";
import type { ReplyKind } from "../domain/reply/lexicon/lexicon.ts";
import type { Proposal } from "../domain/reply/proposal.ts";
import type { SenderProof } from "../domain/reply/sender-proof.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

/** How a mail found what it answers. */
export type MatchedBy = "token" | "thread" | "sender";

/** A mail that came back, without its bytes. */
export type StoredReply = {
  id: string;
  customerId: string | null;
  /** The `rem_` or `ntc_` id of the mail that it answers. */
  mailId: string | null;
  matchedBy: MatchedBy | null;
  proof: SenderProof;
  isMachine: boolean;
  kind: ReplyKind;
  from: string | null;
  subject: string | null;
  quote: string;
  confidence: number;
  proposal: Proposal | null;
  returnsOn: CivilDay | null;
  state: "open" | "accepting" | "accepted" | "handled" | "noted";
  decidedAt: Instant | null;
  decidedBy: string | null;
  askAgainAt: Instant | null;
  receivedAt: Instant;
  sha256: string;
};

/** A reply with the invoices that it is about, and the holds that it set on them. */
export type ReplyWithInvoices = StoredReply & {
  customerRef: string | null;
  invoices: { number: string; holdId: string | null }[];
};

export type NewReply = StoredReply & { identity: string; deflated: Uint8Array; bytes: number };

/** Stores a reply and the invoices it is about; without invoices it may be about nobody on record. */
export function putReplyStatements(
  reply: NewReply,
  about: { invoiceId: string; holdId: string | null }[],
): InStatement[] {
  const r = reply;
  return [
    {
      sql: `INSERT INTO replies (id, identity, customer_id, mail_id, matched_by, proof, is_machine, kind, from_address, subject, quote,
              confidence, proposal, returns_on, state, decided_at, decided_by, ask_again_at, received_at, sha256, raw, bytes)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      args: [
        ...[
          r.id,
          r.identity,
          r.customerId,
          r.mailId,
          r.matchedBy,
          r.proof,
          r.isMachine,
          r.kind,
          r.from,
          r.subject,
        ],
        ...[
          r.quote,
          r.confidence,
          r.proposal && JSON.stringify(r.proposal),
          r.returnsOn,
          r.state,
          r.decidedAt,
        ],
        ...[r.decidedBy, r.askAgainAt, r.receivedAt, r.sha256, r.deflated, r.bytes],
      ],
    },
    {
      sql: `INSERT INTO reply_invoices (reply_id, invoice_id, hold_id)
            SELECT ?, value->>0, value->>1 FROM json_each(?)`,
      args: [r.id, JSON.stringify(about.map(({ invoiceId, holdId }) => [invoiceId, holdId]))],
    },
  ];
}

/** The reply that is this mail; undefined where it never came. */
export function knownReplyQuery(identity: string): InStatement {
  return { sql: "SELECT id FROM replies WHERE identity = ?", args: [identity] };
}

const COLUMNS = `r.id, r.customer_id, r.mail_id, r.matched_by, r.proof, r.is_machine, r.kind, r.from_address, r.subject, r.quote,
  r.confidence, r.proposal, r.returns_on, r.state, r.decided_at, r.decided_by, r.ask_again_at, r.received_at, r.sha256,
  (SELECT ref FROM customers WHERE id = r.customer_id) AS customer_ref,
  (SELECT json_group_array(json_array(i.number, x.hold_id)) FROM reply_invoices x JOIN invoices i ON i.id = x.invoice_id
   WHERE x.reply_id = r.id) AS invoices`;

export function replyQuery(id: string): InStatement {
  return { sql: `SELECT ${COLUMNS} FROM replies r WHERE r.id = ?`, args: [id] };
}

export function readReplies({ rows }: ResultSet): ReplyWithInvoices[] {
  return rows.map((row) => ({
    id: String(row.id),
    customerId: textOf(row.customer_id),
    customerRef: textOf(row.customer_ref),
    mailId: textOf(row.mail_id),
    matchedBy: row.matched_by as MatchedBy | null,
    proof: row.proof as SenderProof,
    isMachine: Number(row.is_machine) === 1,
    kind: row.kind as ReplyKind,
    from: textOf(row.from_address),
    subject: textOf(row.subject),
    quote: String(row.quote),
    confidence: Number(row.confidence),
    proposal: row.proposal === null ? null : JSON.parse(String(row.proposal)),
    returnsOn: row.returns_on as CivilDay | null,
    state: row.state as StoredReply["state"],
    decidedAt: row.decided_at as Instant | null,
    decidedBy: textOf(row.decided_by),
    askAgainAt: row.ask_again_at as Instant | null,
    receivedAt: Number(row.received_at),
    sha256: String(row.sha256),
    invoices: JSON.parse(String(row.invoices)).map(([number, holdId]: [string, string | null]) => ({
      number,
      holdId,
    })),
  }));
}

/** Replies that wait for a person, the oldest first, from after `after`. */
export async function listOpenReplies(
  db: Db,
  { after, limit }: { after: string; limit: number },
): Promise<ReplyWithInvoices[]> {
  return readReplies(
    await db.client.execute({
      sql: `SELECT ${COLUMNS} FROM replies r WHERE r.state IN ('open', 'accepting') AND r.id > ? ORDER BY r.id LIMIT ?`,
      args: [after, limit],
    }),
  );
}

/** Replies that nobody handled so far, and about which people are to be asked again now. */
export async function listRepliesToAskAgain(
  db: Db,
  at: Instant,
  limit: number,
): Promise<ReplyWithInvoices[]> {
  return readReplies(
    await db.client.execute({
      sql: `SELECT ${COLUMNS} FROM replies r WHERE r.ask_again_at <= ? ORDER BY r.ask_again_at LIMIT ?`,
      args: [at, limit],
    }),
  );
}

export function askAgainStatement(id: string, at: Instant | null): InStatement {
  return {
    sql: "UPDATE replies SET ask_again_at = ? WHERE id = ? AND state IN ('open', 'accepting')",
    args: [at, id],
  };
}

/** Claims an open reply for one person; no row where somebody else has it. A claim that was left lying is over at `staleBefore`. */
export function claimReplyStatement(
  id: string,
  { author, at, staleBefore }: { author: string; at: Instant; staleBefore: Instant },
): InStatement {
  return {
    sql: `UPDATE replies SET state = 'accepting', decided_by = ?, decided_at = ?
          WHERE id = ? AND (state = 'open' OR state = 'accepting' AND decided_at < ?)`,
    args: [author, at, id, staleBefore],
  };
}

export function decideReplyStatement(
  id: string,
  { state, author, at }: { state: "accepted" | "handled"; author: string; at: Instant },
): InStatement {
  return {
    sql: "UPDATE replies SET state = ?, decided_by = ?, decided_at = ?, ask_again_at = NULL WHERE id = ?",
    args: [state, author, at, id],
  };
}

/** A reply's mail as it is kept, raw deflate; undefined where there is none. */
export async function findReplyMail(db: Db, id: string): Promise<Uint8Array | undefined> {
  const { rows } = await db.client.execute({ sql: "SELECT raw FROM replies WHERE id = ?", args: [id] });
  return rows[0] && new Uint8Array(rows[0].raw as ArrayBuffer);
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
