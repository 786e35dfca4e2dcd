import type { StoredReply } from "../../db/replies.ts";
import type { AlertDetails, AlertKind } from "../../domain/alert.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { type Share, tell, tellBoth } from "../agreements/case-news.ts";
import type { DebtorCase } from "../agreements/debtor-case.ts";

/** Tells the account owner of a reply that waits for a person, and of somebody who is away; finance too of an insolvency. */
export function tellOfReply(
  matter: DebtorCase,
  reply: StoredReply,
  { isTrusted }: { isTrusted: boolean },
): void {
  if (reply.state === "open") {
    const kind = isTrusted ? "reply_received" : "reply_unverified";
    const news = newsOf(matter, reply, kind);
    if (reply.proposal?.action === "hold_insolvency") tellBoth(matter, news);
    else tell(matter, { ...news, to: "owner" });
  } else if (reply.returnsOn !== null) {
    const back = formatCivilDay(reply.returnsOn);
    const about = `${matter.stored.facts.id} ${reply.from} ${back}`;
    tell(matter, { kind: "contact_away", to: "owner", about, shares: [], note: [reply.from, back] });
  }
}

/** Asks again about a reply that nobody handled. */
export function askAboutReply(matter: DebtorCase, reply: StoredReply, to: "owner" | "finance"): void {
  tell(matter, { ...newsOf(matter, reply, "reply_waiting"), to });
}

function newsOf(matter: DebtorCase, reply: StoredReply, kind: AlertKind) {
  return { kind, about: reply.id, shares: sharesOf(matter), note: noteOf(reply), details: detailsOf(reply) };
}

export function noteOf({ from, quote }: StoredReply): string[] {
  return [from ?? "", quote ? `“${quote}”` : ""].filter(Boolean);
}

export function detailsOf({ id, kind, from, quote, confidence, proof, proposal }: StoredReply): AlertDetails {
  return { reply: { id, kind, from, quote, confidence, proof }, proposal: proposal ?? undefined };
}

function sharesOf({ invoices, context }: DebtorCase): Share[] {
  return invoices.map((invoice) => ({
    invoice,
    amountMinor: context.dues.get(invoice.id)?.netMinor ?? invoice.balanceMinor,
  }));
}
