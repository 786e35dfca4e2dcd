import { html } from "hono/html";
import { type CivilDay, formatCivilDay } from "../../../domain/civil-date.ts";
import type { LetterInvoice } from "../../../domain/letter.ts";
import { formatDecimal } from "../../../domain/money.ts";
import type { Instalment } from "../../../domain/plan.ts";
import { askPlan } from "../../../reminders/agreements/ask-plan.ts";
import type { DebtorAccount } from "../../../reminders/links/debtor-account.ts";
import {
  amountField,
  choices,
  dayField,
  type FormState,
  hidden,
  longTextField,
} from "../../pages/debtor/fields.ts";
import type { Html } from "../../pages/layout.ts";
import { firstChoice, invoiceChoice, listOf } from "../invoice-choice.ts";
import { createReader } from "../reader.ts";
import { plannable } from "../standing.ts";
import type { Page, Way } from "../way.ts";
import { boundsOf, countIn, countsOf, debtOf, proposalOf, readInstalments } from "./instalments.ts";
import { weekdayOf } from "./promise.ts";

type Draft = { invoices: LetterInvoice[]; instalments: Instalment[]; note: string };

const LONGEST_NOTE = 500;

export const planWay: Way<Draft> = {
  name: "plan",
  fields: /^(invoice|count|(day|amount)-\d+|note)$/,
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
    const count = countIn(filled, account);
    const chosen = createReader(filled, page).invoices("invoice", plannable(account)) ?? [];
    const isOneDebt = new Set(chosen.map(({ currency }) => currency)).size === 1;
    if (count !== undefined && isOneDebt)
      return html`${instalmentsPart(state, page, { chosen, count })}${note}`;
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

/** Each instalment to adjust, as it was filled in or proposed. */
function instalmentsPart(
  state: FormState,
  page: Page,
  { chosen, count }: { chosen: LetterInvoice[]; count: number },
): Html {
  const { words, account } = page;
  const debt = debtOf(chosen, account);
  const { currency } = debt;
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
  return html`${chosen.map(({ number }) => hidden("invoice", number))}${hidden("count", String(count))}
    <p>${listOf(chosen, words)} · ${money(debt.totalMinor, currency)}</p><p class="hint">${rules}</p>${rows}`;
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
