import type { CivilDay } from "../civil-date.ts";
import type { Instant } from "../zone.ts";
import type { Bounce, Complaint } from "./bounce.ts";
import type { ReadReply, ReplySetting } from "./read-reply.ts";

/** The headers by which a mail finds what it answers. */
export type MailEnvelope = {
  from: string | null;
  to: string[];
  subject: string;
  messageId: string | null;
  inReplyTo: string[];
  references: string[];
  /** The Date header; null where there is none that can be read. */
  sentAt: Instant | null;
};

/** A mail from outside, as it was understood. `text` is what was written, quotes and signatures taken away. */
export type MailReading = ReadReply & {
  isMachine: boolean;
  /** Whether it was too long to be read to its end. */
  isCut: boolean;
  text: string;
  bounce: Bounce | null;
  complaint: Complaint | null;
  returnsOn: CivilDay | null;
  envelope: MailEnvelope;
  /** As of when and where its dates are read. */
  setting: ReplySetting;
};
