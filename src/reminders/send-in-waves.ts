import type { World } from "../db/world.ts";
import type { LatePayments } from "../domain/compose-letter.ts";
import type { Instant } from "../domain/zone.ts";
import type { Services } from "../services.ts";
import { inParallel } from "./in-parallel.ts";
import { latePayments } from "./late-payments.ts";
import type { CustomerPlan } from "./plan-customer.ts";
import { type PreparedReminder, prepareReminder } from "./prepare-reminder.ts";
import { type Sent, sendReminders } from "./send-reminders.ts";

export type Sending = {
  /** All with a reminder. */
  plans: CustomerPlan[];
  world: World;
  secret: string;
  at: Instant;
  onSent(sent: Sent[]): void;
  /** A letter that cannot be written; the others leave. */
  onFailed(plan: CustomerPlan, error: unknown): void;
};

/** How many letters are under work at once: each waits for its message to be compressed beside the main thread. */
const LETTERS_AT_ONCE = 4;

/** Sends what is planned, wave by wave; while one is under way, the letters of the next are written. */
export async function sendInWaves(services: Services, sending: Sending): Promise<void> {
  const { plans, onSent } = sending;
  if (plans.length === 0) return;
  const payments = await latePayments(services.db, plans);
  const size = waveSize(services);
  let underWay = Promise.resolve();
  for (let i = 0; i < plans.length; i += size) {
    const wave = await prepareWave(services, sending, plans.slice(i, i + size), payments);
    await underWay;
    underWay = sendReminders(services, { ...sending, wave }).then(onSent);
    // Heard by the next `await`; without this, a failure while letters are written would count as unheard and end the process.
    underWay.catch(() => undefined);
  }
  await underWay;
}

async function prepareWave(
  services: Services,
  { world, secret, at, onFailed }: Sending,
  plans: CustomerPlan[],
  payments: LatePayments,
): Promise<PreparedReminder[]> {
  const creditor = world.creditor!;
  const prepared = await inParallel(plans, LETTERS_AT_ONCE, async (plan) => {
    const reminder = plan.reminder!;
    try {
      return await prepareReminder(services, {
        plan,
        reminder,
        creditor,
        secret,
        latePayments: payments,
        at,
      });
    } catch (error) {
      onFailed(plan, error);
      return null;
    }
  });
  return prepared.filter((one) => one !== null);
}

/** Small enough that what is marked `sending` leaves within seconds, large enough to spare round trips. */
function waveSize({ mailer, settings }: Services): number {
  const wave = mailer.concurrency * 2;
  return settings.SES_MAX_RATE ? Math.max(1, Math.min(wave, Math.ceil(settings.SES_MAX_RATE * 2))) : wave;
}
