import type { Notice, NoticeItem, NoticeKind } from "../domain/notice.ts";
import { type BankLine, bankLines } from "./bank-lines.ts";
import { inertLine, inertLines, webLink } from "./inert-text.ts";
import { signatureOf } from "./letter-view.ts";
import { type NoticeArguments, noticeArguments } from "./notice-arguments.ts";
import { asksPayment, buttonOf, sentencesAfter } from "./notice-sentences.ts";
import type { WordKey, Words } from "./words.ts";

type Item = { number: string; due: string; dueNote: string; amount: string; invoiceUrl: string | null };

/** Everything that the template names, in words and inert: nothing here can break out of where it is put. */
export type NoticeView = {
  lang: string;
  subject: string;
  preheader: string;
  on: string;
  creditorName: string;
  creditorLine: string;
  sentTo: string;
  title: string;
  greeting: string;
  opening: string[];
  quotes: { label: string; lines: string[] }[];
  hasItems: boolean;
  itemsTitle: string;
  items: Item[];
  itemsMore: string;
  sums: { label: string; sum: string }[];
  hasInstalments: boolean;
  instalments: { ordinal: string; on: string; amount: string }[];
  after: string[];
  go: { url: string; label: string } | null;
  asksPayment: boolean;
  payOnline: null;
  hasBank: boolean;
  bank: BankLine[];
  closing: string;
  signatory: string;
  signatureLines: string[];
};

export function noticeView(notice: Notice, words: Words): NoticeView {
  const { kind, creditor, body } = notice;
  const args = noticeArguments(notice, words);
  const say = (key: WordKey) => words.say(key, args);
  const on = words.formats.day(notice.on);
  const said = say(`notice.${kind}.said`);
  const after = sentencesAfter(notice).map(say);
  const isAllText = body.items.length === 0;
  return {
    lang: words.locale,
    subject: words.say("notice.subject", { ...args, topic: say(`notice.${kind}.topic`) }),
    preheader: said,
    on,
    creditorName: args.creditor,
    creditorLine: [args.creditor, ...inertLines(creditor.address)].join(words.say("comma")),
    sentTo: say("sentTo"),
    title: say(`notice.${kind}.title`),
    greeting: say("greeting"),
    opening: isAllText ? [said, ...after] : [said],
    quotes: quotesOf(notice, words),
    ...itemsOf(notice, words, args),
    ...instalmentsOf(notice, words),
    after: isAllText ? [] : after,
    go: goOf(notice, words),
    asksPayment: asksPayment(notice),
    payOnline: null,
    hasBank: creditor.bank !== null,
    bank: bankLines(
      creditor.bank,
      body.items.map(({ number }) => number),
      words,
    ),
    closing: say("closing"),
    ...signatureOf(notice, { creditor: args.creditor, on }, false),
  };
}

// Large mails are cut off by some mail services.
const MOST_ITEMS = 60;
const MOST_LINES = 40;
const LONGEST_LINE = 1_000;

/** Words are quoted in the notice that tells of them alone: what follows later repeats nobody. */
function quotesOf({ kind, body }: Notice, words: Words): NoticeView["quotes"] {
  return [
    { label: words.say("notice.theirWords"), lines: QUOTING_THEM.has(kind) ? linesOf(body.note) : [] },
    { label: words.say("notice.ourWords"), lines: QUOTING_US.has(kind) ? linesOf(body.answer) : [] },
  ].filter(({ lines }) => lines.length > 0);
}

const QUOTING_THEM: ReadonlySet<NoticeKind> = new Set([
  "promise_confirmed",
  "promise_asked",
  "dispute_opened",
  "plan_asked",
]);
const QUOTING_US: ReadonlySet<NoticeKind> = new Set([
  "promise_declined",
  "dispute_answered",
  "plan_agreed",
  "plan_declined",
]);

function linesOf(text: string | null | undefined): string[] {
  const lines = inertLines(text ?? "").map((line) => [...line]);
  return lines
    .slice(0, MOST_LINES)
    .map((line) =>
      line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 1).join("")}…` : line.join(""),
    );
}

function itemsOf({ body: { items } }: Notice, words: Words, args: NoticeArguments) {
  const { money, day } = words.formats;
  const more = items.length - MOST_ITEMS;
  return {
    hasItems: items.length > 0,
    itemsTitle: words.say("notice.items", args),
    items: items.slice(0, MOST_ITEMS).map(({ number, currency, amountMinor, dueOn, invoiceUrl = null }) => ({
      number: inertLine(number),
      due: dueOn === null ? "" : day(dueOn),
      dueNote: dueOn === null ? "" : words.say("summary.dueOn", { due: day(dueOn) }),
      amount: money(amountMinor, currency),
      invoiceUrl: webLink(invoiceUrl),
    })),
    itemsMore: more > 0 ? words.say("notice.more", { count: more }) : "",
    sums: items.length > 1 ? sumsOf(items, words) : [],
  };
}

function sumsOf(items: NoticeItem[], words: Words): NoticeView["sums"] {
  const sums = new Map<string, number>();
  for (const { currency, amountMinor } of items) sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
  const several = sums.size > 1 ? "yes" : "no";
  return [...sums].map(([currency, minor]) => ({
    label: words.say("sum", { several, currency }),
    sum: words.formats.money(minor, currency),
  }));
}

function instalmentsOf({ kind, body }: Notice, words: Words) {
  const { instalments = [], currency = body.items[0]?.currency ?? "" } = body;
  return {
    hasInstalments: instalments.length > 0 && kind !== "plan_ended" && kind !== "plan_withdrawn",
    instalments: instalments.map(({ on, amountMinor }, index) => ({
      ordinal: words.say("notice.instalment", { seq: index + 1, instalments: instalments.length }),
      on: words.formats.day(on),
      amount: words.formats.money(amountMinor, currency),
    })),
  };
}

function goOf(notice: Notice, words: Words): NoticeView["go"] {
  const page = webLink(notice.pageUrl);
  if (page === null) return null;
  const { key, anchor } = buttonOf(notice);
  return { url: `${page}${anchor}`, label: words.say(key) };
}
