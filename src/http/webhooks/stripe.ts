import type { Handler } from "hono";
import { AppError } from "../../errors.ts";
import { takePaymentEvent } from "../../reminders/money/take-payment-event.ts";
import { keepWebhook } from "../../reminders/webhooks/keep-webhook.ts";
import type { Services } from "../../services.ts";
import { ProblemError } from "../problem.ts";
import { readStripeEvent } from "./stripe-events.ts";

const TOLERANCE_SECONDS = 300;

/** Takes Stripe's events about money; what needs a person is kept, what is about something else is only acknowledged. */
export function stripeWebhook(services: Services): Handler {
  return async (c) => {
    const text = await c.req.text();
    await requireSignature(services, text, c.req.header("Stripe-Signature"));
    const read = readStripeEvent(text);
    if (read === null) throw new AppError("invalid", "this is no event of Stripe");
    const results: string[] = [];
    for (const { id, event } of read.payments) {
      results.push(await takePaymentEvent(services, { id, source: "stripe", event }));
    }
    if (read.forPerson) {
      const { id, reason } = read.forPerson;
      await keepWebhook(services, { id: `stripe ${id}`, source: "stripe_event", reason, body: text });
      results.push("kept");
    }
    return c.json({ results }, 200);
  };
}

/** Stripe's library checks the signature and that it is not stale; that it is not of the future, it leaves to us. */
async function requireSignature(
  { settings, clock }: Services,
  text: string,
  header: string | undefined,
): Promise<void> {
  const secret = settings.STRIPE_WEBHOOK_SECRET;
  if (secret === undefined)
    throw new ProblemError(403, "STRIPE_WEBHOOK_SECRET is not set, so no signature can be checked.");
  const { default: Stripe } = await import("stripe");
  try {
    const crypto = Stripe.createSubtleCryptoProvider();
    await Stripe.webhooks.constructEventAsync(text, header ?? "", secret, TOLERANCE_SECONDS, crypto, clock());
  } catch (error) {
    if (error instanceof SyntaxError) throw new ProblemError(400, "The body is no JSON.");
    if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
    throw new ProblemError(401, "The event does not carry Stripe's signature of the last five minutes.");
  }
  const signedAt = Number(/(?:^|,)t=(\d+)/.exec(header!)?.[1]) * 1000;
  if (signedAt > clock() + TOLERANCE_SECONDS * 1000)
    throw new ProblemError(401, "The event is signed for a time to come.");
}
