import { formatCivilDay } from "../domain/civil-date.ts";
import { type CustomerAction, customerActions } from "../domain/customer-actions.ts";
import { mayDo, type Standing } from "../domain/permissions.ts";
import { amountOf } from "../reminders/alerts/alerts-of-plan.ts";
import type { WhyAnswer } from "../reminders/forecast/why.ts";
import type { CardInvoice, CustomerCard } from "../reminders/records/get-customer-card.ts";
import { ANSWER_WORDS } from "./answer-words.ts";
import { actions, type Block, button, context, sectionsOf } from "./blocks.ts";
import { NAME_LENGTH, stageName } from "./lines.ts";
import { escaped, plainText } from "./plain-text.ts";
import { REASON_WORDS } from "./reason-words.ts";
import { type Locale, WORDS } from "./words.ts";
import { WORKPLACE_WORDS } from "./workplace-words.ts";

const MOST_LINES = 8;
const TEXT_LENGTH = 200;
const LONGEST_TITLE = 24;

/** How a customer stands, and what this reader can do about it; `done` is what was just done. */
export function cardMessage(
  card: CustomerCard,
  { locale, standings, done }: { locale: Locale; standings: readonly Standing[]; done?: CustomerAction },
): { text: string; blocks: Block[] } {
  const { customer } = card;
  const title = `*${escaped(customer.name, NAME_LENGTH)}* (${escaped(customer.ref, NAME_LENGTH)})`;
  const lines = [title, ...moneyLines(card, locale), ...matterLines(card, locale)];
  const doneLine = done ? [`✓ ${ANSWER_WORDS[locale].done[done]}`] : [];
  const buttons = customerActions({ isPaused: pauseOf(card) !== undefined })
    .filter((action) => mayDo(action, standings))
    .map((action) => button(`customer.${action}`, customer.id, ANSWER_WORDS[locale].buttons[action]));
  return {
    text: [...doneLine, ...lines].join("\n"),
    blocks: [...doneLine.map(context), ...sectionsOf(lines), ...actions(buttons)],
  };
}

/** The same as a page over what is open. */
export function cardView(card: CustomerCard, reader: Parameters<typeof cardMessage>[1]) {
  const { blocks } = cardMessage(card, reader);
  return pageOf(card.customer.name, blocks, reader.locale);
}

/** Something to read. */
export function pageOf(title: string, blocks: Block[], locale: Locale) {
  const plain = (text: string) => ({ type: "plain_text" as const, text });
  const name = plainText(escaped(title, LONGEST_TITLE));
  return {
    type: "modal" as const,
    title: plain(name),
    close: plain(WORKPLACE_WORDS[locale].close),
    blocks: blocks as never[],
  };
}

function pauseOf({ holds }: CustomerCard) {
  return holds.find(({ kind, invoiceId }) => kind === "manual" && invoiceId === null);
}

function moneyLines({ totals, invoices, more }: CustomerCard, locale: Locale): string[] {
  const own = WORKPLACE_WORDS[locale];
  const sums = totals.map(({ currency, openMinor, overdueMinor }) =>
    own.open(amountOf(openMinor, currency), overdueMinor > 0 ? amountOf(overdueMinor, currency) : null),
  );
  const shown = invoices.slice(0, MOST_LINES);
  const left = more + invoices.length - shown.length;
  return [
    ...(sums.length > 0 ? sums : [own.nothingOpen]),
    ...shown.map((invoice) => `• ${openLine(invoice, locale)}`),
    ...(left > 0 ? [WORDS[locale].more(left)] : []),
  ];
}

function openLine(invoice: CardInvoice, locale: Locale): string {
  const { number, currency, balanceMinor, daysOverdue, dueOn, next } = invoice;
  const words = WORDS[locale];
  const age = daysOverdue > 0 ? words.overdue(daysOverdue) : dueOn && words.due(formatCivilDay(dueOn));
  const parts = [escaped(number, NAME_LENGTH), amountOf(balanceMinor, currency), age, nextLine(next, locale)];
  return parts.filter(Boolean).join(" · ");
}

/** What comes next, and why not now. */
export function nextLine({ action, stage, on, reason }: WhyAnswer, locale: Locale): string {
  const own = WORKPLACE_WORDS[locale];
  const named = stage && stageName(stage, WORDS[locale]);
  if (action === "send") return own.leavesNow(named!);
  const comes = named && on ? own.leavesOn(named, on) : null;
  const why = reason && reason !== "not_due" ? REASON_WORDS[locale][reason] : null;
  return [comes, why].filter(Boolean).join(" · ");
}

function matterLines(card: CustomerCard, locale: Locale): string[] {
  const own = WORKPLACE_WORDS[locale];
  const { promises, disputes, waiting, lastContact, customer } = card;
  const pause = pauseOf(card);
  return [
    ...(pause
      ? [
          own.pausedUntil(
            pause.until === null ? null : formatCivilDay(pause.until),
            escaped(pause.reason, TEXT_LENGTH),
          ),
        ]
      : []),
    ...promises
      .slice(0, MOST_LINES)
      .map(({ currency, amountMinor, on }) =>
        own.promised(amountOf(amountMinor, currency), formatCivilDay(on)),
      ),
    ...disputes
      .slice(0, MOST_LINES)
      .map(({ invoiceNumber }) => own.disputed(escaped(invoiceNumber, NAME_LENGTH))),
    ...(waiting.length > 0 ? [own.waits(waiting.length)] : []),
    lastContact ? own.lastContact(contactSaid(lastContact, locale)) : own.neverContacted,
    own.owner(customer.ownerEmail && escaped(customer.ownerEmail, NAME_LENGTH)),
  ];
}

function contactSaid({ kind, on, what, who }: NonNullable<CustomerCard["lastContact"]>, locale: Locale) {
  return {
    kind,
    on: formatCivilDay(on),
    what: kind === "reminder" ? stageName(what, WORDS[locale]) : escaped(what, TEXT_LENGTH),
    who: who && escaped(who, NAME_LENGTH),
  };
}
