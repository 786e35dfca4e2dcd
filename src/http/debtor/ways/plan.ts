import { html } from "hono/html";
import { type CivilDay, formatCivilDay } from "../../../domain/civil-date.ts";
import type { LetterInvoice } from "../../../domain/letter.ts";
import { formatDecimal } from "../../../domain/money.ts";
import { firstShareOf, type Instalment, proposePlan } from "../../../domain/plan.ts";
import { askPlan } from "../../../reminders/ask-plan.ts";
import type { DebtorAccount } from "../../../reminders/debtor-account.ts";
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
import { firstChoice, invoiceChoice, listOf } from "../invoice-choice.ts";
import { createReader, type Reader } from "../reader.ts";
import { plannable, undisputedOf } from "../standing.ts";
import type { Page, Way } from "../way.ts";
import { weekdayOf } from "./promise.ts";

type Draft = { invoices: LetterInvoice[]; instalments: Instalment[]; note: string };
type Debt = { currency: string; totalMinor: number };

const FEWEST = 2;
const LONGEST_NOTE = 500;

export const planWay: Way<Draft> = {
  name: "plan",
  fields: /^(invoice|count|day-\d|amount-\d|note)$/,
  isOpen: (account) => plannable(account).length > 0 && countsOf(account).length > 0,

  start(page, asked) {
    const invoices = plannable(page.account);
    const [first] = invoices;
    const alike = invoices.filter(({ currency }) => currency === first?.currency);
    return new Map([["invoice", firstChoice(alike, asked)]]);
  },

  read(filled, page) {
    const reader = createReader(filled, page);
    const invoices = reader.invoices("invoice", plannable(page.account)) ?? [];
    if (new Set(invoices.map(({ currency }) => currency)).size > 1)
      reader.wrong("invoice", "page.mistake.currency");
    const note = reader.text("note", LONGEST_NOTE);
    if (reader.mistakes.length > 0) return { mistakes: reader.mistakes };
    const debt = debtOf(invoices, page.account);
    const instalments = readInstalments(reader, filled, { debt, page });
    if (reader.mistakes.length > 0) return { mistakes: reader.mistakes };
    return { draft: { invoices, instalments: instalments!, note: note! } };
  },

  form(filled, page, mistakes) {
    const { words, account } = page;
    const state = { filled, mistakes, words };
    const note = longTextField(state, {
      name: "note",
      label: words.say("page.note"),
      isOptional: true,
      most: LONGEST_NOTE,
    });
    if (one(filled, "count") !== "") return html`${instalmentsPart(state, page)}${note}`;
    return html`${invoiceChoice(state, plannable(account), { label: "page.which" })}
      ${choices(state, {
        name: "count",
        label: words.say("page.plan.count"),
        isOne: true,
        of: countsOf(account).map((count) => ({
          value: String(count),
          label: words.say("page.plan.countOf", { count }),
        })),
      })}${note}`;
  },

  understood({ invoices, instalments, note }, { words, account }) {
    const { currency, totalMinor } = debtOf(invoices, account);
    const { money } = words.formats;
    const about = { amount: money(totalMinor, currency), invoices: listOf(invoices, words) };
    return {
      said: [words.say("page.plan.said", about), ...(note ? [`“${note}”`] : [])],
      rows: instalments.map(({ on, amountMinor }) => [weekdayOf(on, words), money(amountMinor, currency)]),
      notes: [words.say("page.plan.note")],
    };
  },

  async perform(services, { invoices, instalments, note }, { name, page }) {
    await askPlan(services, {
      invoices: invoices.map(({ number }) => number),
      instalments,
      note,
      name,
      author: "debtor",
      customerId: page.account.customerId,
    });
    return page.words.say("page.plan.done");
  },
};

/** In how many instalments the policy allows to pay, where it is more than one. */
function countsOf({ rules }: DebtorAccount): number[] {
  const most = rules.plans.maxInstalments;
  return Array.from({ length: Math.max(0, most - FEWEST + 1) }, (_, index) => FEWEST + index);
}

function debtOf(invoices: LetterInvoice[], account: DebtorAccount): Debt {
  const totalMinor = invoices.reduce((sum, invoice) => sum + undisputedOf(account, invoice), 0);
  return { currency: invoices[0]!.currency, totalMinor };
}

