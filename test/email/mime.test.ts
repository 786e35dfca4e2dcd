import fc from "fast-check";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { buildMime, type MimeMail } from "../../src/email/mime.ts";
import { AppError } from "../../src/errors.ts";
import { EVERY_LETTER } from "./every-letter.ts";

const MAIL: MimeMail = {
  messageId: "<rem_1@acme.example>",
  date: Date.UTC(2027, 0, 18, 10),
  from: "Acme Accounts <ar@acme.example>",
  to: [{ name: "Priya Shah", email: "billing@globex.example" }],
  replyTo: "reply+token@acme.example",
  subject: "Invoice INV-7 from Acme GmbH: due 15 January 2027",
  text: "Dear Priya,\n\nplease pay.\n",
  html: "<p>Dear Priya</p>",
  locale: "en",
  inReplyTo: null,
  references: [],
  headers: {},
};

function linesOf(mail: MimeMail): string[] {
  return Buffer.from(buildMime(mail)).toString("latin1").split("\r\n");
}

async function read(mail: MimeMail) {
  const message = await PostalMime.parse(buildMime(mail));
  return { ...message, text: endOfLines(message.text), html: endOfLines(message.html) };
}

function endOfLines(text: string | undefined): string {
  return (text ?? "").replaceAll("\r\n", "\n").replace(/\n+$/, "");
}

function headerOf(message: { headers: { key: string; value: string }[] }, key: string): string | undefined {
  return message.headers.find((header) => header.key === key)?.value;
}

