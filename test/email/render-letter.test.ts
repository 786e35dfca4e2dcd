import { describe, expect, it } from "vitest";
import { DAY_MS } from "../../src/domain/civil-date.ts";
import type { Letter, LetterInvoice } from "../../src/domain/letter.ts";
import { renderLetter } from "../../src/email/render-letter.ts";
import { sampleLetters } from "../../src/email/sample-letters.ts";
import type { TemplateName } from "../../src/email/templates.generated.ts";
import { EVERY_LETTER } from "./every-letter.ts";
import { attribute, linksIn, readHtml } from "./html-text.ts";

const WAYS_OUT = ["promise", "paid", "resend", "dispute", "plan", "contact"];

describe.each(EVERY_LETTER)("$title", ({ letter, template, html, text, subject, locale }) => {
  const read = readHtml(html);

  it("is HTML without a mistake, in its language", () => {
    expect(read.errors).toEqual([]);
    const root = read.elements.find(({ tagName }) => tagName === "html")!;
    expect(attribute(root, "lang")).toBe(locale);
  });

  it("leaves no placeholder, no gap and nothing half-finished", () => {
    for (const part of [read.text, text, subject, ...linksIn(read)]) {
      expect(part).not.toMatch(/\{\{|\}\}|\[\[|\]\]|[{}]|undefined|null|NaN|\[object/);
    }
    expect(text).not.toMatch(/\n{3}| \n/);
    expect(subject).not.toMatch(/\s{2}|[\r\n]/);
  });

  it("says the same figures, dates and references in both twins", () => {
    for (const fact of factsOf(letter, locale)) {
      expect(read.text).toContain(fact);
      expect(text).toContain(fact);
    }
  });

  it("offers the same links in both twins, and every way out", () => {
    const links = linksIn(read);
    expect(new Set(text.match(/https?:\/\/\S+/g))).toEqual(new Set(links));
    for (const way of WAYS_OUT) expect(links).toContain(`${letter.pageUrl}/${way}`);
  });

  it("has one button", () => {
    expect(html.match(/mso-padding-alt:0px/g)).toHaveLength(1);
  });

  it("stays small", () => {
    const limit = letter.asked.length + letter.others.length === 1 ? 17_000 : 24_000;
    expect(Buffer.byteLength(html)).toBeLessThan(limit);
    expect(html).not.toContain(" {{");
  });

  it("names the invoices of the sum and the others apart", () => {
    expect(letter.others.length > 0).toBe(
      text.includes(template && (locale === "en" ? "not part of this sum" : "未计入上述金额")),
    );
  });
});

function factsOf(letter: Letter, locale: string): string[] {
  const { creditor, debtor, asked, others, totals } = letter;
  const bank = creditor.bank!;
  const facts = [creditor.legalName, creditor.contact.name, creditor.contact.email, creditor.contact.phone];
  facts.push(
    debtor.legalName,
    debtor.contactName,
    bank.holder,
    bank.iban,
    bank.account,
    bank.bankCode,
    bank.name,
  );
  for (const invoice of [...asked, ...others]) {
    const shown = invoice.askedMinor + (others.includes(invoice) ? invoice.heldMinor : 0);
    facts.push(invoice.number, invoice.poNumber, dayIn(locale, invoice.dueOn));
    facts.push(moneyIn(shown, invoice.currency), moneyIn(invoice.amountMinor, invoice.currency));
    if (invoice.interest) facts.push(moneyIn(invoice.interest.interestMinor, invoice.currency));
  }
  for (const { askedMinor, interestMinor, currency } of totals)
    facts.push(moneyIn(askedMinor + interestMinor, currency));
  for (const day of [letter.on, letter.answerBy, letter.finalOn])
    if (day !== null) facts.push(dayIn(locale, day));
  return facts.filter((fact) => fact !== null);
}

const DECIMALS: Record<string, number> = { JPY: 0, KWD: 3 };

function moneyIn(minor: number, currency: string): string {
  const decimals = DECIMALS[currency] ?? 2;
  return (minor / 10 ** decimals).toLocaleString("en", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

function dayIn(locale: string, day: number): string {
  const date = new Date(day * DAY_MS);
  const month = date.toLocaleString("en", { month: "long", timeZone: "UTC" });
  return locale === "zh-CN"
    ? `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`
    : `${date.getUTCDate()} ${month} ${date.getUTCFullYear()}`;
}

function sample(template: TemplateName, name: string, locale = "en"): Letter {
  return sampleLetters(template, locale).find((candidate) => candidate.name === name)!.letter;
}

function changed(letter: Letter, change: Partial<LetterInvoice>): Letter {
  return { ...letter, asked: letter.asked.map((invoice) => ({ ...invoice, ...change })) };
}

describe("renderLetter", () => {
  it("gives all stages of an invoice the same subject, so that they stay one thread", () => {
    const invoice = sample("pre-due", "single").asked[0]!;
    const subjects = (["pre-due", "overdue-3", "overdue-30", "formal-notice"] as const).map(
      (template) => renderLetter({ ...sample(template, "single"), asked: [invoice] }).subject,
    );
    expect(new Set(subjects)).toEqual(new Set(["Invoice INV-1041 from Acme GmbH: due 21 January 2027"]));
  });

  it("writes money as the locale does, with the currency's own decimals", () => {
    const { text } = renderLetter(sample("overdue-3", "several"));
    expect(text).toContain("KWD 1,250.500");
    expect(renderLetter(sample("overdue-30", "several", "zh-CN")).text).toContain("¥1,996.00和JP¥480,000");
  });

  it("keeps every digit of an amount that a double cannot hold in major units", () => {
    const letter = changed(sample("overdue-3", "single"), { askedMinor: 9_007_199_254_740_991 });
    expect(renderLetter(letter).text).toContain("€90,071,992,547,409.91");
  });

  it("words an invoice that is not yet due as not yet due, whatever the tone", () => {
    for (const template of ["overdue-3", "overdue-30"] as const) {
      const { text } = renderLetter(sample(template, "several"));
      expect(text).toContain("One of these invoices is not yet due.");
      expect(text).toContain("Due date: 21 January 2027, not yet due");
    }
  });

  it("says what is left out of an invoice, and why", () => {
    const { text } = renderLetter(sample("overdue-3", "several"));
    expect(text).toContain("Open: €1,048.00 (of €1,248.00; €200.00 not asked for now)\n");
    expect(text).toContain("€200.00 is left out of this sum");
  });

  it("puts one full stop after a name that ends in one", () => {
    const letter = sample("overdue-3", "single");
    const debtor = { ...letter.debtor, contactName: null, legalName: "Ironvale Supply, Inc." };
    const { text, html } = renderLetter({ ...letter, debtor });
    expect(text.trimEnd()).toMatch(/Sent to Ironvale Supply, Inc\.$/);
    expect(html).not.toContain("Inc..");
  });

  it("addresses a formal notice to the legal name, in the salutation too", () => {
    for (const [locale, greeting] of [
      ["en", "Dear colleagues at Baltic Timber Trading OÜ,"],
      ["zh-CN", "尊敬的Baltic Timber Trading OÜ："],
    ] as const) {
      const letter = sample("formal-notice", "single", locale);
      const debtor = {
        ...letter.debtor,
        contactName: null,
        name: "Baltic",
        legalName: "Baltic Timber Trading OÜ",
      };
      expect(renderLetter({ ...letter, debtor }).text).toContain(greeting);
    }
  });

  it("names the last day for payment once in so many words", () => {
    const { text } = renderLetter(sample("formal-notice", "single", "zh-CN"));
    expect(text.match(/最后付款期限/g)).toHaveLength(1);
  });

  it("says plainly that a first letter comes late, and brings a statement", () => {
    const { text } = renderLetter(sample("overdue-3", "first-and-late"));
    expect(text).toContain("14 October 2026, 96 days ago");
    expect(text).toContain("This is the first time we write to you about them");
    expect(text).toContain("Statement of account, 18 January 2027");
    expect(text).not.toContain("Did they all reach you?");
  });

  it("names how many are new to the debtor where others were reminded before", () => {
    const letter = sample("overdue-30", "several");
    const asked = letter.asked.map((invoice, index) => (index === 0 ? { ...invoice, earlier: [] } : invoice));
    expect(renderLetter({ ...letter, asked, isFirstAndLate: true }).text).toContain(
      "For 1 of these invoices this is our first reminder",
    );
  });

  it("states interest with formula, basis, span and sum", () => {
    const { text } = renderLetter(sample("formal-notice", "with-interest"));
    expect(text).toContain("Basis: contract clause 7.2. Formula: principal × daily rate × days.");
    expect(text).toContain("€1,248.00 × 0.02% × 19 days (5 November 2026 to 23 November 2026)");
    expect(text).toContain("€748.00 × 0.02% × 56 days (24 November 2026 to 18 January 2027)");
    expect(text).toContain("€748.00 principal and €13.12 interest");
    expect(text).not.toContain("We reserve the right to claim interest");
  });

  it("reserves the right to interest in words where no figure is asked for", () => {
    const { text } = renderLetter(sample("formal-notice", "single"));
    expect(text).toContain("We reserve the right to claim interest for late payment.");
    expect(text).not.toContain("%");
  });

  it("asks for interest in no letter but the formal notice", () => {
    const letter = sample("formal-notice", "with-interest");
    const { text } = renderLetter({ ...letter, template: "overdue-30" });
    expect(text).toContain("Amount open: €748.00 and JP¥480,000");
    expect(text).not.toMatch(/interest|€13\.12|€761\.12/);
  });

  it("falls back to the words of the language, then to English", () => {
    const letter = sample("pre-due", "single");
    expect(renderLetter({ ...letter, locale: "zh-TW" }).locale).toBe("zh-CN");
    expect(renderLetter({ ...letter, locale: "EN-us" }).locale).toBe("en");
    expect(renderLetter({ ...letter, locale: "tlh" }).locale).toBe("en");
    expect(renderLetter({ ...letter, locale: "" }).locale).toBe("en");
  });

  it("still reads well without contact, phone, bank, links, purchase order or page", () => {
    for (const { letter } of EVERY_LETTER) {
      const bare = changed(
        {
          ...letter,
          creditor: { ...letter.creditor, bank: null, contact: { ...letter.creditor.contact, phone: null } },
          debtor: { ...letter.debtor, contactName: null, address: null },
          answerBy: null,
          finalOn: null,
          pageUrl: "",
        },
        { poNumber: null, issuedOn: null, paymentUrl: null, invoiceUrl: null, earlier: [] },
      );
      const { html, text } = renderLetter(bare);
      expect(linksIn(readHtml(html)).filter((link) => !link.includes("files.acme"))).toEqual([]);
      expect(`${readHtml(html).text}${text}`).not.toMatch(/undefined|null|[{}]|\(\)|（）|, ,/);
      expect(text).not.toMatch(/\n{3}/);
    }
  });

  it("names the span of earlier letters once they are too many to list", () => {
    const letter = sample("overdue-30", "single");
    const earlier = Array.from({ length: 9 }, (_, index) => ({
      stage: "pre_due",
      on: letter.on - 60 + index,
    }));
    expect(renderLetter(changed(letter, { earlier })).text).toContain(
      "We wrote to you 9 times between 19 November 2026 and 27 November 2026.",
    );
  });

  it("stays below the size at which mail is cut off, and says what it does not list", () => {
    const letter = sample("overdue-30", "several");
    const others = Array.from({ length: 400 }, () => letter.others[3]!);
    const { html, text } = renderLetter({ ...letter, others });
    expect(text).toContain("360 more invoices are open, €774,000.00 in all.");
    expect(Buffer.byteLength(html)).toBeLessThan(102_000);
  });

  it("refuses a template that does not exist", () => {
    expect(() => renderLetter({ ...sample("pre-due", "single"), template: "toString" })).toThrow(
      'there is no letter template named "toString"',
    );
  });
});
