import type { AlertView } from "./domain/alert.ts";
import type { Letter } from "./domain/letter.ts";
import type { Notice } from "./domain/notice.ts";
import type { MailReading } from "./domain/reply/received-mail.ts";
import type { Instant } from "./domain/zone.ts";

/** The present moment. Only entries read the machine's clock. */
export type Clock = () => Instant;

/** A finished message (RFC 5322) on its way out. */
export type OutgoingMail = {
  /** The id of what is sent (`rem_…`, `ntc_…`), carried as a tag so that delivery events find it. */
  id: string;
  from: string;
  to: string[];
  raw: Uint8Array;
};

/**
 * What became of an attempt to send.
 * - `accepted`: the provider took it. `messageId` is the Message-ID that the recipient will see, with angle brackets. It did not
 *   go to `badAddresses`, and is not known to have gone to `openAddresses`, which are not at fault.
 * - `refused`: it will never be taken as it is. `address`: each recipient is at fault (`badAddresses`); `message`: this mail is, or
 *   perhaps an address of it; `account`: our credentials, identity or configuration are, so every other mail would fail too.
 * - `deferred`: certainly not taken now, may be tried again (throttling, daily quota, refused connection).
 * - `unknown`: the request may or may not have been taken; never sent again blindly.
 */
export type MailOutcome =
  | {
      kind: "accepted";
      providerId: string;
      messageId: string;
      badAddresses?: string[];
      openAddresses?: string[];
    }
  | {
      kind: "refused";
      fault: "address" | "message" | "account";
      code: string;
      detail: string;
      badAddresses?: string[];
    }
  | { kind: "deferred"; code: string; detail: string; isQuota: boolean; isThrottled?: boolean }
  | { kind: "unknown"; code: string; detail: string };

/** What the account may send: recipients a second and in 24 hours, null where that is not limited or not known. */
export type MailQuota = { perSecond: number | null; perDay: number | null; sentInDay: number };

/** Sends mail. Never throws for what the provider or the network does: that is an outcome. */
export type Mailer = {
  name: "outbox" | "ses";
  /** How many messages may be under way at once. */
  concurrency: number;
  /** Asks what the account may send; null where the provider does not say. Absent where nothing limits it. */
  quota?(): Promise<MailQuota | null>;
  /** At once: whoever sends many keeps to the quota (`deliver`). */
  send(mail: OutgoingMail): Promise<MailOutcome>;
};

/** A message for people at the creditor. `blocks` are Slack Block Kit; `text` says the same in plain words. */
export type ChatMessage = {
  /** For whom it is meant; null is nobody in particular. */
  toEmail: string | null;
  text: string;
  blocks: Record<string, unknown>[];
  /** Where it goes: to a person by the chat's own id, or into a channel; with neither, into the fallback channel. */
  userId?: string | null;
  channel?: string | null;
  /** The message under which it goes, where that was posted to the same reader. */
  thread?: Posted;
  /** Whether it shows outside its thread too. */
  isBroadcast?: boolean;
  /** What the message is about, kept with it, so that one of which nobody knows whether it was posted is found again. */
  id?: string;
};

export type Posted = { channel: string; ts: string };

/** `unknown`: it may have been posted; looked for before it is posted again. */
export type ChatOutcome =
  | ({ kind: "posted" } & Posted)
  | { kind: "deferred"; code: string; retryAfterMs: number | null }
  | { kind: "unknown"; code: string };

/** A colleague as the chat knows one; `locale` like `en-US`. */
export type ChatPerson = {
  userId: string;
  email: string | null;
  locale: string | null;
  timezone: string | null;
};

export type FoundPerson =
  | { kind: "found"; person: ChatPerson | null }
  | Extract<ChatOutcome, { kind: "deferred" }>;

/** Posts to people at the creditor. Never throws for what Slack or the network does. What nobody answers in only posts. */
export type Chat = {
  name: "slack" | "log";
  post(message: ChatMessage): Promise<ChatOutcome>;
  /** Puts this in the place of what was posted. */
  update?(posted: Posted, message: Pick<ChatMessage, "text" | "blocks">): Promise<ChatOutcome>;
  /** Looks for a message that may have been posted since then; null where it was not. */
  findPosted?(message: ChatMessage, since: Instant): Promise<ChatOutcome | null>;
  findPerson?(by: { email: string } | { userId: string }): Promise<FoundPerson>;
};

/** Posts to systems outside. Never throws for what they or the network do: without an answer `error` says why, as a code. */
export type Poster = {
  post(request: {
    url: string;
    headers: Record<string, string>;
    body: string;
  }): Promise<{ status: number; error: null } | { status: null; error: string }>;
};

/** The outside of a letter: ids, addresses and the thread that it continues. */
export type Envelope = {
  messageId: string;
  at: Instant;
  from: string;
  to: { name: string | null; email: string }[];
  replyTo: string;
  /** Message-IDs of the reminders before it, oldest first. */
  references: string[];
  /** In a rehearsal: whom it would really go to. */
  rehearsalFor: string[] | null;
};

/** Turns facts into words: a finished mail from a letter (`text` is its plain twin) or a notice, a chat message from an alert. Pure and quick. */
export type Writer = {
  letter(letter: Letter, envelope: Envelope): { subject: string; text: string; raw: Uint8Array };
  notice(notice: Notice, envelope: Envelope): { subject: string; raw: Uint8Array };
  alert(view: AlertView): { text: string; blocks: Record<string, unknown>[] };
};

/** Turns a mail from outside (RFC 5322) into facts. Never throws, whatever is broken in it. */
export type MailReader = {
  /** `locale` is the sender's, where it is known. */
  read(raw: Uint8Array, arrival: { receivedAt: Instant; locale?: string }): Promise<MailReading>;
  /** What a model makes of a reading of which the rules are unsure, where one is set up; else the reading itself. Never throws. */
  refine(reading: MailReading): Promise<MailReading>;
  /** The files that came with it; none of a mail that is too large to be taken apart. */
  files(raw: Uint8Array): Promise<{ name: string; content: Uint8Array }[]>;
};

export type LogLevel = "debug" | "info" | "warn" | "error";
/** Structured log: an event name and ids. Never an address, a name, an amount or a secret. */
export type Log = (level: LogLevel, event: string, fields?: Record<string, unknown>) => void;
