import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Letter } from "../../src/domain/letter.ts";
import { renderLetter } from "../../src/email/render-letter.ts";
import { sampleLetters } from "../../src/email/sample-letters.ts";
import { LOCALES, TEMPLATE_NAMES } from "./every-letter.ts";
import { hostileText, hostileUrl, tagsIn } from "./hostile.ts";
import { linksIn, readHtml } from "./html-text.ts";

const hostileLetter = fc
  .record({
    template: fc.constantFrom(...TEMPLATE_NAMES),
    locale: fc.constantFrom(...LOCALES, "x{{y}}", "../../etc"),
    text: hostileText,
    url: hostileUrl,
    sample: fc.nat({ max: 2 }),
  })
  .map(({ template, locale, text, url, sample }): { letter: Letter; clean: Letter } => {
    const samples = sampleLetters(template, locale);
    const clean = samples[sample % samples.length]!.letter;
    const poison = (invoice: Letter["asked"][number]) => ({
      ...invoice,
      number: text,
      poNumber: text,
      paymentUrl: url,
      invoiceUrl: url,
    });
    const letter: Letter = {
      ...clean,
      asked: clean.asked.map(poison),
      others: clean.others.map(poison),
      creditor: {
        ...clean.creditor,
        legalName: text,
        address: text,
        contact: { name: text, email: text, phone: text },
        bank: { holder: text, iban: text, bic: text, name: text, account: text, bankCode: text },
      },
      debtor: { name: text, legalName: text, address: text, country: text, contactName: text },
      nextTemplate: text,
      interestRule: { kind: "daily", rate: 0.0002, basis: text },
    };
    return { letter, clean };
  });

describe("a letter with hostile names, numbers, addresses and links", () => {
  it("keeps its structure: no element, attribute or comment comes from outside", () => {
    fc.assert(
      fc.property(hostileLetter, ({ letter, clean }) => {
        const read = readHtml(renderLetter(letter).html);
        expect(read.errors).toEqual([]);
        const allowed = tagsIn(readHtml(renderLetter(clean).html));
        for (const tag of tagsIn(read)) expect(allowed).toContain(tag);
      }),
      { numRuns: 150 },
    );
  });

  it("links to the web alone", () => {
    fc.assert(
      fc.property(hostileLetter, ({ letter }) => {
        const { html, text } = renderLetter(letter);
        for (const link of linksIn(readHtml(html))) {
          expect(link).toMatch(/^https?:\/\/[^\s<>"]+$/);
          expect(text).toContain(link);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("has one line where one line is meant, and nothing that hides or turns text", () => {
    fc.assert(
      fc.property(hostileLetter, ({ letter }) => {
        const { html, text, subject } = renderLetter(letter);
        expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        for (const part of [html, text, subject]) {
          expect(part).not.toMatch(/(?!\n)\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u);
        }
        expect(text).not.toMatch(/^Bcc:/m);
        expect(text.match(/^IBAN: XX00 EVIL/gm)).toBeNull();
      }),
      { numRuns: 150 },
    );
  });

  it("takes template and message syntax in a name as the text that it is", () => {
    const { letter } = fc.sample(hostileLetter, { numRuns: 1, seed: 1 })[0]!;
    const name = "{{subject}} {count, plural, other {#}} [[colon]] $& <b>";
    const { html, text, subject } = renderLetter({
      ...letter,
      locale: "en",
      creditor: { ...letter.creditor, legalName: name },
    });
    expect(readHtml(html).text).toContain(name);
    expect(text).toContain(name);
    expect(subject).toContain(name);
  });
});
