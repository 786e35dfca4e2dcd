import type { World } from "../../db/world.ts";
import type { LatePayments } from "../../domain/compose-letter.ts";
import { canSend, phaseOf, roomInDay, type SendingState } from "../../domain/sending.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { inParallel } from "./in-parallel.ts";
import { latePayments } from "./late-payments.ts";
import { type CustomerPlan, isStillOpen } from "./plan-customer.ts";
import { type PreparedReminder, prepareReminder } from "./prepare-reminder.ts";
import { type Sent, sendReminders } from "./send-reminders.ts";
import { rateOf } from "./slots.ts";

export type Sending = {
  /** All with a reminder. */
  plans: CustomerPlan[];
  world: World;
  secret: string;
  /** Once it is aborted no further wave begins. */
  stopping?: AbortSignal;
  onSent(sent: Sent[]): void;
  /** A letter that cannot be written; the others leave. */
  onFailed(plan: CustomerPlan, error: unknown): void;
};

/** How many letters are under work at once: each waits for its message to be compressed beside the main thread. */
const LETTERS_AT_ONCE = 4;

/**
 * Sends what is planned, wave by wave; while one is under way, the letters of the next are written. Ends early where the provider
 * fails or takes no more, and leaves out what is no longer open when its wave has its turn: all that stays due.
 */
export async function sendInWaves(services: Services, sending: Sending): Promise<void> {
  const { plans, onSent, stopping, world } = sending;
  if (plans.length === 0) return;
  const payments = await latePayments(services.db, plans);
  let underWay = Promise.resolve();
  for (let i = 0; i < plans.length && !stopping?.aborted; ) {
    const next = plans.slice(i, i + waveSize(services, world.sending));
    i += next.length;
    const prepared = await prepareWave(services, sending, next, payments);
    await underWay;
    const at = services.clock();
    if (stopping?.aborted || !canSend(world.sending, at)) return;
    const open = prepared.filter(({ plan }) => isStillOpen(plan, at));
    const wave = withinRoom(open, world.sending, at);
    underWay = sendReminders(services, { wave, world, at }).then(onSent);
    // Heard by the next `await`; without this, a failure while letters are written would count as unheard and end the process.
    underWay.catch(() => undefined);
  }
  await underWay;
}

async function prepareWave(
  services: Services,
  { world, secret, onFailed }: Sending,
  plans: CustomerPlan[],
  payments: LatePayments,
): Promise<PreparedReminder[]> {
  const creditor = world.creditor!;
  const at = services.clock();
  const open = plans.filter((plan) => isStillOpen(plan, at));
  const prepared = await inParallel(open, LETTERS_AT_ONCE, async (plan) => {
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
function waveSize(services: Services, sending: SendingState): number {
  if (phaseOf(sending.circuit, services.clock()) !== "closed") return 1;
  const rate = rateOf(services, sending) ?? Number.POSITIVE_INFINITY;
  const room = Math.max(1, roomInDay(sending.quota, services.clock()));
  return Math.min(services.mailer.concurrency * 2, Math.ceil(rate * 2), room);
}

/** As long as there is any room left today; of the last mail, which may be to several, the provider decides. */
function withinRoom(wave: PreparedReminder[], { quota }: SendingState, at: Instant): PreparedReminder[] {
  let room = roomInDay(quota, at);
  return wave.filter(({ mail }) => {
    const isWithin = room > 0;
    room -= mail.to.length;
    return isWithin;
  });
}
