import { setTimeout as pause } from "node:timers/promises";
import { formatCivilDay } from "../../src/domain/civil-date.ts";
import { visitorOf } from "../support/debtor-site.ts";
import {
  call,
  deliveryOf,
  hook,
  type LiveService,
  owe,
  receiptOf,
  signedPayment,
  today,
} from "../support/live-service.ts";
import type { SlackPost } from "../support/slack-stand-in.ts";
import { buttonsOf, createSlackUser } from "../support/slack-user.ts";

/** What one kind of caller met: how long each answer took, and what was not as it should be. */
export type Met = { tookMs: number[]; faults: string[] };

const PAUSE_MS = 40;
const VISITORS = 10;

type Deed = () => Promise<{ status: number } | null>;

/** Everybody at once, each after the other, until the time is over. */
export async function load(service: LiveService, untilMs: number): Promise<Map<string, Met>> {
  const met = new Map<string, Met>();
  const deeds = await deedsOf(service);
  const repeat = async (kind: string, deed: Deed) => {
    const { tookMs, faults } = met.set(kind, { tookMs: [], faults: [] }).get(kind)!;
    while (Date.now() < untilMs) {
      const began = performance.now();
      try {
        const answer = await deed();
        if (answer && answer.status >= 400) faults.push(String(answer.status));
        if (answer) tookMs.push(performance.now() - began);
      } catch (error) {
        faults.push((error as Error).message.slice(0, 200));
      }
      await pause(PAUSE_MS);
    }
  };
  await Promise.all(Object.entries(deeds).map(([kind, deed]) => repeat(kind, deed)));
  return met;
}

async function deedsOf(service: LiveService): Promise<Record<string, Deed>> {
  const { world, services } = service;
  const visitors = await Promise.all(Array.from({ length: VISITORS }, () => visitorOf(service)));
  const send = (body: string, headers: Record<string, string>) =>
    service.request("/webhooks/slack", { method: "POST", headers, body });
  const user = createSlackUser(world.slack, { send, now: () => Date.now() });
  const pressed = new Set<SlackPost>();
  const arrived = new Set<string>();
  let round = 0;
  const any = <T>(all: T[]): T => all[++round % all.length]!;
  return {
    "an invoice by the API": async () => {
      const ownerEmail = `rep-${++round}@acme.example`;
      world.slack.users.set(ownerEmail, { id: `UREP${round}` });
      await owe(service, `SOAK-${round}`, 10, ownerEmail);
      return { status: 200 };
    },
    "why, by the API": () => call(service, "GET", `/api/invoices/${any(visitors).numbers[0]}/why`),
    "a debtor's page": () => drained(service.request(any(visitors).path)),
    "a payment's webhook": () => {
      const data = {
        invoice_number: any(visitors).numbers[0],
        amount: "0.01",
        currency: "EUR",
        reference: `S-${++round}`,
        paid_on: formatCivilDay(today()),
      };
      const event = { type: "payment.received", timestamp: new Date().toISOString(), data };
      return drained(hook(service, "payments", event, signedPayment(event, `soak_${round}`)));
    },
    "a delivery event": async () => {
      const mail = world.ses.mails.find(({ id }) => !arrived.has(id));
      if (!mail) return null;
      arrived.add(mail.id);
      const event = deliveryOf(mail.tags.reminder!, mail.to[0]!);
      return drained(hook(service, "ses", world.sns.notification(event)));
    },
    "a mail that comes back": async () => {
      // Not from those about whom a call is asked for: an answer would do instead of it.
      const mail = any(world.ses.mails.filter(({ to }) => to[0]!.includes("@visitor-")));
      if (!mail) return null;
      const raw =
        `From: ${mail.to[0]}\r\nTo: ar@acme.example\r\nMessage-ID: <soak-${++round}@debtor.example>\r\n` +
        `In-Reply-To: <${mail.id}@eu-central-1.amazonses.com>\r\nSubject: Re: your invoice\r\n\r\nWhich order was this for?\r\n`;
      return drained(hook(service, "ses", world.sns.notification(receiptOf(raw))));
    },
    "a button in Slack": async () => {
      const message = world.slack.posts.find(
        (post) => !pressed.has(post) && buttonsOf(post).some(({ action_id }) => action_id === "pause_week"),
      );
      if (!message) return null;
      pressed.add(message);
      return drained(user.press(message.channel.replace(/^D/, "U"), message, "pause_week"));
    },
    "a command in Slack": () => drained(user.command("U1RITA", `why ${any(visitors).numbers[0]}`)),
    "the Home in Slack": () => drained(user.openHome("U1RITA")),
    "health and figures": async () => {
      await services.db.client.execute("SELECT 1");
      const health = await drained(service.request("/healthz"));
      return health.status >= 400 ? health : call(service, "GET", "/metrics");
    },
  };
}

async function drained(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  await response.arrayBuffer();
  return response;
}
