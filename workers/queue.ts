import { AppError } from "../src/errors.ts";
import { drainCustomers } from "../src/reminders/sending/drain-due.ts";
import type { Batch } from "../src/reminders/sending/hand-out.ts";
import { putAside } from "../src/reminders/sending/put-aside.ts";
import { tick } from "../src/reminders/sending/tick.ts";
import { reasonOf, tellLongFailing } from "../src/reminders/sending/watch-failures.ts";
import { watchZones } from "../src/reminders/sending/watch-zones.ts";
import type { Services } from "../src/services.ts";
import type { Queue, QueueBatch, QueueMessage } from "./platform.ts";

export type Queues = {
  /** One message at a time. */
  TICKS: Pick<Queue<Tick>, "send">;
  /** As many at once as wrangler.toml says: they share the rate of the account through the database. */
  BATCHES: Pick<Queue<Batch>, "sendBatch">;
};
/** A ring of the clock, or the rest of a run that was cut. */
export type Tick = { tick: string; isRest?: boolean };

/** Of each step of a run at most so many: mails, customers with promises, messages to people. */
export const REMINDERS_A_RUN = 20;

/** What a message asks for, message by message; one that fails comes again, and in the end to the queue of the dead. */
export async function take(services: Services, queues: Queues, { queue, messages }: QueueBatch) {
  const work = queue.endsWith("-dead") ? bury : follow;
  for (const message of messages) {
    try {
      await work(services, queues, message);
      message.ack();
    } catch (error) {
      services.log("error", "message_failed", { queue, message: message.id, error });
      if (isTick(message.body)) await tellLongFailing(services, reasonOf(error));
      if (isBetterLeft(error, message.body)) message.ack();
      else message.retry();
    }
  }
}

/** What a batch holds stays due: while the database is away no customer is to blame, and the next ring is soon enough. */
function isBetterLeft(error: unknown, body: unknown): boolean {
  return error instanceof AppError && (!error.retry || !isTick(body));
}

function isTick(body: unknown): body is Tick {
  return typeof body === "object" && body !== null && "tick" in body;
}

async function follow(services: Services, queues: Queues, { body }: QueueMessage): Promise<void> {
  if (!isTick(body)) return drainCustomers(services, body as Batch);
  const { run, isCut } = await tick(services, {
    limit: REMINDERS_A_RUN,
    byMachineClock: true,
    isRest: body.isRest,
    handOut: async ({ run, batches }) => {
      await queues.BATCHES.sendBatch(batches.map((customers) => ({ body: { run, customers } })));
    },
  });
  if (isCut) await queues.TICKS.send({ tick: run, isRest: true });
  await watchZones(services);
}

/** Of a batch that failed again and again each customer has another try, alone: what one of them breaks is no other's loss. */
async function bury(services: Services, queues: Queues, { id, body }: QueueMessage): Promise<void> {
  const { run, customers = [] } = (body ?? {}) as Partial<Batch>;
  if (run !== undefined && customers.length > 1)
    await queues.BATCHES.sendBatch(customers.map((one) => ({ body: { run, customers: [one] } })));
  else await putAside(services, { id, customers });
}
