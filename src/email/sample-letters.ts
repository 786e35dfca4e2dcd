import { parseCivilDay } from "../domain/civil-date.ts";
import { simpleDailyInterest } from "../domain/interest.ts";
import type { Letter, LetterInvoice, LetterTotal } from "../domain/letter.ts";
import { type SampleCast, sampleCast } from "./sample-cast.ts";
import type { TemplateName } from "./templates.generated.ts";

export type SampleLetter = { name: string; letter: Letter };

const TODAY = parseCivilDay("2027-01-18")!;
const RULE = { kind: "daily", rate: 0.0002, basis: "contract clause 7.2" } as const;

/** Made-up facts for a stage: one invoice, several with every status, and what is special to the stage. */
export function sampleLetters(template: TemplateName, locale: string): SampleLetter[] {
  const cast = sampleCast(locale);
  const { single, several } = SETS[template](cast);
  const letters = [
    { name: "single", letter: letterOf({ template, locale, cast, asked: single }) },
    {
      name: "several",
      letter: letterOf({ template, locale, cast, asked: several, others: othersOf(cast) }),
    },
  ];
  if (template === "overdue-3") letters.push(firstAndLate(template, locale, cast));
  if (template === "formal-notice") letters.push(withInterest(letters[1]!.letter, cast));
  return letters;
}

type Sets = (cast: SampleCast) => { single: LetterInvoice[]; several: LetterInvoice[] };

const SETS: Record<TemplateName, Sets> = {
  "pre-due": (cast) => ({
    single: [invoiceOf(cast, 1, { daysOverdue: -3 })],
    several: [
      invoiceOf(cast, 1, { daysOverdue: -3 }),
      invoiceOf(cast, 2, { daysOverdue: -5, currency: "JPY", amountMinor: 480_000 }),
    ],
  }),
  "overdue-3": (cast) => ({
    single: [invoiceOf(cast, 1, { daysOverdue: 3, earlierAt: [-3] })],
    several: [
      invoiceOf(cast, 1, { daysOverdue: 3, heldMinor: 20_000, earlierAt: [-3] }),
      invoiceOf(cast, 2, { daysOverdue: 5, currency: "KWD", amountMinor: 1_250_500, earlierAt: [-3] }),
      invoiceOf(cast, 3, { daysOverdue: -3 }),
    ],
  }),
  "overdue-30": (cast) => ({
    single: [invoiceOf(cast, 1, { daysOverdue: 30, earlierAt: [-3, 3] })],
    several: [
      invoiceOf(cast, 1, { daysOverdue: 33, paidMinor: 50_000, earlierAt: [-3, 3] }),
      invoiceOf(cast, 2, { daysOverdue: 30, currency: "JPY", amountMinor: 480_000, earlierAt: [-3, 3] }),
      invoiceOf(cast, 3, { daysOverdue: -3 }),
    ],
  }),
  "formal-notice": (cast) => ({
    single: [invoiceOf(cast, 1, { daysOverdue: 60, earlierAt: [-3, 3, 30] })],
    several: [
      invoiceOf(cast, 1, { daysOverdue: 75, paidMinor: 50_000, earlierAt: [-3, 3, 30] }),
      invoiceOf(cast, 2, { daysOverdue: 60, currency: "JPY", amountMinor: 480_000, earlierAt: [-3, 3, 30] }),
    ],
  }),
};

function othersOf(cast: SampleCast): LetterInvoice[] {
  return [
    invoiceOf(cast, 4, { daysOverdue: 21, status: "disputed", heldMinor: 64_000, amountMinor: 64_000 }),
    invoiceOf(cast, 5, { daysOverdue: 12, status: "promised", heldMinor: 98_050, amountMinor: 98_050 }),
    invoiceOf(cast, 6, { daysOverdue: 9, amountMinor: 30_000 }),
    invoiceOf(cast, 7, { daysOverdue: -12, amountMinor: 215_000 }),
  ];
}

function firstAndLate(template: TemplateName, locale: string, cast: SampleCast): SampleLetter {
  const asked = [
    invoiceOf(cast, 1, { daysOverdue: 96 }),
    invoiceOf(cast, 2, { daysOverdue: 64, amountMinor: 88_000 }),
  ];
  return {
    name: "first-and-late",
    letter: { ...letterOf({ template, locale, cast, asked }), isFirstAndLate: true },
  };
}

