import PostalMime from "postal-mime";
import { describe, expect, it, test } from "vitest";
import { DAY_MS } from "../../src/domain/civil-date.ts";
import type { Notice, NoticeBody, NoticeItem, NoticeKind } from "../../src/domain/notice.ts";
import { previewNotices } from "../../src/email/preview.ts";
import { renderNotice } from "../../src/email/render-notice.ts";
import { sampleNotices } from "../../src/email/sample-notices.ts";
import { LOCALES } from "./every-letter.ts";
import { EVERY_NOTICE } from "./every-notice.ts";
import { attribute, linksIn, readHtml } from "./html-text.ts";

const ACCUSING =
  /overdue|\blate\b(?! payment)|fail|neglect|demand|breach|default|unfortunately|lawyer|court|legal|逾期(?!付款违约金)|拖欠|违约(?!金)|律师|诉|遗憾|滞纳金|罚息|争议/i;

describe.each(EVERY_NOTICE)("$title", ({ notice, html, text, subject, locale }) => {
  const read = readHtml(html);

  it("is HTML without a mistake, in its language", () => {
    expect(read.errors).toEqual([]);
    const root = read.elements.find(({ tagName }) => tagName === "html")!;
    expect(attribute(root, "lang")).toBe(locale);
  });

  it("leaves no placeholder, no gap and nothing half-finished", () => {
    for (const part of [read.text, text, subject, ...linksIn(read)]) {
      expect(part).not.toMatch(/\{\{|\}\}|\[\[|\]\]|[{}]|undefined|null|NaN|\[object/);
      expect(part).not.toMatch(/[^.]\.\.(?!\.)|。。|，，|, ,|\(\)|（）/);
    }
    expect(text).not.toMatch(/\n{3}| \n/);
    expect(subject).not.toMatch(/\s{2}|[\r\n]/);
  });

  it("says the same figures, dates and links in both twins", () => {
    for (const fact of factsOf(notice, locale)) {
      expect(read.text).toContain(fact);
      expect(text).toContain(fact);
    }
    const links = linksIn(read);
    expect(new Set(text.match(/https?:\/\/\S+/g))).toEqual(new Set(links));
    expect(links.some((link) => link.startsWith(notice.pageUrl))).toBe(true);
  });

  it("has one button, and stays small", () => {
    expect(html.match(/mso-padding-alt:0px/g)).toHaveLength(1);
    expect(Buffer.byteLength(html)).toBeLessThan(16_000);
  });

  it("accuses nobody, and does not shout in the subject", () => {
    for (const part of [read.text, text, subject]) expect(part).not.toMatch(ACCUSING);
    expect(subject).not.toMatch(/urgent|final|reminder|!|！|紧急|催/i);
  });

  it("tells how to pay safely where it comes to paying, and nowhere else", () => {
    const safely = locale === "en" ? "Our bank details have not changed" : "我司银行账户信息未变更";
    const bank = notice.creditor.bank!;
    const isTold = text.includes(bank.iban ?? bank.account!);
    expect(text.includes(safely)).toBe(isTold);
  });
});

const PAID: NoticeKind[] = ["promise_confirmed", "promise_changed", "promise_declined", "promise_due"];
PAID.push("plan_agreed", "plan_declined", "instalment_due");

test.each(PAID)("%s says where to pay", (kind) => {
  for (const { notice } of sampleNotices(kind, "en"))
    expect(renderNotice(notice).text).toContain("IBAN: DE89");
});

test.each(["promise_kept", "payment_thanks", "dispute_opened", "paid_reported"] as const)(
  "%s asks for no money",
  (kind) => {
    for (const { notice } of sampleNotices(kind, "en"))
      expect(renderNotice(notice).text).not.toContain("IBAN");
  },
);

const SAYS: [NoticeKind, string, RegExp[], RegExp[]][] = [
  [
    "promise_confirmed",
    "single",
    [
      /Tom Baker told us that €1,248\.00 for invoice INV-1041 will be paid by 27 January 2027/,
      /no reminder/,
      /what reaches us by 29 January 2027 is in time/,
      /changed once/,
    ],
    [/贵司 李强 告知我司/, /于2027年1月27日前（含当日）支付/, /不会就该笔款项发送付款提醒/, /可更改一次/],
  ],
  ["promise_changed", "single", [/no longer by 22 January 2027/], [/原定日期2027年1月22日不再适用/]],
  ["promise_withdrawn", "single", [/as Tom Baker told us/, /as if no date had been agreed/], [/现已撤回/]],
  ["plan_withdrawn", "asked", [/are withdrawn, as Tom Baker told us/], [/现已撤回/, /照常发送付款提醒/]],
  ["promise_asked", "single", [/our finance team to decide/], [/需经我司财务部门确认/]],
  ["promise_due", "single", [/already on its way, thank you/], [/无需另行回复/]],
  [
    "paid_reported",
    "single",
    [
      /on 16 January 2027 \(reference: TRX 20270116-88\)/,
      /up to and including 21 January 2027 we send no reminder/,
    ],
    [/TRX 20270116-88/, /2027年1月21日前（含当日）我司不会/],
  ],
  ["paid_reported", "several", [/our reminders go on meanwhile/], [/付款提醒照常发送/]],
  [
    "dispute_opened",
    "single",
    [/with the quantity/, /no payment of this amount/],
    [/（数量问题）/, /暂不催付/],
  ],
  ["dispute_answered", "accepted", [/this amount is not asked for/], [/无需支付/]],
  [
    "dispute_answered",
    "partly",
    [/query about €1,248\.00 .* €1,000\.00 of it is credited .* €248\.00 stays due/, /IBAN/],
    [/其中 ¥1,000\.00 予以冲减，无需支付；其余 ¥248\.00 仍应支付/],
  ],
  ["dispute_answered", "rejected", [/due as invoiced/], [/仍应按发票支付/]],
  ["invoice_resent", "some", [/copies that we have at hand/], [/另行发送/]],
  ["invoice_resent", "attached", [/here is invoice INV-1042 again\. The copy is attached\./], [/见附件/]],
  ["invoice_resent", "none", [/will send it to ap@globex\.example/], [/至 ap@globex\.example/]],
  [
    "plan_agreed",
    "changed",
    [/instalments differ from those that you asked for/, /reply to this message/],
    [/与贵司申请的方案有所不同/],
  ],
  [
    "plan_agreed",
    "waived",
    [
      /3 of 3: €348\.00, 22 March 2027/,
      /no reminders about this invoice/,
      /no interest for late payment/,
      /the plan ends: what is then still open is due at once, and our ordinary reminders go on/,
    ],
    [
      /第 3 期：¥348\.00，2027年3月22日/,
      /不会就该发票发送付款提醒/,
      /不就该款项主张逾期付款违约金/,
      /本约定即终止/,
    ],
  ],
  ["plan_agreed", "reserved", [/does not waive interest/], [/不构成对逾期付款违约金的放弃/]],
  [
    "plan_ended",
    "defaulted",
    [
      /instalment of €500\.00 agreed for 22 January 2027 has not yet reached us in full/,
      /€1,248\.00 is open/,
    ],
    [/尚有 ¥1,248\.00 未结清/],
  ],
  ["plan_ended", "fulfilled", [/plan is complete/], [/已全部履行/]],
  [
    "instalment_due",
    "single",
    [/instalment 2 of 3 for invoice INV-1041, €400\.00/],
    [/第 2 期款项（共 3 期）¥400\.00/],
  ],
  [
    "contact_proposed",
    "named",
    [/Tom Baker \(p\.shah@globex\.example\)/, /nothing to the new address/],
    [/李强（p\.shah@globex\.example）/],
  ],
  ["payment_thanks", "several", [/these invoices are settled/], [/已结清/]],
];

test.each(SAYS)("%s (%s) says exactly what was recorded and what follows", (kind, name, english, chinese) => {
  for (const [locale, words] of [
    ["en", english],
    ["zh-CN", chinese],
  ] as const) {
    const { notice } = sampleNotices(kind, locale).find((sample) => sample.name === name)!;
    const { html, text } = renderNotice(notice);
    for (const word of words) {
      expect(text).toMatch(word);
      if (!word.source.includes("of 3:") && !word.source.includes("期："))
        expect(readHtml(html).text).toMatch(word);
    }
  }
});

describe("the person who reads it", () => {
  const confirmed = (body: Partial<NoticeBody>) => {
    const { notice } = sampleNotices("promise_confirmed", "en")[0]!;
    return renderNotice({ ...notice, body: { ...notice.body, ...body } }).text;
  };

  it("is not told about themselves by name", () => {
    expect(confirmed({ name: "Priya Shah" })).toContain("Thank you. We have noted that");
  });

  it("is told whom to ask where the date cannot be changed once more", () => {
    expect(confirmed({ canChange: false })).toContain(
      "please reply to this message and we will find another",
    );
  });

  it("is told of no grace that there is none of", () => {
    expect(confirmed({ lastDay: confirmedOn })).not.toContain("Transfers take their time");
  });
  const confirmedOn = sampleNotices("promise_confirmed", "en")[0]!.notice.body.on!;
});

const QUOTED = { note: "Please bear with us", answer: "A third first, please" };

test.each([
  ["plan_asked", ["note"]],
  ["plan_agreed", ["answer"]],
  ["instalment_due", []],
  ["plan_ended", []],
  ["promise_confirmed", ["note"]],
  ["promise_changed", []],
  ["promise_due", []],
  ["promise_declined", ["answer"]],
  ["promise_kept", []],
] as [NoticeKind, string[]][])("%s quotes no words but those said on its occasion", (kind, quoted) => {
  const { notice } = sampleNotices(kind, "en")[0]!;
  const { html, text } = renderNotice({ ...notice, body: { ...notice.body, ...QUOTED } });
  for (const part of [readHtml(html).text, text]) {
    const found = Object.entries(QUOTED).filter(([, words]) => part.includes(words));
    expect(found.map(([whose]) => whose)).toEqual(quoted);
  }
});

test("a promise of a part is named as a part, of one invoice and of several", () => {
  const { notice } = sampleNotices("promise_confirmed", "en")[0]!;
  const [item] = notice.body.items;
  const said = (locale: string, ...items: (typeof item)[]) =>
    renderNotice({ ...notice, locale, body: { ...notice.body, items: items as NoticeItem[] } }).text;
  const part = { ...item!, isPart: true };
  expect(said("en", part)).toContain(`for a part of invoice ${item!.number} will be paid`);
  expect(said("en", item)).toContain(`for invoice ${item!.number} will be paid`);
  expect(said("en", part, item)).toContain("for the 2 invoices below (in part) will be paid");
  expect(said("zh-CN", part)).toContain(`发票 ${item!.number}（部分金额）的款项`);
});

it("lists as many invoices as a mail can hold, and says how many more there are", () => {
  const { notice } = sampleNotices("payment_thanks", "en")[0]!;
  const items = Array.from({ length: 75 }, (_, n) => ({ ...notice.body.items[0]!, number: `X-${n}` }));
  const { html, text } = renderNotice({ ...notice, body: { items } });
  expect(text).toContain("X-59: ");
  expect(text).not.toContain("X-60");
  expect(text).toContain("and 15 more\nTotal: €93,600.00\n");
  expect(Buffer.byteLength(html)).toBeLessThan(60_000);
});

it("says nothing of a bank or a page where there is none", () => {
  const { notice } = sampleNotices("promise_due", "en")[0]!;
  const { text } = renderNotice({ ...notice, creditor: { ...notice.creditor, bank: null }, pageUrl: "" });
  expect(text).not.toMatch(/IBAN|on your page|https:\/\/pay/);
  expect(text).toContain("Our bank details have not changed");
});

it.each(LOCALES)("previews every notice in %s as it would be sent", async (locale) => {
  for (const { kind } of EVERY_NOTICE) {
    for (const { name, subject, html, raw } of previewNotices({ kind, locale })) {
      const message = await PostalMime.parse(raw);
      expect(name).toMatch(/^[\w.-]+$/);
      expect(message.subject).toBe(subject);
      expect(message.html!.trim()).toBe(html.trim());
    }
  }
});

it("names the notices there are when asked for another", () => {
  expect(() => previewNotices({ kind: "nonsense", locale: "en" })).toThrow(
    /there is no notice "nonsense" to preview: choose one of promise_confirmed, /,
  );
});

function factsOf({ creditor, debtor, body, on }: Notice, locale: string): string[] {
  const facts = [creditor.legalName, creditor.contact.name, creditor.contact.email, debtor.legalName];
  facts.push(dayIn(locale, on));
  for (const { number, amountMinor, dueOn } of body.items)
    facts.push(number, amountIn(amountMinor), dayIn(locale, dueOn!));
  return facts;
}

function amountIn(minor: number): string {
  return minor === 480_000 ? "480,000" : (minor / 100).toLocaleString("en", { minimumFractionDigits: 2 });
}

function dayIn(locale: string, day: number): string {
  const date = new Date(day * DAY_MS);
  const month = date.toLocaleString("en", { month: "long", timeZone: "UTC" });
  return locale === "zh-CN"
    ? `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`
    : `${date.getUTCDate()} ${month} ${date.getUTCFullYear()}`;
}
