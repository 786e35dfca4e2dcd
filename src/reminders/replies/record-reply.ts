import type { Transaction } from "@libsql/client";
import type { StoredInvoice } from "../../db/invoices.ts";
import { knownReplyQuery, type NewReply, putReplyStatements } from "../../db/replies.ts";
import { noteCustomer } from "../../db/touch.ts";
import { type CivilDay, formatCivilDay } from "../../domain/civil-date.ts";
import { newId } from "../../domain/ids.ts";
import { firstAskAgainAt } from "../../domain/reply/ask-again.ts";
import { type OpenInvoice, type Proposal, proposalFor } from "../../domain/reply/proposal.ts";
import { civilDayAt, type Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import {
  addHold,
  type DebtorCase,
  openCase,
  openCustomerCase,
  undisputedMinor,
  writeCase,
} from "../agreements/debtor-case.ts";
import { enter } from "../recording.ts";
import { recordUnmatched } from "./record-unmatched.ts";
import { tellOfReply } from "./reply-alerts.ts";
import type { ReadIncoming } from "./take-mail.ts";

export type RecordedReply = {
  id: string;
  result: "recorded" | "repeated";
};

const LONGEST_QUOTE = 500;
const WAIT_SENDING_DAYS = 5;

/** Records a mail once, with the holds and the word to our people that follow from it. */
export async function recordReply(services: Services, incoming: ReadIncoming): Promise<RecordedReply> {
  const at = services.clock();
  return services.db.write(async (tx) => {
    const [known] = (await tx.execute(knownReplyQuery(incoming.identity))).rows;
    if (known) return { id: String(known.id), result: "repeated" };
    const reply = startReply(incoming, newId("rpl", at));
    if (incoming.match) await recordMatched(tx, incoming, reply, at);
    else await recordUnmatched(tx, reply, { at, isHarmful: incoming.isHarmful });
    return { id: reply.id, result: "recorded" };
  });
}

function startReply(
  { identity, receivedAt, reading, proof, match, message }: ReadIncoming,
  id: string,
): NewReply {
  const { envelope, sentence, text } = reading;
  return {
    id,
    identity,
    customerId: match?.customerId ?? null,
    mailId: match?.mail?.id ?? null,
    matchedBy: match?.by ?? null,
    proof,
    isMachine: reading.isMachine,
    kind: reading.kind,
    from: envelope.from && inert(envelope.from),
    subject: inert(envelope.subject),
    quote: shortened(sentence ?? text),
    confidence: reading.confidence,
    proposal: null,
    returnsOn: reading.returnsOn,
    state: reading.isMachine ? "noted" : "open",
    decidedAt: null,
    decidedBy: null,
    askAgainAt: null,
    receivedAt,
    ...message,
  };
}

function shortened(text: string): string {
  const flat = inert(text);
  return flat.length > LONGEST_QUOTE ? `${flat.slice(0, LONGEST_QUOTE - 1)}…` : flat;
}

/** On one line, without what steers a terminal or turns the reading direction: it is shown to people as it stands. */
function inert(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu, "")
    .trim();
}

async function recordMatched(
  tx: Transaction,
  incoming: ReadIncoming,
  reply: NewReply,
  at: Instant,
): Promise<void> {
  const { match, proof } = incoming;
  const { customerId, invoices: numbers } = match!;
  const who = { author: proof === "failed" ? "provider" : "debtor", at, customerId };
  const matter =
    numbers.length > 0 ? await openCase(tx, { numbers, ...who }) : await openCustomerCase(tx, who);
  const isTrusted = proof === "passed" || (proof === "none" && match!.by !== "sender");
  if (reply.state === "open") reply.proposal = isTrusted ? propose(matter, incoming) : { action: "answer" };
  const holds = reply.state === "open" && isTrusted ? holdForReply(matter, reply) : new Map<string, string>();
  for (const { id } of matter.invoices) enter(matter.recording, id, "reply_received", said(incoming, reply));
  tellOfReply(matter, reply, { isTrusted });
  const about = matter.invoices.map(({ id }) => ({ invoiceId: id, holdId: holds.get(id) ?? null }));
  matter.statements.push(...putReplyStatements(reply, about), noteCustomer(customerId, at));
  await writeCase(tx, matter);
}

/** Holds what is open of the invoices for the days that the policy gives our people to answer. */
function holdForReply(matter: DebtorCase, reply: NewReply): Map<string, string> {
  const { context, creditor, stored } = matter;
  const { calendar, today, policy } = context;
  const until = calendar.add(today, policy.replies.holdDays);
  const open = matter.invoices.filter(({ id }) => leftOf(matter, id) > 0);
  const questionTo = stored.ownerEmail ?? creditor?.financeOwner ?? null;
  const hold = { kind: "reply" as const, reason: `reply ${reply.id}`, amountMinor: null, until, questionTo };
  if (open.length > 0) reply.askAgainAt = firstAskAgainAt({ today, until, calendar });
  return new Map(open.map(({ id }) => [id, addHold(matter, { invoiceId: id, ...hold }).id]));
}

function propose(matter: DebtorCase, { reading, receivedAt }: ReadIncoming): Proposal {
  const { calendar, today } = matter.context;
  const written = civilDayAt(reading.envelope.sentAt ?? receivedAt, calendar.zone);
  return proposalFor({
    reading,
    invoices: openInvoices(matter),
    today,
    writtenOn: Math.min(written, today),
    waitUntil: calendar.add(today, WAIT_SENDING_DAYS),
  });
}

function openInvoices(matter: DebtorCase): OpenInvoice[] {
  const byAge = matter.invoices.toSorted((a, b) => dueOf(a) - dueOf(b));
  return byAge.flatMap((invoice) => {
    const leftMinor = undisputedMinor(matter, invoice);
    return leftMinor > 0 ? [{ number: invoice.number, currency: invoice.currency, leftMinor }] : [];
  });
}

function dueOf({ dueOn }: StoredInvoice): CivilDay {
  return dueOn ?? Number.POSITIVE_INFINITY;
}

function leftOf({ context }: DebtorCase, invoiceId: string): number {
  return context.dues.get(invoiceId)?.netMinor ?? 0;
}

/** A reply in the words of the ledger. */
function said({ reading, proof }: ReadIncoming, reply: NewReply): Record<string, unknown> {
  const { bounce, returnsOn, isMachine } = reading;
  return {
    reply: reply.id,
    kind: bounce ? "bounce" : isMachine ? "automatic" : reply.kind,
    from: reply.from ?? undefined,
    sentence: reply.quote || undefined,
    sender: proof,
    matched_by: reply.matchedBy ?? undefined,
    answers: reply.mailId ?? undefined,
    returns_on: returnsOn === null ? undefined : formatCivilDay(returnsOn),
    message_sha256: reply.sha256,
  };
}
