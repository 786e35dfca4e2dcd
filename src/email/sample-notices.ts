import { parseCivilDay } from "../domain/civil-date.ts";
import type { Notice, NoticeBody, NoticeFile, NoticeKind } from "../domain/notice.ts";
import { type SampleCast, sampleCast } from "./sample-cast.ts";

export type SampleNotice = { name: string; notice: Notice };

const TODAY = parseCivilDay("2027-01-18")!;

/** Made-up facts for a kind of notice: every way in which it can be said. */
export function sampleNotices(kind: NoticeKind, locale: string): SampleNotice[] {
  const cast = sampleCast(locale);
  return Object.entries(BODIES[kind](cast)).map(([name, body]) => ({
    name,
    notice: {
      kind,
      locale,
      on: TODAY,
      creditor: cast.creditor,
      debtor: cast.debtor,
      body,
      files: name === "attached" ? [copyOf(cast, 2)] : [],
      pageUrl: "https://pay.acme.example/p/c2FtcGxl.0Yl3mB5x7Qk2Vt9n",
    },
  }));
}

const single = (cast: SampleCast) => ({ items: [itemOf(cast, 1)] });
const several = (cast: SampleCast) => ({
  items: [itemOf(cast, 1), itemOf(cast, 2), { ...itemOf(cast, 3), currency: "JPY", amountMinor: 480_000 }],
});
const promised = (cast: SampleCast) => ({ ...single(cast), on: TODAY + 9, lastDay: TODAY + 11 });
const named = (cast: SampleCast) => ({ name: cast.colleague });
const planned = (cast: SampleCast) => ({
  ...single(cast),
  currency: cast.currency,
  instalments: [
    { on: TODAY + 4, amountMinor: 50_000 },
    { on: TODAY + 35, amountMinor: 40_000 },
    { on: TODAY + 63, amountMinor: 34_800 },
  ],
});

const BODIES: Record<NoticeKind, (cast: SampleCast) => Record<string, NoticeBody>> = {
  promise_confirmed: (cast) => ({
    single: { ...promised(cast), ...named(cast), event: { id: "prm_sample", sequence: 0 } },
    several: { ...several(cast), on: TODAY + 9, canChange: false, note: cast.texts.note },
  }),
  promise_changed: (cast) => ({
    single: { ...promised(cast), formerOn: TODAY + 4, event: { id: "prm_sample", sequence: 1 } },
  }),
  promise_withdrawn: (cast) => ({
    single: { ...promised(cast), ...named(cast), event: { id: "prm_sample", sequence: 1 } },
  }),
  promise_asked: (cast) => ({
    single: { ...promised(cast), ...named(cast) },
    several: { ...several(cast), on: TODAY + 60 },
  }),
  promise_declined: (cast) => ({ single: { ...promised(cast), answer: cast.texts.answer } }),
  promise_due: (cast) => ({ single: promised(cast), several: { ...several(cast), on: TODAY + 1 } }),
  promise_kept: (cast) => ({ single: promised(cast) }),
  paid_reported: (cast) => ({
    single: {
      ...single(cast),
      paidOn: TODAY - 2,
      reference: "TRX 20270116-88",
      note: cast.texts.note,
      heldUntil: TODAY + 3,
    },
    several: several(cast),
  }),
  dispute_opened: (cast) => ({
    single: { ...single(cast), ...named(cast), reason: "quantity", note: cast.texts.note },
    other: { ...single(cast), reason: "other" },
  }),
  dispute_answered: (cast) => ({
    accepted: { ...single(cast), outcome: "accepted", answer: cast.texts.answer },
    partly: { ...single(cast), outcome: "accepted", creditMinor: 100_000 },
    rejected: { ...single(cast), outcome: "rejected", answer: cast.texts.answer },
    settled: { ...single(cast), outcome: "settled", answer: cast.texts.answer },
  }),
  invoice_resent: (cast) => ({
    linked: single(cast),
    some: several(cast),
    attached: { items: [itemOf(cast, 2)] },
    none: { items: [itemOf(cast, 2)], email: "ap@globex.example" },
  }),
  instalments_offered: (cast) => ({ single: single(cast), several: several(cast) }),
  plan_asked: (cast) => ({ single: { ...planned(cast), ...named(cast), note: cast.texts.note } }),
  plan_agreed: (cast) => ({
    waived: { ...planned(cast), waivesInterest: true, event: { id: "pln_sample", sequence: 0 } },
    reserved: { ...planned(cast), items: [itemOf(cast, 1), itemOf(cast, 2)] },
    changed: { ...planned(cast), isChanged: true },
  }),
  plan_declined: (cast) => ({ single: { ...planned(cast), answer: cast.texts.answer } }),
  plan_withdrawn: (cast) => ({
    asked: { ...planned(cast), ...named(cast) },
    agreed: { ...planned(cast), event: { id: "pln_sample", sequence: 1 } },
  }),
  plan_ended: (cast) => ({
    fulfilled: { ...single(cast), isFulfilled: true },
    defaulted: { ...planned(cast), on: TODAY + 4, event: { id: "pln_sample", sequence: 1 } },
  }),
  instalment_due: (cast) => ({ single: { ...planned(cast), on: TODAY + 35 } }),
  contact_proposed: (cast) => ({
    named: { items: [], ...named(cast), email: "p.shah@globex.example" },
    address: { items: [], email: "ap@globex.example" },
  }),
  link_renewed: () => ({ link: { items: [] } }),
  payment_thanks: (cast) => ({ single: { ...single(cast), paidOn: TODAY - 1 }, several: several(cast) }),
};

function itemOf(cast: SampleCast, position: number): NoticeBody["items"][number] {
  const number = `${cast.numberPrefix}${1040 + position}`;
  return {
    number,
    currency: cast.currency,
    amountMinor: 124_800 - (position - 1) * 36_000,
    dueOn: TODAY - 3 * position,
    invoiceUrl: position === 1 ? `https://files.acme.example/${encodeURIComponent(number)}.pdf` : null,
  };
}

function copyOf(cast: SampleCast, position: number): NoticeFile {
  const { number } = itemOf(cast, position);
  const content = new TextEncoder().encode("%PDF-1.4\n%%EOF\n");
  return { number, name: `${number}.pdf`, mediaType: "application/pdf", content };
}
