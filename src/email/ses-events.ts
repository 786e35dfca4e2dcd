import { z } from "zod";
import type { DeliveryEvent, DeliveryKind } from "../domain/delivery.ts";
import { isIdOf } from "../domain/ids.ts";

const recipients = z.array(z.object({ emailAddress: z.string(), diagnosticCode: z.string().optional() }));
const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const happened = z.object({ timestamp: instant });

const mail = z.object({
  messageId: z.string(),
  timestamp: instant,
  destination: z.array(z.string()).default([]),
  tags: z.record(z.string(), z.array(z.string())).optional(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
});

/** Event publishing says `eventType`, the older notifications `notificationType`; the rest is the same. */
const sesEvent = z.object({
  eventType: z.string().optional(),
  notificationType: z.string().optional(),
  mail,
  bounce: happened
    .extend({
      bounceType: z.string(),
      bounceSubType: z.string().optional(),
      bouncedRecipients: recipients,
      feedbackId: z.string(),
    })
    .optional(),
  complaint: happened.extend({ complainedRecipients: recipients, feedbackId: z.string() }).optional(),
  delivery: happened
    .extend({ recipients: z.array(z.string()), smtpResponse: z.string().optional() })
    .optional(),
  deliveryDelay: happened
    .extend({ delayType: z.string().optional(), delayedRecipients: recipients })
    .optional(),
  reject: z.object({ reason: z.string().optional() }).optional(),
  failure: z.object({ errorMessage: z.string().optional() }).optional(),
});
type SesEvent = z.output<typeof sesEvent>;

/**
 * What an event of SES comes to; `other` is understood to say nothing about delivery, `unread` is not understood. `mailId` is null
 * where the event carries SES's own id alone.
 */
export type ReadEvent =
  | {
      result: "deliveries";
      mailId: string | null;
      providerId: string;
      events: Omit<DeliveryEvent, "mailId">[];
    }
  | { result: "other" | "unread"; type: string | null };

type Part = {
  kind: DeliveryKind;
  at: number;
  occasion: string;
  isPermanent: boolean | null;
  addresses: Told[];
};
type Told = { address: string | null; detail: string | null };

const NOT_ABOUT_DELIVERY = ["Open", "Click", "Subscription"];
const DETAIL_LENGTH = 500;

/**
 * Reads an event or a notification of Amazon SES:
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export function readSesEvent(body: string): ReadEvent {
  const read = sesEvent.safeParse(parseJson(body));
  if (!read.success) return { result: "unread", type: null };
  const event = read.data;
  const type = event.eventType ?? event.notificationType ?? null;
  if (type !== null && NOT_ABOUT_DELIVERY.includes(type)) return { result: "other", type };
  const part = partOf(event, type);
  if (!part) return { result: "unread", type };
  const events = part.addresses.map(({ address, detail }) => ({
    id: [part.kind, part.occasion, address].filter(Boolean).join(" "),
    kind: part.kind,
    address,
    isPermanent: part.isPermanent,
    detail: detail?.slice(0, DETAIL_LENGTH) ?? null,
    at: part.at,
  }));
  return { result: "deliveries", mailId: ownIdOf(event.mail), providerId: event.mail.messageId, events };
}

function partOf(event: SesEvent, type: string | null): Part | null {
  const { mail, bounce, complaint, delivery, deliveryDelay, reject, failure } = event;
  const everybody = (detail: string | undefined) => [{ address: null, detail: detail ?? null }];
  const ofMail = { at: mail.timestamp, occasion: mail.messageId, isPermanent: null };
  switch (type) {
    case "Send":
      return { kind: "send", ...ofMail, addresses: everybody(undefined) };
    case "Reject":
      return { kind: "reject", ...ofMail, addresses: everybody(reject?.reason) };
    case "Rendering Failure":
      return { kind: "rendering_failure", ...ofMail, addresses: everybody(failure?.errorMessage) };
    case "Delivery": {
      if (!delivery) return null;
      const addresses = delivery.recipients.map((address) => ({
        address,
        detail: delivery.smtpResponse ?? null,
      }));
      return { kind: "delivery", ...ofMail, at: delivery.timestamp, addresses };
    }
    case "DeliveryDelay": {
      if (!deliveryDelay) return null;
      const { timestamp: at, delayType = null, delayedRecipients } = deliveryDelay;
      const addresses = tellingOf(delayedRecipients, delayType);
      return { kind: "delay", at, occasion: `${mail.messageId} ${at}`, isPermanent: false, addresses };
    }
    case "Bounce": {
      if (!bounce) return null;
      const { timestamp: at, feedbackId: occasion, bounceType, bounceSubType, bouncedRecipients } = bounce;
      const addresses = tellingOf(bouncedRecipients, bounceSubType ?? bounceType);
      return { kind: "bounce", at, occasion, isPermanent: isForGood(bounceType, bounceSubType), addresses };
    }
    case "Complaint": {
      if (!complaint) return null;
      const { timestamp: at, feedbackId: occasion, complainedRecipients } = complaint;
      return {
        kind: "complaint",
        at,
        occasion,
        isPermanent: null,
        addresses: tellingOf(complainedRecipients, null),
      };
    }
    default:
      return null;
  }
}

/**
 * SES tells of a transient bounce once it has given up; those of sub type General are auto-replies, too:
 * https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html#bounce-types
 */
function isForGood(type: string, subType: string | undefined): boolean | null {
  if (type === "Permanent") return true;
  return type === "Transient" && subType !== undefined && subType !== "General" ? false : null;
}

function tellingOf(told: z.output<typeof recipients>, otherwise: string | null): Told[] {
  return told.map(({ emailAddress, diagnosticCode }) => ({
    address: bareAddress(emailAddress),
    detail: diagnosticCode ?? otherwise,
  }));
}

/** SES passes on what stood in the mail, a display name too. */
function bareAddress(told: string): string {
  return /<([^<>]+)>\s*$/.exec(told)?.[1] ?? told;
}

/** The id that we gave the mail: in its tag, else in its Message-ID. */
function ownIdOf({ tags, headers = [] }: z.output<typeof mail>): string | null {
  const messageId = headers.find(({ name }) => name.toLowerCase() === "message-id")?.value;
  const candidates = [tags?.reminder?.[0], /<([^@<>]+)@/.exec(messageId ?? "")?.[1]];
  return candidates.find((id) => id !== undefined && (isIdOf("rem", id) || isIdOf("ntc", id))) ?? null;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
