import { createHash } from "node:crypto";
import type { Instant } from "../domain/zone.ts";
import { AppError } from "../errors.ts";
import { asciiAddress, type MailAddress, parseMailAddress } from "./mail-address.ts";
import { addressHeader, plainHeader, textHeader } from "./mail-header.ts";
import { attachmentPart, type MimeAttachment } from "./mime-attachment.ts";
import { encodeBody } from "./transfer-encoding.ts";

export type MimeMail = {
  /** With angle brackets. */
  messageId: string;
  date: Instant;
  /** `Name <address>`. */
  from: string;
  to: MailAddress[];
  replyTo: string | null;
  subject: string;
  text: string;
  html: string;
  locale: string;
  inReplyTo: string | null;
  references: string[];
  /** Further headers, printable ASCII; none of those that are made here. */
  headers: Record<string, string>;
  attachments?: MimeAttachment[];
};

const OWN_HEADERS =
  /^(from|sender|to|cc|bcc|reply-to|subject|date|message-id|in-reply-to|references|mime-version|content-.*)$/i;
const MESSAGE_ID = /^<[!-;=?A-~]{1,200}@[!-;=?A-~]{1,200}>$/;

/**
 * A message with a plain text and an HTML twin, and what is attached (RFC 5322, 2045, 2046, 2047): 7-bit, lines of at most 76
 * characters where they can be folded. The same input gives the same bytes. What could add a header or a line is neutralised or refused.
 */
export function buildMime(mail: MimeMail): Uint8Array {
  const { attachments = [] } = mail;
  const boundary = `=_dunwell_${createHash("sha256").update(mail.messageId).digest("hex").slice(0, 32)}`;
  const twins = [
    ascii(`${contentType("alternative", boundary)}\r\n\r\n`),
    ...part(boundary, "plain", mail.text),
    ...part(boundary, "html", mail.html),
    ascii(`--${boundary}--\r\n`),
  ];
  const headers = ascii(`${headersOf(mail).join("\r\n")}\r\n`);
  if (attachments.length === 0) return Buffer.concat([headers, ...twins]);
  const outer = boundary.replace("=_dunwell_", "=_dunwell_mixed_");
  return Buffer.concat([
    headers,
    ascii(`${contentType("mixed", outer)}\r\n\r\n--${outer}\r\n`),
    ...twins,
    ...attachments.flatMap((attachment) => attachmentPart(outer, attachment)),
    ascii(`--${outer}--\r\n`),
  ]);
}

function contentType(kind: "alternative" | "mixed", boundary: string): string {
  return `Content-Type: multipart/${kind};\r\n boundary="${boundary}"`;
}

function ascii(text: string): Buffer {
  return Buffer.from(text, "latin1");
}

function headersOf(mail: MimeMail): string[] {
  const { messageId, replyTo, inReplyTo, references } = mail;
  if (mail.to.length === 0) throw new AppError("invalid", "a message needs a recipient");
  const headers = [
    addressHeader("From", [parseMailAddress(mail.from)]),
    addressHeader(
      "To",
      mail.to.map(({ name, email }) => ({ name, email: asciiAddress(email) })),
    ),
  ];
  if (replyTo !== null) headers.push(addressHeader("Reply-To", [parseMailAddress(replyTo)]));
  headers.push(textHeader("Subject", mail.subject), idHeader("Message-ID", [messageId]));
  if (inReplyTo !== null) headers.push(idHeader("In-Reply-To", [inReplyTo]));
  if (references.length > 0) headers.push(idHeader("References", references));
  headers.push(plainHeader("Date", new Date(mail.date).toUTCString().replace("GMT", "+0000")));
  for (const [name, value] of Object.entries(mail.headers)) headers.push(furtherHeader(name, value));
  return [...headers, languageHeader(mail.locale), "MIME-Version: 1.0"];
}

function idHeader(name: string, ids: string[]): string {
  if (!ids.every((id) => MESSAGE_ID.test(id))) {
    throw new AppError("invalid", `${name} is not a message id in angle brackets`);
  }
  return plainHeader(name, ids.join(" "));
}

function furtherHeader(name: string, value: string): string {
  if (OWN_HEADERS.test(name))
    throw new AppError("invalid", `the header ${name} is set by the message itself`);
  return plainHeader(name, value);
}

function languageHeader(locale: string): string {
  if (!/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(locale)) {
    throw new AppError("invalid", "the language of a message is a tag such as en or zh-CN");
  }
  return plainHeader("Content-Language", locale);
}

function part(boundary: string, subtype: "plain" | "html", content: string): Buffer[] {
  const { encoding, body } = encodeBody(content);
  const head = `--${boundary}\r\nContent-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
  return [ascii(head), body, CRLF];
}

const CRLF = Buffer.from("\r\n");
