import { createHash } from "node:crypto";
import type { MailReading } from "../../domain/reply/received-mail.ts";
import { type MailVerdicts, type SenderProof, senderProof } from "../../domain/reply/sender-proof.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { confirmByMail } from "../notices/confirm-by-mail.ts";
import { recordDelivery } from "../outcomes/record-delivery.ts";
import { type KeptMessage, keptMessage } from "../sending/kept-message.ts";
import { acceptByPolicy } from "./accept-by-policy.ts";
import { attachFromMail } from "./attach-from-mail.ts";
import { findReply } from "./decided-reply.ts";
import { matchReply, type ReplyMatch } from "./match-reply.ts";
import { type RecordedReply, recordReply } from "./record-reply.ts";

/** A mail that was delivered to us, and what the server that received it found out about its sender. */
export type IncomingMail = {
  /** RFC 5322, as it came. */
  raw: Uint8Array;
  receivedAt: Instant;
  /** To whom it was delivered, whatever its headers say. */
  recipients: string[];
  verdicts: MailVerdicts;
};

/** A mail as far as it is understood, on its way into the record. */
export type ReadIncoming = {
  identity: string;
  receivedAt: Instant;
  reading: MailReading;
  proof: SenderProof;
  match: ReplyMatch | null;
  isHarmful: boolean;
  message: KeptMessage;
};

/**
 * Takes a mail that came back, once, by whatever way and however often it comes: finds what it answers, keeps it byte for byte, holds the
 * invoices that a person wrote about, and tells our people what is proposed. A report that a mail of ours could not be delivered counts as
 * its bounce, one of abuse as a complaint. What cannot be proved to be its sender's changes nothing. A repetition completes what a delivery
 * left undone that broke off.
 */
export async function takeMail(services: Services, mail: IncomingMail): Promise<RecordedReply> {
  const { raw, receivedAt, recipients, verdicts } = mail;
  const first = await services.mailReader.read(raw, { receivedAt });
  const match = await matchReply(services, { reading: first, recipients, raw });
  // The customer's locale says whether 3/4 is in March.
  const locale = match?.locale ?? undefined;
  const read = locale === undefined ? first : await services.mailReader.read(raw, { receivedAt, locale });
  const reading = await services.mailReader.refine(read);
  const incoming: ReadIncoming = {
    identity: identityOf(raw, reading.envelope.messageId),
    receivedAt,
    reading,
    proof: senderProof(reading.envelope.from, verdicts),
    match,
    isHarmful: verdicts.isHarmful,
    message: await keptMessage(raw),
  };
  await recordReport(services, incoming);
  const recorded = await recordReply(services, incoming);
  services.log("info", "mail_taken", {
    reply: recorded.id,
    result: recorded.result,
    by: match?.by ?? null,
    proof: incoming.proof,
    machine: reading.isMachine,
  });
  // After a repetition too: the delivery before it may have broken off here.
  const reply = await findReply(services.db, recorded.id);
  await attachFromMail(services, { raw, reply, isHarmful: verdicts.isHarmful });
  await acceptByPolicy(services, reply);
  await confirmByMail(services);
  return recorded;
}

/** Of what the sender made, not of what the servers on the way put on top of it. */
function identityOf(raw: Uint8Array, messageId: string | null): string {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const end = Math.max(bytes.indexOf("\r\n\r\n"), bytes.indexOf("\n\n"));
  const content = messageId === null || end < 0 ? bytes : bytes.subarray(end);
  return createHash("sha256").update(`${messageId}\n`).update(content).digest("hex");
}

/** As the provider's own event would: only for a mail of ours, and for somebody it went to. */
async function recordReport(services: Services, incoming: ReadIncoming): Promise<void> {
  const { identity, receivedAt, reading, proof, match } = incoming;
  const { bounce, complaint } = reading;
  const report = bounce ?? complaint;
  if (!report || !match?.mail || proof === "failed") return;
  const { id: mailId, recipients } = match.mail;
  const address = report.address ?? (recipients.length === 1 ? recipients[0]! : null);
  if (address === null) return;
  await recordDelivery(services, {
    id: `dsn ${identity}`,
    mailId,
    kind: complaint ? "complaint" : bounce!.isFinal ? "bounce" : "delay",
    address,
    isPermanent: bounce && bounce.type === "hard",
    detail: bounce?.status ?? null,
    at: receivedAt,
  });
}
