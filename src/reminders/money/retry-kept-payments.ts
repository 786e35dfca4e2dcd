import { forgetKeptStatements, leaveToPersonStatement, listFollowable } from "../../db/kept-webhooks.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { type PaymentSource, parsePaymentEvent, recordPaymentEvent } from "./record-payment-event.ts";

const PAGE = 100;

/** Tries again the payment events that were kept and may be recorded by now, until nothing more of them can. */
export async function retryKeptPayments(services: Services): Promise<void> {
  while ((await goThrough(services)) > 0);
}

async function goThrough(services: Services): Promise<number> {
  let recorded = 0;
  for (let after = ""; ; ) {
    const page = await listFollowable(services.db, { after, limit: PAGE });
    for (const kept of page) if (await retry(services, kept)) recorded++;
    if (page.length < PAGE) return recorded;
    after = page.at(-1)!.id;
  }
}

/**
 * One that cannot be recorded as it is (an amount with decimals in a currency without) is a person's. Whatever is wrong with one, it keeps
 * no other waiting, and not what comes after: without payment data no reminder leaves.
 */
async function retry(
  services: Services,
  kept: { id: string; source: string; body: string },
): Promise<boolean> {
  const { db, log } = services;
  const { id, body } = kept;
  try {
    const source = kept.source as PaymentSource;
    const outcome = await recordPaymentEvent(services, { id, source, event: parsePaymentEvent(body) });
    if (outcome.ok) await db.batch(forgetKeptStatements(id));
    return outcome.ok;
  } catch (error) {
    if (error instanceof AppError && error.retry) throw error;
    if (error instanceof AppError) await db.batch([leaveToPersonStatement(id, error.message)]);
    log("error", "payment_failed", { id, error: error instanceof Error ? error.name : "unknown" });
    return false;
  }
}
