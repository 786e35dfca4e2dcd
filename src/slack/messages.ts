import type { AlertView } from "../domain/alert.ts";
import { ANSWER_WORDS, authorName } from "./answer-words.ts";
import { actions, asked, type Block, button, context, sectionsOf } from "./blocks.ts";
import { digestMessage } from "./digest.ts";
import { headline, invoiceLine, oldestOf } from "./lines.ts";
import { escaped } from "./plain-text.ts";
import { proposalLine } from "./proposal-words.ts";
import { day, WORDS, type Words } from "./words.ts";

export type AlertMessage = { text: string; blocks: Block[] };

const MOST_LINES = 15;
const NOTE_LENGTH = 500;
const ISO_DAY = /\b\d{4}-\d{2}-\d{2}\b/g;

/** Alerts whose stages are behind their invoices, not ahead. */
const TELLS_OF_SENT: ReadonlySet<AlertView["kind"]> = new Set([
  "reminders_sent",
  "outcome_unknown",
  "complaint",
  "notice_failed",
  "notice_unknown",
]);

/** What a person at the creditor reads in Slack: what happened, to which invoices, and what is asked of them. */
export function alertMessage(view: AlertView): AlertMessage {
  if (view.details?.digest) return digestMessage(view.details.digest, view.locale);
  const words = WORDS[view.locale];
  const { ask } = words.kinds[view.kind];
  const title = titleOf(view, words);
  const lines = invoiceLines(view, words);
  const note = view.note ? noteLine(view.note, words, view.locale) : null;
  const after = [note, ...detailLines(view, words), ask].filter((line) => line !== null);
  const sections = sectionsOf([`*${title}*`, ...lines, ...after]);
  const standing = [...settledLine(view), ...accountLine(view)];
  return {
    text: [title, ...lines, ...after, ...standing].join("\n"),
    blocks: [...sections, ...standing.map(context), ...buttons(view)],
  };
}

/** What is known by a key is said in words, and days as the reader writes them; what people wrote stays. */
function noteLine(note: string, words: Words, locale: AlertView["locale"]): string {
  if (words.notes[note]) return words.notes[note];
  const parts = note.split(" · ").map((part) => words.notes[part]?.replace(/[.。]$/, "") ?? part);
  const said = parts.join(" · ").replace(ISO_DAY, (iso) => day(iso, locale));
  return escaped(said, NOTE_LENGTH);
}

function settledLine({ settled, locale }: AlertView): string[] {
  if (!settled) return [];
  const words = ANSWER_WORDS[locale];
  return [words.settled(words.done[settled.as], authorName(settled.by, words), settled.on)];
}

function accountLine({ account, locale }: AlertView): string[] {
  return account ? [ANSWER_WORDS[locale].account(account)] : [];
}

/** Each is known by its action, and carries the alert's id alone. */
function buttons({ asks, locale }: AlertView): Block[] {
  if (!asks) return [];
  const { buttons: names, sure, cancel } = ANSWER_WORDS[locale];
  return actions(
    asks.actions.map((action) => {
      const one = button(action, asks.id, names[action]);
      const text = sure[action];
      return text ? asked(one, { title: sure.title, text, confirm: names[action], deny: cancel }) : one;
    }),
  );
}

function titleOf({ kind, customer, invoices, more, folded }: AlertView, words: Words): string {
  const count = (folded ?? invoices).length + more;
  return headline({ kind, customer: customer?.name ?? null, count, days: oldestOf(invoices) }, words);
}

function detailLines({ details = {}, locale }: AlertView, words: Words): string[] {
  const { heldUntil, documents = [], promised, reply, proposal } = details;
  const lines: string[] = [];
  if (heldUntil !== undefined) lines.push(heldUntil === null ? words.goesOn : words.heldUntil(heldUntil));
  if (documents.length > 0) lines.push(words.documents(documents));
  if (promised) lines.push(words.promised(promised));
  const proposed = reply && proposal && proposalLine(proposal, locale);
  if (proposed) lines.push(proposed);
  return lines;
}

function invoiceLines({ kind, customer, invoices, more, folded }: AlertView, words: Words): string[] {
  if (folded) return foldedLines(folded, more, words);
  const lines = invoices
    .slice(0, MOST_LINES)
    .map(
      (invoice) =>
        `• ${invoiceLine(invoice, words, { isSent: TELLS_OF_SENT.has(kind), withCustomer: customer === null })}`,
    );
  const left = more + Math.max(0, invoices.length - MOST_LINES);
  return left > 0 ? [...lines, words.more(left)] : lines;
}

function foldedLines(folded: NonNullable<AlertView["folded"]>, more: number, words: Words): string[] {
  const lines = folded.map(({ kind, customer, invoices }) => {
    const facts = {
      kind,
      customer: customer?.name ?? null,
      count: invoices.length,
      days: oldestOf(invoices),
    };
    return `• ${headline(facts, words)}`;
  });
  return more > 0 ? [...lines, words.more(more)] : lines;
}
