import PostalMime, { type Attachment, addressParser, type Email } from "postal-mime";
import { type CivilDay, DAY_MS } from "../domain/civil-date.ts";
import {
  type Bounce,
  type Complaint,
  readDeliveryStatus,
  readFeedbackReport,
  readFreeFormBounce,
} from "../domain/reply/bounce.ts";
import { type Machine, type MailHeader, machineOf, readAway } from "../domain/reply/machine.ts";
import { type ReplySetting, readReply } from "../domain/reply/read-reply.ts";
import type { MailEnvelope, MailReading } from "../domain/reply/received-mail.ts";
import { visibleText } from "../domain/reply/visible-text.ts";
import type { Instant } from "../domain/zone.ts";
import { htmlToText } from "./html-text.ts";
import { shortenMail } from "./shorten-mail.ts";

/** When a mail arrived, for those that do not say when they were sent, and the locale of who wrote it, if that is known. */
export type Arrival = { receivedAt: Instant; locale?: string };

const LONGEST_BODY = 400_000;
const PARSING = { maxNestingDepth: 50, maxHeadersSize: 128 * 1024, forceRfc822Attachments: true } as const;
const KNOWN_HEADER =
  /^(?:from|to|date|subject|received|mime-version|content-type|content-transfer-encoding|return-path|message-id|delivered-to|reply-to|x-[\w-]+)[ \t]*:/im;
const DELIVERY_STATUS = /^message\/(?:global-)?delivery-status$/;
const FEEDBACK_REPORT = /^message\/feedback-report$/;
/** Once its sender's locale is known a mail is read again; taking it apart is most of what that costs. */
const parsedBefore = new WeakMap<Uint8Array, Promise<Email>>();
const EMPTY: Email = { headers: [], headerLines: [], attachments: [] };

/**
 * Reads a raw message (RFC 5322). Never throws: whatever is broken in it is read as far as it goes, and what
 * is long is shortened first.
 */
export async function readMail(raw: Uint8Array | string, arrival: Arrival): Promise<MailReading> {
  const bytes = typeof raw === "string" ? new TextEncoder().encode(raw) : raw;
  const short = shortenMail(bytes);
  const parsed = parsedBefore.get(bytes) ?? parse(short.bytes);
  parsedBefore.set(bytes, parsed);
  const email = await parsed;
  const body = bodyOf(email);
  const sent = sentAt(email, arrival.receivedAt);
  const setting = settingOf(sent, arrival.locale);
  const envelope = envelopeOf(email, sent.isTold ? sent.at : null);
  const complaint = complaintOf(email);
  const bounce = complaint ? null : bounceOf(email, body, envelope);
  const text = visibleText(body);
  const headers = headersOf(email);
  const machine =
    (bounce ?? complaint)
      ? "other"
      : machineOf({ headers, subject: envelope.subject, from: envelope.from ?? "", text });
  return readingOf({ isCut: short.isCut, text, bounce, complaint, envelope, setting }, machine);
}

const MACHINE_CONFIDENCE = 0.95;

/** Reads a text as somebody would have written it in a mail at that moment, in a zone so many minutes from UTC. */
export function readText(
  text: string,
  { sentAt: at, offsetMinutes, locale }: { sentAt: Instant; offsetMinutes: number; locale?: string },
): MailReading {
  const setting = { writtenOn: dayAt(at, offsetMinutes), offsetMinutes, locale };
  const visible = visibleText(text);
  const machine = machineOf({ headers: [], subject: "", from: "", text: visible });
  const envelope = {
    from: null,
    to: [],
    subject: "",
    messageId: null,
    inReplyTo: [],
    references: [],
    sentAt: at,
  };
  return readingOf(
    { isCut: false, text: visible, bounce: null, complaint: null, envelope, setting },
    machine,
  );
}

type Facts = Pick<MailReading, "isCut" | "text" | "bounce" | "complaint" | "envelope" | "setting">;

/** What a machine says of payments counts for nothing: of somebody away it is the day of return that matters. */
function readingOf(facts: Facts, machine: Machine | null): MailReading {
  const { text, setting, bounce, complaint } = facts;
  const reading = { ...readReply(text, setting), ...facts, isMachine: machine !== null, returnsOn: null };
  if (machine === null || (machine === "other" && !bounce && !complaint)) return reading;
  const away = machine === "away" ? readAway(text, setting) : { returnsOn: null, sentence: null };
  return { ...reading, ...away, kind: "other", promise: null, confidence: MACHINE_CONFIDENCE };
}

