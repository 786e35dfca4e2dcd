import type { AlertInvoice, AlertView } from "../domain/alert.ts";
import { ANSWER_WORDS, authorName } from "./answer-words.ts";
import { escaped } from "./plain-text.ts";
import { WORDS, type Words } from "./words.ts";

export type AlertMessage = { text: string; blocks: Record<string, unknown>[] };

const MOST_LINES = 15;
const NAME_LENGTH = 80;
const NOTE_LENGTH = 500;
// Slack refuses a section above 3,000 characters: https://docs.slack.dev/reference/block-kit/blocks/section-block
const SECTION_LENGTH = 2_900;

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
  const words = WORDS[view.locale];
  const { ask } = words.kinds[view.kind];
  const title = titleOf(view, words);
  const lines = invoiceLines(view, words);
  const note = view.note ? escaped(words.notes[view.note] ?? view.note, NOTE_LENGTH) : null;
  const after = [ask, ...detailLines(view, words), note].filter((line) => line !== null);
  const sections = [`*${title}*`, ...lines, ...after].reduce<string[]>(packed, []).map(section);
  const standing = [...settledLine(view), ...accountLine(view)];
  return {
    text: [title, ...lines, ...after, ...standing].join("\n"),
    blocks: [...sections, ...standing.map(context), ...buttons(view)],
  };
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
function buttons({ asks, locale }: AlertView): Record<string, unknown>[] {
  if (!asks) return [];
  const elements = asks.actions.map((action) => ({
    type: "button",
    action_id: action,
    value: asks.id,
    text: { type: "plain_text", text: ANSWER_WORDS[locale].buttons[action] },
  }));
  return [{ type: "actions", elements }];
}

function context(text: string): Record<string, unknown> {
  return { type: "context", elements: [{ type: "mrkdwn", text }] };
}

function titleOf({ kind, customer, invoices, more, folded }: AlertView, words: Words): string {
  return words.kinds[kind].title({
    customer: customer ? escaped(customer.name, NAME_LENGTH) : words.aCustomer,
    count: (folded ?? invoices).length + more,
    days: Math.max(0, ...invoices.map(({ daysOverdue }) => daysOverdue)),
  });
}

function detailLines({ details = {} }: AlertView, words: Words): string[] {
  const { heldUntil, documents = [], promised } = details;
  const lines: string[] = [];
  if (heldUntil !== undefined) lines.push(heldUntil === null ? words.goesOn : words.heldUntil(heldUntil));
  if (documents.length > 0) lines.push(words.documents(documents));
  if (promised) lines.push(words.promised(promised));
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
    const days = Math.max(0, ...invoices.map(({ daysOverdue }) => daysOverdue));
    const name = customer ? escaped(customer.name, NAME_LENGTH) : words.aCustomer;
    return `• ${words.kinds[kind].title({ customer: name, count: invoices.length, days })}`;
  });
  return more > 0 ? [...lines, words.more(more)] : lines;
}

function invoiceLine(
  invoice: AlertInvoice,
  words: Words,
  { isSent, withCustomer }: { isSent: boolean; withCustomer: boolean },
): string {
  const { number, amount, dueOn, daysOverdue, stage } = invoice;
  const named = stage && (words.stages[stage] ?? escaped(stage, NAME_LENGTH));
  const age = daysOverdue > 0 ? words.overdue(daysOverdue) : dueOn && words.due(dueOn);
  const parts = [
    withCustomer ? escaped(invoice.customer, NAME_LENGTH) : null,
    escaped(number, NAME_LENGTH),
    escaped(amount, NAME_LENGTH),
    age,
    named && (isSent ? named : words.next(named)),
  ];
  return parts.filter(Boolean).join(" · ");
}

/** Joins lines to as few texts as Slack's limit allows. */
function packed(texts: string[], line: string): string[] {
  const last = texts.at(-1);
  if (last === undefined || last.length + 1 + line.length > SECTION_LENGTH) return [...texts, line];
  return [...texts.slice(0, -1), `${last}\n${line}`];
}

function section(text: string): Record<string, unknown> {
  // Verbatim: a customer's name does not become a link or a mention.
  return { type: "section", text: { type: "mrkdwn", text, verbatim: true } };
}