function withInterest(letter: Letter, cast: SampleCast): SampleLetter {
  const rule = { ...RULE, basis: cast.interestBasis };
  const asked = letter.asked.map((invoice) => ({
    ...invoice,
    interest: simpleDailyInterest({
      rule,
      dueOn: invoice.dueOn,
      throughOn: letter.on,
      principalMinor: invoice.amountMinor,
      changes:
        invoice.amountMinor === invoice.askedMinor
          ? []
          : [{ on: invoice.dueOn + 20, amountMinor: invoice.askedMinor - invoice.amountMinor }],
    }),
  }));
  return { name: "with-interest", letter: { ...letter, asked, totals: totalsOf(asked), interestRule: rule } };
}

function letterOf(facts: {
  template: TemplateName;
  locale: string;
  cast: SampleCast;
  asked: LetterInvoice[];
  others?: LetterInvoice[];
}): Letter {
  const { template, locale, cast, asked, others = [] } = facts;
  const isFormal = template === "formal-notice";
  return {
    template,
    locale,
    on: TODAY,
    creditor: cast.creditor,
    debtor: cast.debtor,
    asked: asked.toSorted((a, b) => a.dueOn - b.dueOn),
    others: others.toSorted((a, b) => a.dueOn - b.dueOn),
    totals: totalsOf(asked),
    answerBy: template === "overdue-30" ? TODAY + 9 : null,
    finalOn: isFormal ? TODAY + 14 : null,
    nextTemplate: NEXT_TEMPLATES[template],
    isFirstAndLate: false,
    interestRule: { kind: "none" },
    pageUrl: "https://pay.acme.example/p/c2FtcGxl.0Yl3mB5x7Qk2Vt9n",
  };
}

const NEXT_TEMPLATES: Record<TemplateName, TemplateName | null> = {
  "pre-due": "overdue-3",
  "overdue-3": "overdue-30",
  "overdue-30": "formal-notice",
  "formal-notice": null,
};

type Circumstances = {
  daysOverdue: number;
  currency?: string;
  amountMinor?: number;
  paidMinor?: number;
  heldMinor?: number;
  status?: LetterInvoice["status"];
  /** Offsets to the due date at which earlier letters left. */
  earlierAt?: number[];
};

function invoiceOf(cast: SampleCast, position: number, facts: Circumstances): LetterInvoice {
  const {
    daysOverdue,
    currency = cast.currency,
    amountMinor = 124_800,
    paidMinor = 0,
    heldMinor = 0,
  } = facts;
  const dueOn = TODAY - daysOverdue;
  const number = `${cast.numberPrefix}${1040 + position}`;
  return {
    number,
    poNumber: position % 2 === 1 ? `45000${position}71` : null,
    issuedOn: dueOn - 30,
    dueOn,
    currency,
    amountMinor,
    askedMinor: amountMinor - paidMinor - heldMinor,
    heldMinor,
    daysOverdue: Math.max(0, daysOverdue),
    status: facts.status ?? (daysOverdue > 0 ? "overdue" : daysOverdue === 0 ? "due_today" : "not_yet_due"),
    paymentUrl: position <= 2 ? `https://checkout.acme.example/${encodeURIComponent(number)}` : null,
    invoiceUrl: position === 1 ? `https://files.acme.example/${encodeURIComponent(number)}.pdf` : null,
    earlier: (facts.earlierAt ?? []).map((offset) => ({
      stage: EARLIER_STAGES[offset]!,
      on: dueOn + offset,
    })),
    interest: null,
  };
}

const EARLIER_STAGES: Record<number, string> = { [-3]: "pre_due", 3: "overdue_3", 30: "overdue_30" };

function totalsOf(asked: LetterInvoice[]): LetterTotal[] {
  const totals = new Map<string, LetterTotal>();
  for (const { currency, askedMinor, interest } of asked) {
    const total = totals.get(currency) ?? { currency, askedMinor: 0, interestMinor: 0 };
    total.askedMinor += askedMinor;
    total.interestMinor += interest?.interestMinor ?? 0;
    totals.set(currency, total);
  }
  return [...totals.values()];
}
