import { AGE_BUCKETS } from "../domain/age.ts";
import type { Digest, DigestLine } from "../domain/digest.ts";
import { amountOf } from "../reminders/alerts/alerts-of-plan.ts";
import { type Block, sectionsOf } from "./blocks.ts";
import { DIGEST_WORDS, type DigestWords } from "./digest-words.ts";
import { headline, invoiceLine, NAME_LENGTH, oldestOf } from "./lines.ts";
import { escaped } from "./plain-text.ts";
import { day, type Locale, WORDS, type Words } from "./words.ts";

/** All parts together are two screens of a phone. */
const MOST_WAITING = 6;
const MOST_LINES = 4;
const MOST_WITH_BARS = 2;
const BAR_LENGTH = 8;

/** Text as Slack shows it, and as a screen reader says it. */
type Line = { shown: string; said: string };

/** What one person reads in the morning. */
export function digestMessage(digest: Digest, locale: Locale): { text: string; blocks: Block[] } {
  const words = WORDS[locale];
  const own = DIGEST_WORDS[locale];
  const { on, waiting, waitingMore, promises, promisesMore, dueThisWeek, dueMore, sent, news } = digest;
  const title = `${words.kinds.digest.title({ customer: "", count: 0, days: 0 })} · ${day(on, locale)}`;
  const parts = [
    [plain(`*${title}*`, title)],
    part(own.waiting, waiting.map(waitingLine(words, own)), {
      most: MOST_WAITING,
      more: waitingMore,
      locale,
    }),
    part(own.promises, promises.map(datedLine(null)), { more: promisesMore, locale }),
    part(own.due, dueThisWeek.map(datedLine(locale)), { more: dueMore, locale }),
    part(
      own.sent,
      sent.map((invoice) => invoiceLine(invoice, words, { isSent: true, withCustomer: true })),
      { locale },
    ),
    part(own.news, news.map(newsLine(words)), { locale }),
    agingPart(digest, own, words),
  ].filter((lines) => lines.length > 0);
  return {
    text: parts.flatMap((lines) => lines.map(({ said }) => said)).join("\n"),
    blocks: parts.flatMap((lines) => sectionsOf(lines.map(({ shown }) => shown))),
  };
}

/** A heading with how many there are, and the first of them; nothing where there are none. `more` are known of and not listed. */
function part(
  heading: string,
  texts: string[],
  { most = MOST_LINES, more = 0, locale }: { most?: number; more?: number; locale: Locale },
): Line[] {
  if (texts.length === 0) return [];
  const count = texts.length + more;
  // One that is left over is no more to read than a line that says so.
  const shown = count <= most + 1 ? texts : texts.slice(0, most);
  const left = count - shown.length;
  const title = DIGEST_WORDS[locale].counted(heading, count);
  return [
    plain(`*${title}*`, title),
    ...shown.map((text) => plain(`• ${text}`)),
    ...(left > 0 ? [plain(WORDS[locale].more(left))] : []),
  ];
}

function plain(shown: string, said = shown): Line {
  return { shown, said };
}

function waitingLine(words: Words, own: DigestWords) {
  return ({ kind, customer, numbers, daysOverdue, since }: Digest["waiting"][number]) => {
    const title = headline({ kind, customer, count: numbers.length, days: daysOverdue }, words);
    const named = numbers.slice(0, 2).map((number) => escaped(number, NAME_LENGTH));
    return [title, ...named, own.since(since)].join(" · ");
  };
}

/** With the day, unless all are of one. */
function datedLine(locale: Locale | null) {
  return ({ on, customer, number, amount }: DigestLine) => {
    const names = [customer, number, amount].map((text) => escaped(text, NAME_LENGTH));
    return [...(locale ? [day(on, locale)] : []), ...names].join(" · ");
  };
}

function newsLine(words: Words) {
  return ({ kind, customer, invoices }: Digest["news"][number]) => {
    const facts = { kind, customer, count: invoices.length, days: oldestOf(invoices) };
    const named = invoices.slice(0, 2).map(({ number }) => escaped(number, NAME_LENGTH));
    return [headline(facts, words), ...named].join(" · ");
  };
}

function agingPart({ aging, lastWeek }: Digest, own: DigestWords, { more }: Words): Line[] {
  if (aging.length === 0) return [];
  const listed = aging.slice(0, MOST_WAITING);
  const left = aging.length - listed.length;
  return [
    plain(`*${own.open}*`, own.open),
    ...listed.flatMap((one) => [
      plain(totalLine(one, lastWeek, own)),
      ...(aging.length > MOST_WITH_BARS ? [] : barsOf(one, own)),
    ]),
    ...(left > 0 ? [plain(more(left))] : []),
  ];
}

function totalLine(
  { currency, totalMinor }: Digest["aging"][number],
  lastWeek: Digest["lastWeek"],
  own: DigestWords,
): string {
  const total = amountOf(totalMinor, currency);
  if (lastWeek === null) return total;
  const apart = totalMinor - (lastWeek.totals[currency] ?? 0);
  const said = apart === 0 ? null : amountOf(Math.abs(apart), currency);
  return `${total} · ${own.against({ on: lastWeek.on, apart: said, isMore: apart > 0 })}`;
}

/** How much of what is open in a currency is how old, as bars; ages with nothing in them are left out. */
function barsOf({ currency, buckets, totalMinor }: Digest["aging"][number], own: DigestWords): Line[] {
  return AGE_BUCKETS.filter((bucket) => buckets[bucket] > 0).map((bucket) => {
    const minor = buckets[bucket];
    const said = own.aged(own.buckets[bucket], amountOf(minor, currency));
    return { shown: `\`${bar(minor / totalMinor)}\` ${said}`, said };
  });
}

/** What is there at all shows. */
function bar(share: number): string {
  const full = Math.max(1, Math.round(share * BAR_LENGTH));
  return "█".repeat(full) + "░".repeat(BAR_LENGTH - full);
}
