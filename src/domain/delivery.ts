import type { ReminderState } from "./reminder-life.ts";
import type { Instant } from "./zone.ts";

export const DELIVERY_KINDS = [
  "send",
  "delivery",
  "bounce",
  "complaint",
  "reject",
  "delay",
  "rendering_failure",
] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

/** What the mail provider told about a mail. */
export type DeliveryEvent = {
  /** The event's own identity, for each address: a repetition has the same. */
  id: string;
  /** The `rem_` or `ntc_` id that the mail carried. */
  mailId: string;
  kind: DeliveryKind;
  /** Whom it is about; null: everybody the mail went to. */
  address: string | null;
  /** Of a bounce: whether the address will never take mail, or did not take this one; null where that is not said, as of an auto-reply. */
  isPermanent: boolean | null;
  detail: string | null;
  at: Instant;
};

/** Fates of one recipient, the one that outdoes all others first. */
const FATES = ["complained", "lost", "delivered", "missed"] as const;
type Fate = (typeof FATES)[number];
export type DeliveryState = Extract<ReminderState, "sent" | "delivered" | "bounced" | "complained">;

/**
 * What became of a mail to these recipients, told by all events about it so far; null where there is none. Their order is of no
 * account: a delivery does not undo a bounce for good, which mail servers report afterwards; it does undo one for now, which comes once
 * the provider has given up; and a complaint tells that it arrived.
 */
export function stateByEvents(recipients: string[], events: DeliveryEvent[]): DeliveryState | null {
  if (events.length === 0) return null;
  const fates = recipients.map((recipient) => fateOf(recipient, events));
  if (fates.includes("complained")) return "complained";
  if (fates.every((fate) => fate === "lost" || fate === "missed")) return "bounced";
  return fates.includes("delivered") ? "delivered" : "sent";
}

/** The recipient that an event names, as spelled in the mail; undefined where it names nobody, or somebody the mail did not go to. */
export function recipientNamed(
  recipients: string[],
  { address }: Pick<DeliveryEvent, "address">,
): string | undefined {
  return address === null ? undefined : recipients.find((recipient) => isSame(address, recipient));
}

/** Whether this address is never mailed again because of the event, and why. */
export function suppressionBy({ kind, address, isPermanent }: DeliveryEvent): "bounce" | "complaint" | null {
  if (address === null) return null;
  if (kind === "complaint") return "complaint";
  return kind === "bounce" && isPermanent ? "bounce" : null;
}

/** The mail itself was at fault, so the same one would fail with anybody. */
export function isFaultOfMail({ kind }: DeliveryEvent): boolean {
  return kind === "reject" || kind === "rendering_failure";
}

/** The provider has given up on an address that may take mail another time. */
export function isMiss({ kind, isPermanent }: DeliveryEvent): boolean {
  return kind === "bounce" && isPermanent === false;
}

function fateOf(recipient: string, events: DeliveryEvent[]): Fate | undefined {
  const own = events.filter(({ address }) => address === null || isSame(address, recipient));
  const told = new Set(own.map(fateBy));
  return FATES.find((fate) => told.has(fate));
}

function fateBy(event: DeliveryEvent): Fate | null {
  if (event.kind === "complaint") return "complained";
  if (isFaultOfMail(event) || (event.kind === "bounce" && event.isPermanent)) return "lost";
  if (isMiss(event)) return "missed";
  return event.kind === "delivery" ? "delivered" : null;
}

function isSame(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

/** In small letters, with an international domain as mail servers spell it. */
function plain(address: string): string {
  const small = address.trim().toLowerCase();
  const domain = small.slice(small.lastIndexOf("@") + 1);
  return small.slice(0, small.length - domain.length) + (URL.parse(`http://${domain}`)?.hostname || domain);
}
