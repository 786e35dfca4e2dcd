import fc from "fast-check";
import { parseHeaderValue } from "nodemailer/lib/mime-funcs";
import PostalMime, { decodeWords } from "postal-mime";
import { describe, expect, it } from "vitest";
import { buildMime, type MimeMail } from "../../src/email/mime.ts";
import type { MimeAttachment } from "../../src/email/mime-attachment.ts";
import { AppError } from "../../src/errors.ts";

const CALENDAR: MimeAttachment = {
  name: "payment-date.ics",
  mediaType: "text/calendar; charset=utf-8; method=PUBLISH",
  content: Buffer.from("BEGIN:VCALENDAR\r\nSUMMARY:付款\r\nEND:VCALENDAR\r\n"),
};

function mailWith(...attachments: MimeAttachment[]): MimeMail {
  return {
    messageId: "<ntc_1@acme.example>",
    date: Date.UTC(2027, 0, 18, 10),
    from: "Acme Accounts <ar@acme.example>",
    to: [{ name: null, email: "billing@globex.example" }],
    replyTo: null,
    subject: "Payment date noted",
    text: "Dear Priya,\n\nthank you.\n",
    html: "<p>Dear Priya</p>",
    locale: "en",
    inReplyTo: null,
    references: [],
    headers: {},
    attachments,
  };
}

const sourceOf = (mail: MimeMail) => Buffer.from(buildMime(mail)).toString("latin1");

describe("a message with attachments", () => {
  it("brings text, HTML and the file, each as it was", async () => {
    const message = await PostalMime.parse(buildMime(mailWith(CALENDAR)));
    expect(message.text?.trim()).toBe("Dear Priya,\n\nthank you.");
    expect(message.html?.trim()).toBe("<p>Dear Priya</p>");
    const [file, ...others] = message.attachments;
    expect(others).toEqual([]);
    expect(file).toMatchObject({
      filename: "payment-date.ics",
      mimeType: "text/calendar",
      disposition: "attachment",
      method: "PUBLISH",
    });
    expect(textOf(file!.content).replaceAll("\r\n", "\n")).toBe(
      "BEGIN:VCALENDAR\nSUMMARY:付款\nEND:VCALENDAR\n",
    );
  });

  it("says by what method a calendar comes", () => {
    expect(sourceOf(mailWith(CALENDAR))).toContain(
      "Content-Type: text/calendar;\r\n charset=utf-8;\r\n method=PUBLISH\r\n",
    );
  });

  it("keeps any name and any bytes, in 7-bit lines of at most 76 characters", async () => {
    const anyName = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 90 }),
      fc.constantFrom(
        "付款日期.ics",
        "a\"b'c;d=e%20.ics",
        "x".repeat(200),
        "👩‍👩‍👧".repeat(20),
        "..",
        " .ics",
      ),
    );
    await fc.assert(
      fc.asyncProperty(anyName, fc.uint8Array({ maxLength: 400 }), async (name, content) => {
        const mail = mailWith({ name, mediaType: "application/pdf", content }, CALENDAR);
        for (const line of sourceOf(mail).split("\r\n")) expect(line).toMatch(/^[\x20-\x7e]{0,76}$/);
        const { attachments } = await PostalMime.parse(buildMime(mail));
        expect(attachments).toHaveLength(2);
        expect(Buffer.from(attachments[0]!.content as ArrayBuffer)).toEqual(Buffer.from(content));
        const kept = nameOf(name);
        expect(attachments[0]!.filename).toBe(kept);
        expect(nameReadByNodemailer(mail)).toBe(kept);
      }),
      { numRuns: 150 },
    );
  });

  it("lets no file name or type add a header or a part", async () => {
    const attack = 'a.ics"\r\nBcc: thief@evil.example\r\n\r\n--=_x';
    const mail = mailWith({ ...CALENDAR, name: `../../${attack}` });
    const message = await PostalMime.parse(buildMime(mail));
    expect(message.headers.map(({ key }) => key)).not.toContain("bcc");
    expect(sourceOf(mail)).not.toMatch(/^Bcc:/m);
    expect(message.attachments).toHaveLength(1);
    for (const mediaType of [
      "text/calendar\r\nBcc: x",
      'text/calendar; name="x"',
      "calendar",
      "a/b; c=d\r\ne",
    ]) {
      expect(() => buildMime(mailWith({ ...CALENDAR, mediaType })), mediaType).toThrow(AppError);
    }
  });

  it("sends a mail that is attached as a file, which may be encoded", async () => {
    const mail = mailWith({ name: "a.eml", mediaType: "message/rfc822", content: Buffer.from("Subject: x") });
    const { attachments } = await PostalMime.parse(buildMime(mail));
    expect(attachments).toMatchObject([{ filename: "a.eml", mimeType: "application/octet-stream" }]);
  });

  it("gives the same bytes for the same input", () => {
    expect(buildMime(mailWith(CALENDAR))).toEqual(buildMime(mailWith({ ...CALENDAR })));
  });
});

/** What a name comes to: one line, no path, never empty. */
function nameOf(name: string): string {
  const plain = name
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/(?![\u200c\u200d])[\p{Cf}\p{Cs}\p{NChar}]/gu, "")
    .trim()
    .replace(/^.*[/\\]/, "");
  return plain === "" ? "attachment" : plain;
}

function nameReadByNodemailer(mail: MimeMail): string {
  const [, value] = /Content-Disposition: ((?:\r\n |.)*)/.exec(sourceOf(mail))!;
  return decodeWords(parseHeaderValue(value!.replace(/\r\n/g, "")).params.filename!);
}

function textOf(content: string | ArrayBuffer | Uint8Array): string {
  return typeof content === "string" ? content : new TextDecoder().decode(content);
}