/** The instalments as they were adjusted, else the proposal for the count that was chosen. */
function readInstalments(
  reader: Reader,
  filled: Filled,
  { debt, page }: { debt: Debt; page: Page },
): Instalment[] | undefined {
  const count = countsOf(page.account).find((one_) => String(one_) === one(filled, "count"));
  if (count === undefined) return reader.wrong("count", "page.mistake.count");
  const proposed = proposalOf(debt, count, page.account);
  if (one(filled, "day-1") === "" && one(filled, "amount-1") === "") return proposed;
  const given = proposed.map((_, index) => ({
    on: reader.comingDay(`day-${index + 1}`),
    amountMinor: reader.amount(`amount-${index + 1}`, {
      currency: debt.currency,
      mostMinor: debt.totalMinor,
    }),
  }));
  for (const [index, { amountMinor }] of given.entries()) {
    if (amountMinor === null) {
      reader.wrong(`amount-${index + 1}`, "page.mistake.amount", {
        like: formatDecimal(debt.totalMinor, debt.currency),
      });
    }
  }
  if (reader.mistakes.length > 0) return undefined;
  const instalments = given as Instalment[];
  refuseBeyond(reader, instalments, { debt, page });
  return instalments;
}

function refuseBeyond(
  reader: Reader,
  instalments: Instalment[],
  { debt, page }: { debt: Debt; page: Page },
): void {
  const { words, account } = page;
  const { money, day } = words.formats;
  const amount = (minor: number) => money(minor, debt.currency);
  const { first, firstDay, lastDay } = boundsOf(debt, account);
  const sum = instalments.reduce((total, { amountMinor }) => total + amountMinor, 0);
  const last = instalments.length;
  const late = instalments.findIndex(({ on }, index) => index > 0 && on <= instalments[index - 1]!.on);
  if (sum !== debt.totalMinor)
    reader.wrong(`amount-${last}`, "page.mistake.plan_sum", {
      sum: amount(sum),
      total: amount(debt.totalMinor),
    });
  if (instalments[0]!.amountMinor < first)
    reader.wrong("amount-1", "page.mistake.plan_first", { amount: amount(first) });
  if (instalments[0]!.on > firstDay)
    reader.wrong("day-1", "page.mistake.plan_firstDay", { day: day(firstDay) });
  if (late > 0) reader.wrong(`day-${late + 1}`, "page.mistake.plan_order");
  else if (instalments.at(-1)!.on > lastDay)
    reader.wrong(`day-${last}`, "page.mistake.plan_lastDay", { day: day(lastDay) });
}

function boundsOf({ totalMinor }: Debt, { on, rules }: DebtorAccount) {
  const { minFirstShare, firstWithinDays, maxDays } = rules.plans;
  return {
    first: firstShareOf(totalMinor, minFirstShare),
    firstDay: on + firstWithinDays,
    lastDay: on + maxDays,
  };
}

function proposalOf(
  { totalMinor }: Debt,
  count: number,
  { on, calendar, rules }: DebtorAccount,
): Instalment[] {
  return proposePlan({ totalMinor, count, today: on, calendar, rules: rules.plans });
}

/** Each instalment to adjust, as it was filled in or proposed. */
function instalmentsPart(state: FormState, page: Page): Html {
  const { words, account } = page;
  const reader = createReader(state.filled, page);
  const invoices = reader.invoices("invoice", plannable(account)) ?? plannable(account);
  const debt = debtOf(invoices, account);
  const { currency } = debt;
  const count = Number(one(state.filled, "count"));
  const { first, firstDay, lastDay } = boundsOf(debt, account);
  const { money, day } = words.formats;
  const rules = words.say("page.plan.rules", {
    first: money(first, currency),
    firstDay: day(firstDay),
    lastDay: day(lastDay),
  });
  const rows = proposalOf(debt, count, account).map(({ on, amountMinor }, index) =>
    instalmentRow(withProposal(state, { on, amount: formatDecimal(amountMinor, currency), n: index + 1 }), {
      n: index + 1,
      currency,
      account,
    }),
  );
  return html`${invoices.map(({ number }) => hidden("invoice", number))}${hidden("count", String(count))}
    <p>${listOf(invoices, words)} · ${money(debt.totalMinor, currency)}</p><p class="hint">${rules}</p>${rows}`;
}

function withProposal(
  state: FormState,
  { on, amount, n }: { on: CivilDay; amount: string; n: number },
): FormState {
  const proposed: [string, readonly string[]][] = [
    [`day-${n}`, [formatCivilDay(on)]],
    [`amount-${n}`, [amount]],
  ];
  return { ...state, filled: new Map([...proposed, ...state.filled]) };
}

function instalmentRow(
  state: FormState,
  { n, currency, account }: { n: number; currency: string; account: DebtorAccount },
): Html {
  const { words } = state;
  const { on } = account;
  return html`<fieldset class="field"><legend>${words.say("page.plan.nth", { n })}</legend><div class="pair">
    ${dayField(state, {
      name: `day-${n}`,
      label: words.say("page.plan.day"),
      min: formatCivilDay(on),
      max: formatCivilDay(on + account.rules.plans.maxDays),
    })}
    ${amountField(state, { name: `amount-${n}`, label: words.say("page.amount"), currency })}</div></fieldset>`;
}
