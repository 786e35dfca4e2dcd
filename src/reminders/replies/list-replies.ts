import { inflateRawSync } from "node:zlib";
import { findReplyMail, listOpenReplies, type ReplyWithInvoices } from "../../db/replies.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { formatDecimal } from "../../domain/money.ts";
import type { Proposal } from "../../domain/reply/proposal.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";

const REPLIES_A_PAGE = 100;

/** What is proposed about a reply, in the words of the API: parts that an action has not are null or none. */
export type ProposalLine = {
  action: Proposal["action"];
  /** The promised day, that of the payment, or the last one to wait. */
  on: string | null;
  /** An amount is null where it is all that is left. */
  invoices: { invoice_number: string; amount: string | null }[];
  email: string | null;
};

export type ReplyLine = {
  reply: string;
  received_at: string;
  customer_ref: string | null;
  invoices: string[];
  from: string | null;
  subject: string | null;
  sender: ReplyWithInvoices["proof"];
  kind: string;
  sentence: string;
  confidence: number;
  proposal: ProposalLine | null;
};

/** The replies that wait for a person, the oldest first, a page at a time. */
export async function openReplies(
  { db }: Pick<Services, "db">,
  after = "",
): Promise<{ replies: ReplyLine[]; cursor: string | null }> {
  const replies = await listOpenReplies(db, { after, limit: REPLIES_A_PAGE });
  const cursor = replies.length < REPLIES_A_PAGE ? null : replies.at(-1)!.id;
  return { replies: replies.map(toLine), cursor };
}

/** A reply's mail, byte for byte as it came. Throws `not_found`. */
export async function replyMail({ db }: Pick<Services, "db">, id: string): Promise<Uint8Array<ArrayBuffer>> {
  const kept = await findReplyMail(db, id);
  if (!kept) throw new AppError("not_found", `there is no reply ${id}`);
  return new Uint8Array(inflateRawSync(kept));
}

function toLine(reply: ReplyWithInvoices): ReplyLine {
  return {
    reply: reply.id,
    received_at: new Date(reply.receivedAt).toISOString(),
    customer_ref: reply.customerRef,
    invoices: reply.invoices.map(({ number }) => number),
    from: reply.from,
    subject: reply.subject,
    sender: reply.proof,
    kind: reply.kind,
    sentence: reply.quote,
    confidence: reply.confidence,
    proposal: reply.proposal && proposalLine(reply.proposal),
  };
}

function proposalLine(proposal: Proposal): ProposalLine {
  const line: ProposalLine = { action: proposal.action, on: null, invoices: [], email: null };
  if ("invoices" in proposal)
    line.invoices = proposal.invoices.map((invoice_number) => ({ invoice_number, amount: null }));
  switch (proposal.action) {
    case "accept_promise": {
      const invoices = proposal.shares.map(({ number, amountMinor, currency }) => ({
        invoice_number: number,
        amount: amountMinor === null ? null : formatDecimal(amountMinor, currency),
      }));
      return { ...line, on: formatCivilDay(proposal.on), invoices };
    }
    case "report_paid":
      return { ...line, on: formatCivilDay(proposal.paidOn) };
    case "wait":
      return { ...line, on: formatCivilDay(proposal.until) };
    case "forward":
      return { ...line, email: proposal.email };
    case "suppress":
      return { ...line, email: proposal.address };
    default:
      return line;
  }
}
