import type { Client, Transaction } from "@libsql/client";
import type { Services } from "../../src/services.ts";
import { type QueueMessage, type Queues, type Tick, take } from "../../workers/queue.ts";

/** What Cloudflare allows: https://developers.cloudflare.com/workers/platform/limits and /queues/platform/limits. */
export const PAID = { subrequests: 1000 };
export const FREE = { subrequests: 50 };
const MOST_MESSAGES_AT_ONCE = 100;
const MOST_BYTES_AT_ONCE = 256_000;
const CONSUMERS = 10;

export type Drained = {
  invocations: number;
  /** Of the invocation that made the most of them. */
  mostSubrequests: number;
  /** Messages that were retried in vain. */
  dead: QueueMessage[];
};

/**
 * Rings the clock and lets the queues run dry as the platform does: ticks one by one, batches ten at a time, each message delivered
 * `deliveries` times. An invocation that makes more subrequests than the plan allows fails.
 */
export async function drainQueues(
  services: Services,
  {
    plan = PAID,
    deliveries = 3,
    reminders = "20",
  }: { plan?: typeof PAID; deliveries?: number; reminders?: string } = {},
): Promise<Drained> {
  const ticks: Tick[] = [{ tick: "ring" }];
  const batches: unknown[] = [];
  const drained: Drained = { invocations: 0, mostSubrequests: 0, dead: [] };
  const invoke = async (queue: string, body: unknown) => {
    for (let tries = 0; tries < 4; tries++) {
      const meter = createMeter(plan.subrequests);
      const queues: Queues = {
        TICKS: {
          async send(tick) {
            meter.count();
            ticks.push(tick);
          },
        },
        BATCHES: {
          async sendBatch(messages) {
            meter.count();
            const isTooMuch =
              messages.length > MOST_MESSAGES_AT_ONCE || JSON.stringify(messages).length > MOST_BYTES_AT_ONCE;
            if (isTooMuch) throw new Error("more messages than a queue takes at once");
            for (let i = 0; i < deliveries; i++) batches.push(...messages.map((message) => message.body));
          },
        },
        REMINDERS_A_RUN: reminders,
      };
      let isDone = false;
      const message = {
        id: `${queue}-${drained.invocations}`,
        body: structuredClone(body),
        ack: () => {
          isDone = true;
        },
        retry: () => undefined,
      };
      await take(metered(services, meter), queues, { queue, messages: [message] });
      drained.invocations++;
      drained.mostSubrequests = Math.max(drained.mostSubrequests, meter.used);
      if (meter.used > plan.subrequests) throw new Error(`${queue} made ${meter.used} subrequests`);
      if (isDone) return;
      if (tries === 3) drained.dead.push(message);
    }
  };
  while (ticks.length + batches.length > 0) {
    const tick = ticks.shift();
    const consumers = batches.splice(0, CONSUMERS).map((body) => invoke("batches", body));
    await Promise.all([...(tick ? [invoke("ticks", tick)] : []), ...consumers]);
  }
  return drained;
}

type Meter = { used: number; count(more?: number): void };

function createMeter(most: number): Meter {
  return {
    used: 0,
    count(more = 1) {
      this.used += more;
      if (this.used > most) throw new Error("too many subrequests by single Worker invocation");
    },
  };
}

/** Counts what these services ask of others, over HTTP: a batch is one request, a transaction one a statement and two around them. */
function metered(services: Services, meter: Meter): Services {
  const { db, mailer, chat } = services;
  const counting = <Of extends object>(what: Of): Of =>
    new Proxy(what, {
      get(target, name) {
        const found = Reflect.get(target, name);
        if (typeof found !== "function") return found;
        return (...given: unknown[]) => {
          if (["execute", "batch", "post"].includes(String(name))) meter.count();
          return found.apply(target, given);
        };
      },
    });
  return {
    ...services,
    db: {
      ...db,
      client: counting<Client>(db.client),
      batch: (...given) => {
        meter.count();
        return db.batch(...given);
      },
      write: (work) => {
        meter.count(2);
        return db.write((tx) => work(counting<Transaction>(tx)));
      },
    },
    mailer: {
      ...mailer,
      send: (mail) => {
        meter.count();
        return mailer.send(mail);
      },
    },
    // Whom it is for is looked up first.
    chat: {
      ...chat,
      post: (message) => {
        meter.count(2);
        return chat.post(message);
      },
    },
  };
}