/** What has no header that any mail has is taken as a body alone. */
async function parse(bytes: Uint8Array): Promise<Email> {
  const head = new TextDecoder().decode(bytes.subarray(0, 64 * 1024));
  const end = /\r?\n[ \t]*\r?\n/.exec(head)?.index ?? head.length;
  if (!KNOWN_HEADER.test(head.slice(0, end))) return { ...EMPTY, text: new TextDecoder().decode(bytes) };
  try {
    return await PostalMime.parse(bytes, PARSING);
  } catch {
    return { ...EMPTY, text: new TextDecoder().decode(bytes.subarray(0, LONGEST_BODY)).slice(end) };
  }
}

/** Plain text where the sender wrote some; else the HTML. */
function bodyOf({ text, html }: Email): string {
  const plain = (text ?? "").slice(0, LONGEST_BODY);
  const isOnlyHtml =
    plain.replace(/\s/g, "") === "" ||
    (html !== undefined && /^\s*<(?:html|!doctype|div|body|p|table)[\s>]/i.test(plain));
  if (!isOnlyHtml) return plain;
  return html === undefined ? plain : htmlToText(html);
}

function headersOf({ headers }: Email): MailHeader[] {
  return headers.slice(0, 500).map(({ key, value }) => ({ key, value: value.slice(0, 2000) }));
}

function envelopeOf(email: Email, sent: Instant | null): MailEnvelope {
  return {
    from: soleSender(email),
    to: [...(email.to ?? []), ...(email.cc ?? [])]
      .flatMap((one) => (one.address ? [one.address] : []))
      .slice(0, 100),
    subject: (email.subject ?? "").slice(0, 1000),
    messageId: email.messageId ?? null,
    inReplyTo: idsIn(email.inReplyTo),
    references: idsIn(email.references),
    sentAt: sent,
  };
}

/** Of a mail that names several, a server's word on its sender may be about either: it is nobody's. */
function soleSender({ headers }: Email): string | null {
  const told = headers.filter(({ key }) => key === "from").map(({ value }) => value.slice(0, 2000));
  const addresses = told.flatMap((value) => addressParser(value, { flatten: true }));
  const [first, ...others] = new Set(addresses.flatMap(({ address }) => address || []));
  return first === undefined || others.length > 0 ? null : first.slice(0, 320);
}

function idsIn(header: string | undefined): string[] {
  return (header ?? "").slice(0, 8000).match(/<[^<>\s]{1,500}>/g) ?? [];
}

function bounceOf(email: Email, body: string, { subject, from }: MailEnvelope): Bounce | null {
  const reports = partsOf(email, DELIVERY_STATUS);
  if (reports.length) return readDeliveryStatus(reports.join("\n\n"));
  const header = (name: string) => email.headers.find(({ key }) => key === name)?.value ?? null;
  const returnPath = header("return-path");
  return readFreeFormBounce({
    subject,
    from: from ?? "",
    text: body,
    failedRecipients: header("x-failed-recipients"),
    isNullSender: returnPath !== null && /^\s*<\s*>\s*$/.test(returnPath),
  });
}

function complaintOf(email: Email): Complaint | null {
  const [report] = partsOf(email, FEEDBACK_REPORT);
  return report === undefined ? null : readFeedbackReport(report);
}

function partsOf({ attachments }: Email, type: RegExp): string[] {
  return attachments
    .filter(({ mimeType }) => type.test(mimeType))
    .slice(0, 20)
    .map(contentOf);
}

function contentOf({ content }: Attachment): string {
  return typeof content === "string" ? content : new TextDecoder().decode(content);
}

type Sent = { at: Instant; offsetMinutes: number; isTold: boolean };

const OFFSET = /([+-])(\d{2}):?(\d{2})(?:\s*\(|\s*$)/;
const FARTHEST_OFFSET = 14 * 60;

function sentAt(email: Email, receivedAt: Instant): Sent {
  const header =
    email.headers
      .find(({ key }) => key === "date")
      ?.value.slice(0, 200)
      .trim() ?? "";
  const at = Date.parse(header.replace(/\([^()]*\)\s*$/, ""));
  if (Number.isNaN(at)) return { at: receivedAt, offsetMinutes: 0, isTold: false };
  const [, sign, hours, minutes] = OFFSET.exec(header) ?? [];
  const offset = sign ? (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1) : 0;
  return { at, offsetMinutes: Math.abs(offset) <= FARTHEST_OFFSET ? offset : 0, isTold: true };
}

function settingOf({ at, offsetMinutes }: Sent, locale: string | undefined): ReplySetting {
  return { writtenOn: dayAt(at, offsetMinutes), offsetMinutes, locale };
}

function dayAt(at: Instant, offsetMinutes: number): CivilDay {
  return Math.floor((at + offsetMinutes * 60_000) / DAY_MS);
}
