import { html } from "hono/html";
import { type CivilDay, DAY_MS, formatCivilDay } from "../../../domain/civil-date.ts";
import type { LetterInvoice } from "../../../domain/letter.ts";
import { formatDecimal } from "../../../domain/money.ts";
import { lastDayOf, suggestDates, whyBeyond } from "../../../domain/promise.ts";
import type { Words } from "../../../email/words.ts";
import { makePromise } from "../../../reminders/agreements/make-promise.ts";
import {
  amountField,
  choices,
  dayField,
  type FormState,
  hidden,
  longTextField,
} from "../../pages/debtor/fields.ts";
import type { Html } from "../../pages/layout.ts";
import { type Filled, one } from "../filled.ts";
import { firstChoice, listOf } from "../invoice-choice.ts";
import { createReader, type Reader } from "../reader.ts";
import { promisable, sumsOf, undisputedOf } from "../standing.ts";
import type { Page, Way } from "../way.ts";

export type Promised = { invoice: LetterInvoice; amountMinor: number; isWhole: boolean };
type Draft = { promised: Promised[]; on: CivilDay; note: string };

const LONGEST_NOTE = 500;

export const promiseWay: Way<Draft> = {
  name: "promise",
  fields: /^(invoice|amount-[\w-]+|day|own|note)$/,
  isOpen: (account) => promisable(account).length > 0,

  start(page, asked) {
    const invoices = promisable(page.account);
    const amounts = invoices.map((invoice): [string, string[]] => [
      amountName(invoice),
      [wholeOf(page, invoice)],
    ]);
    return new Map([["invoice", firstChoice(invoices, asked)], ...amounts]);
  },

  read(filled, page) {
    const reader = createReader(filled, page);
    const chosen = reader.invoices("invoice", promisable(page.account)) ?? [];
    const promised = chosen.map((invoice) => readShare(reader, invoice, page));
    const on = readDay(reader, filled);
    const note = reader.text("note", LONGEST_NOTE);
    const { mistakes } = reader;
    if (mistakes.length > 0) return { mistakes };
    return { draft: { promised: promised as Promised[], on: on!, note: note! } };
  },

  form(filled, page, mistakes) {
    const { words } = page;
    const state = { filled, mistakes, words };
    return html`${sharesPart(state, page)}${daysPart(state, page)}
      ${longTextField(state, { name: "note", label: words.say("page.note"), isOptional: true, most: LONGEST_NOTE })}`;
  },

  understood({ promised, on, note }, page) {
    const { words, account } = page;
    const said = [
      words.say("page.promise.said", saidOf(promised, on, words)),
      ...(note ? [`“${note}”`] : []),
    ];
    if (isBeyond(promised, on, page)) return { said, notes: [words.say("page.promise.beyond")] };
    const lastDay = words.formats.day(lastDayOf(on, account.rules.promises, account.calendar));
    return { said, notes: [words.say("page.promise.held", { lastDay })] };
  },

  async perform(services, { promised, on, note }, { name, page }) {
    const { customerId } = page.account;
    const { outcome } = await makePromise(services, {
      invoices: promised.map(({ invoice, amountMinor, isWhole }) =>
        isWhole ? { number: invoice.number } : { number: invoice.number, amountMinor },
      ),
      on,
      note,
      name,
      author: "debtor",
      by: "debtor",
      customerId,
    });
    const key = outcome === "asked" ? "page.promise.asked" : "page.promise.done";
    return page.words.say(key, saidOf(promised, on, page.words));
  },
};

/** Suggested days to choose from, and a field for another: what is written there counts. */
export function daysPart(state: FormState, { account, words }: Page): Html {
  const days = suggestDates(account.on, account.calendar, account.rules.promises);
  return html`${choices(state, {
    name: "day",
    label: words.say("page.promise.on"),
    isOne: true,
    of: days.map((day) => ({ value: formatCivilDay(day), label: weekdayOf(day, words) })),
  })}
  ${dayField(state, { name: "own", label: words.say("page.promise.own"), min: formatCivilDay(account.on) })}`;
}

/** The day that was written, else the one that was ticked. */
export function readDay(reader: Reader, filled: Filled): CivilDay | undefined {
  if (one(filled, "own") !== "") return reader.comingDay("own");
  return one(filled, "day") === "" ? reader.wrong("day", "page.mistake.whichDay") : reader.comingDay("day");
}

export function weekdayOf(day: CivilDay, words: Words): string {
  const weekday = new Intl.DateTimeFormat(words.locale, { weekday: "long", timeZone: "UTC" }).format(
    day * DAY_MS,
  );
  return words.say("page.promise.weekday", { weekday, day: words.formats.day(day) });
}

export function saidOf(promised: Promised[], on: CivilDay, words: Words) {
  const { money, list } = words.formats;
  const sums = sumsOf(
    promised.map(({ invoice }) => invoice),
    (invoice) => promised.find((one) => one.invoice === invoice)!.amountMinor,
  );
  const whole = promised.filter(({ isWhole }) => isWhole).map(({ invoice }) => invoice);
  const parts = promised.filter(({ isWhole }) => !isWhole).map(({ invoice: { number } }) => number);
  const invoices = [
    ...(whole.length > 0 ? [listOf(whole, words)] : []),
    ...parts.map((number) => words.say("page.promise.part", { number })),
  ];
  return {
    amount: list(sums.map(({ amountMinor, currency }) => money(amountMinor, currency))),
    invoices: list(invoices),
    on: weekdayOf(on, words),
  };
}

function sharesPart(state: FormState, page: Page): Html {
  const { words } = page;
  const invoices = promisable(page.account);
  const [only] = invoices;
  const hint = words.say("page.partHint");
  if (invoices.length === 1) {
    const { currency, number } = only!;
    const label = words.say("page.amount");
    return html`${hidden("invoice", number)}${amountField(state, { name: amountName(only!), label, hint, currency })}`;
  }
  return choices(state, {
    name: "invoice",
    label: words.say("page.promise.which"),
    hint,
    of: invoices.map((invoice) => ({
      value: invoice.number,
      label: invoice.number,
      note: words.say("page.amountDue", { due: words.formats.day(invoice.dueOn) }),
      more: amountField(state, {
        name: amountName(invoice),
        label: words.say("page.amountOf", { number: invoice.number }),
        currency: invoice.currency,
      }),
    })),
  });
}

function readShare(reader: Reader, invoice: LetterInvoice, { account }: Page): Promised | undefined {
  const mostMinor = undisputedOf(account, invoice);
  const { currency } = invoice;
  const amountMinor = reader.amount(amountName(invoice), { currency, mostMinor });
  if (amountMinor === undefined) return undefined;
  return {
    invoice,
    amountMinor: amountMinor ?? mostMinor,
    isWhole: (amountMinor ?? mostMinor) === mostMinor,
  };
}

function isBeyond(promised: Promised[], on: CivilDay, { account }: Page): boolean {
  const { answers, rules, on: today } = account;
  return promised.some(({ invoice: { number } }) => {
    const madeBefore = answers.promisesMade.get(number) ?? 0;
    return whyBeyond({ on, today, madeBefore, rules: rules.promises }) !== null;
  });
}

function wholeOf({ account }: Page, invoice: LetterInvoice): string {
  return formatDecimal(undisputedOf(account, invoice), invoice.currency);
}

/** Also an id in the page, where a number may not stand as it is. */
function amountName({ number }: LetterInvoice): string {
  return `amount-${Buffer.from(number).toString("base64url")}`;
}