describe("buildMime", () => {
  it.each(EVERY_LETTER)("carries $title unchanged", async ({ subject, text, html, locale }) => {
    const message = await read({ ...MAIL, subject, text, html, locale });
    expect(message.subject).toBe(subject);
    expect(message.text).toBe(endOfLines(text));
    expect(message.html).toBe(endOfLines(html));
    expect(headerOf(message, "content-language")).toBe(locale);
  });

  it("says who, to whom, when, and what it answers", async () => {
    const message = await read({
      ...MAIL,
      inReplyTo: "<rem_0@acme.example>",
      references: ["<rem_0@acme.example>"],
      headers: { "Auto-Submitted": "auto-generated", "X-SES-MESSAGE-TAGS": "reminder=rem_1" },
    });
    expect(message.from).toEqual({ name: "Acme Accounts", address: "ar@acme.example" });
    expect(message.to).toEqual([{ name: "Priya Shah", address: "billing@globex.example" }]);
    expect(message.replyTo).toEqual([{ name: "", address: "reply+token@acme.example" }]);
    expect(message.date).toBe("2027-01-18T10:00:00.000Z");
    expect(message.messageId).toBe("<rem_1@acme.example>");
    expect(message.inReplyTo).toBe("<rem_0@acme.example>");
    expect(message.references).toBe("<rem_0@acme.example>");
    expect(headerOf(message, "auto-submitted")).toBe("auto-generated");
    expect(headerOf(message, "x-ses-message-tags")).toBe("reminder=rem_1");
  });

  it("gives the same bytes for the same input, and another boundary to another message", () => {
    expect(buildMime(MAIL)).toEqual(buildMime({ ...MAIL }));
    expect(boundaryOf(MAIL)).not.toBe(boundaryOf({ ...MAIL, messageId: "<rem_2@acme.example>" }));
  });

  it("keeps any text and subject, in 7-bit lines of at most 76 characters", async () => {
    const anyText = fc.string({ unit: "grapheme", maxLength: 400 }).map((text) => text.replaceAll("\r", ""));
    const anyWords = fc.oneof(
      anyText,
      fc
        .array(
          fc.constantFrom(
            "\n",
            ".",
            " ",
            "\t",
            "=",
            "ä",
            "你",
            "a",
            "=?UTF-8?B?",
            "From ",
            "👩‍👩‍👧",
            "x".repeat(90),
          ),
        )
        .map((words) => words.join("")),
    );
    await fc.assert(
      fc.asyncProperty(anyWords, anyWords, async (text, subject) => {
        const mail = { ...MAIL, text, html: `<p>${text}</p>`, subject };
        for (const line of linesOf(mail)) expect(line).toMatch(/^(?!\.)[\t\x20-\x7e]{0,76}(?<![\t ])$/);
        const message = await read(mail);
        expect(message.text).toBe(endOfLines(text));
        expect(message.html).toBe(endOfLines(`<p>${text}</p>`));
        expect(message.subject ?? "").toBe(oneLine(subject));
      }),
      { numRuns: 200 },
    );
  });

  it("keeps any name, whoever has it", async () => {
    const anyName = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 120 }),
      fc.constantFrom(
        'Shah, "Priya" \\o/',
        "a@b.c",
        "Müller, Jürgen (Einkauf)",
        "=?UTF-8?B?ZXZpbA==?=",
        "王芳",
        "<x@y.z>",
        "x".repeat(120),
        "a;b:c",
      ),
    );
    await fc.assert(
      fc.asyncProperty(anyName, anyName, async (first, second) => {
        const to = [
          { name: first, email: "a@x.example" },
          { name: second, email: "b@x.example" },
        ];
        const message = await read({ ...MAIL, to });
        expect(message.to).toEqual([
          { name: oneLine(first), address: "a@x.example" },
          { name: oneLine(second), address: "b@x.example" },
        ]);
      }),
      { numRuns: 150 },
    );
  });

  it("lets no field add a header or a recipient", async () => {
    const attack = "x\r\nBcc: thief@evil.example\r\n\r\nbody";
    const message = await read({
      ...MAIL,
      subject: attack,
      to: [{ name: attack, email: "a@x.example" }],
      from: `${attack} <ar@acme.example>`,
    });
    expect(headerOf(message, "bcc")).toBeUndefined();
    expect(message.bcc).toBeUndefined();
    expect(message.to).toHaveLength(1);
    const refused: Partial<MimeMail>[] = [
      { messageId: "<a@b>\r\nBcc: x" },
      { messageId: "rem_1" },
      { inReplyTo: "<a@b> <c@d>" },
      { references: ["<a@b>", "\r\nBcc: x"] },
      { replyTo: "a@b.example\r\nBcc: x@y.example" },
      { to: [{ name: null, email: "a@x.example, b@x.example" }] },
      { to: [{ name: null, email: "a@x.example>\r\nBcc: <b@x.example" }] },
      { to: [] },
      { locale: "en\r\nBcc: x" },
      { headers: { "X-Tag": "a\r\nBcc: x" } },
      { headers: { "X-Tag\r\nBcc": "x" } },
      { headers: { Bcc: "thief@evil.example" } },
      { headers: { "content-type": "text/plain" } },
    ];
    for (const part of refused)
      expect(() => buildMime({ ...MAIL, ...part }), JSON.stringify(part)).toThrow(AppError);
  });

  it("writes international domains in ASCII and refuses what cannot be delivered", async () => {
    const { to } = await read({
      ...MAIL,
      to: [
        { name: null, email: "ap@müller.example" },
        { name: null, email: "ap@例子.公司" },
      ],
    });
    expect(to!.map(({ address }) => address)).toEqual([
      "ap@xn--mller-kva.example",
      "ap@xn--fsqu00a.xn--55qx5d",
    ]);
    for (const email of [
      "jürgen@x.example",
      "a b@x.example",
      "@x.example",
      "a@",
      "a@@x.example",
      "a..b@x.example",
      "a@-x.example",
      "a@[127.0.0.1]",
      "a@x.example/ü",
      "a@ü:80",
      "a@evil.example#ü",
      "plain",
    ]) {
      expect(() => buildMime({ ...MAIL, to: [{ name: null, email }] }), email).toThrow(
        /is not an e-mail address/,
      );
    }
  });

  it("reads a quoted sender", async () => {
    const message = await read({ ...MAIL, from: '"Acme, \\"AR\\"" <ar@acme.example>' });
    expect(message.from).toEqual({ name: 'Acme, "AR"', address: "ar@acme.example" });
  });

  it("folds many references", async () => {
    const references = Array.from({ length: 12 }, (_, index) => `<rem_${index}0000000000@acme.example>`);
    for (const line of linesOf({ ...MAIL, references })) expect(line.length).toBeLessThanOrEqual(76);
    expect((await read({ ...MAIL, references })).references).toBe(references.join(" "));
  });
});

function boundaryOf(mail: MimeMail): string {
  return /boundary="([^"]+)"/.exec(Buffer.from(buildMime(mail)).toString("latin1"))![1]!;
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/(?![\u200c\u200d])[\p{Cf}\p{Cs}\p{NChar}]/gu, "")
    .trim()
    .replace(/ {2,}/g, " ");
}
