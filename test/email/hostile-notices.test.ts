import fc from "fast-check";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { NOTICE_KINDS, type Notice } from "../../src/domain/notice.ts";
import { renderNotice } from "../../src/email/render-notice.ts";
import { sampleNotices } from "../../src/email/sample-notices.ts";
import { writeNotice } from "../../src/email/write-notice.ts";
import { LOCALES } from "./every-letter.ts";
import { hostileText, hostileUrl, tagsIn } from "./hostile.ts";
import { linksIn, readHtml } from "./html-text.ts";

const hostileNotice = fc
  .record({
    kind: fc.constantFrom(...NOTICE_KINDS),
    locale: fc.constantFrom(...LOCALES, "x{{y}}", "../../etc"),
    text: hostileText,
    url: hostileUrl,
    sample: fc.nat({ max: 2 }),
  })
  .map(({ kind, locale, text, url, sample }): { notice: Notice; clean: Notice } => {
    const samples = sampleNotices(kind, locale);
    const clean = samples[sample % samples.length]!.notice;
    const { creditor, body } = clean;
    const notice: Notice = {
      ...clean,
      creditor: {
        ...creditor,
        legalName: text,
        address: text,
        contact: { name: text, email: text, phone: text },
        bank: { holder: text, iban: text, bic: text, name: text, account: text, bankCode: text },
      },
      debtor: { name: text, legalName: text, address: text, country: text, contactName: `not ${text}` },
      files: [],
      body: {
        ...body,
        items: body.items.map((item) => ({ ...item, number: text, invoiceUrl: url })),
        note: text,
        answer: `${text}\n${text}`,
        name: text,
        email: text,
        reference: text,
        reason: text,
      },
    };
    return { notice, clean };
  });

const ENVELOPE = {
  messageId: "<ntc_1@acme.example>",
  at: Date.parse("2026-03-02T10:00:00Z"),
  from: "Acme Accounts <ar@acme.example>",
  to: [{ name: null, email: "billing@fern.example" }],
  replyTo: "ar@acme.example",
  references: [],
  rehearsalFor: null,
};

describe("a notice with hostile names, notes, numbers and links", () => {
  it("keeps its structure: no element, attribute or comment comes from outside", () => {
    fc.assert(
      fc.property(hostileNotice, ({ notice, clean }) => {
        const read = readHtml(renderNotice(notice).html);
        expect(read.errors).toEqual([]);
        const full = { ...clean, body: { ...clean.body, note: "a", answer: "a" } };
        const allowed = tagsIn(readHtml(renderNotice(full).html));
        for (const tag of tagsIn(read)) expect(allowed).toContain(tag);
      }),
      { numRuns: 200 },
    );
  });

  it("links to the web alone", () => {
    fc.assert(
      fc.property(hostileNotice, ({ notice }) => {
        const { html, text } = renderNotice(notice);
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
      fc.property(hostileNotice, ({ notice }) => {
        const { html, text, subject } = renderNotice(notice);
        expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        for (const part of [html, text, subject]) {
          expect(part).not.toMatch(/(?!\n)\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u);
        }
        expect(text).not.toMatch(/^Bcc:/m);
        // What people wrote stands behind a mark, so that it passes for none of our lines.
        expect(text.match(/^IBAN: XX00 EVIL/gm)).toBeNull();
      }),
      { numRuns: 150 },
    );
  });

  it("adds no header, no part and no calendar entry, whatever the names", async () => {
    await fc.assert(
      fc.asyncProperty(hostileNotice, async ({ notice, clean }) => {
        const { raw } = writeNotice(notice, ENVELOPE);
        for (const line of Buffer.from(raw).toString("latin1").split("\r\n")) {
          expect(line).toMatch(/^[\t\x20-\x7e]{0,76}$/);
        }
        const message = await PostalMime.parse(raw);
        expect(message.headers.map(({ key }) => key)).not.toContain("bcc");
        const [file, ...others] = message.attachments;
        expect(others).toEqual([]);
        expect(file !== undefined).toBe(clean.body.event !== undefined);
        if (!file) return;
        const calendar = new TextDecoder().decode(file.content as ArrayBuffer);
        const events = (clean.body.instalments ?? [1]).length;
        const lines = calendar.replace(/\r?\n[ \t]/g, "").split(/\r?\n/);
        expect(lines.filter((line) => /^BEGIN:/.test(line))).toHaveLength(1 + events);
        for (const line of lines)
          expect(line).toMatch(
            /^(BEGIN|END|VERSION|PRODID|METHOD|UID|SEQUENCE|DTSTAMP|DTSTART;VALUE=DATE|DTEND;VALUE=DATE|X-MICROSOFT-CDO-ALLDAYEVENT|X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT|SUMMARY|TRANSP|DESCRIPTION|ORGANIZER;CN=".*"|STATUS):|^$/,
          );
      }),
      { numRuns: 150 },
    );
  });

  it("takes very long texts without growing beyond what mail services show", () => {
    const { notice } = sampleNotices("dispute_opened", "en")[0]!;
    const body = {
      ...notice.body,
      note: "x".repeat(1_000_000),
      name: "y".repeat(100_000),
      answer: "z\n".repeat(10_000),
    };
    const { html, text, subject } = renderNotice({ ...notice, body });
    expect(Buffer.byteLength(html)).toBeLessThan(20_000);
    expect(text).toContain(`${"x".repeat(999)}…`);
    expect(text).toContain(`raised by ${"y".repeat(199)}….`);
    expect(subject.length).toBeLessThan(100);
  });
});
