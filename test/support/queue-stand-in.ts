import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { Services } from "../../src/services.ts";
import type { QueueMessage } from "../../workers/platform.ts";
import { type Queues, type Tick, take } from "../../workers/queue.ts";

export type Spent = { subrequests: number; cpuMs: number; wallMs: number };
/** What Cloudflare allows an invocation: https://developers.cloudflare.com/workers/platform/limits and /queues/platform/limits. */
export const LIMITS: Spent = { subrequests: 1000, cpuMs: 30_000, wallMs: 15 * 60_000 };
const MOST_MESSAGES_AT_ONCE = 100;
const MOST_BYTES_AT_ONCE = 256_000;
const CONSUMERS = 10;

export type Drained = {
  invocations: number;
  /** The most that any of them took; of the processor's time, what all took that were under way with it. */
  most: Spent;
  /** Messages that were retried in vain. */
  dead: QueueMessage[];
};

const underWay = new AsyncLocalStorage<Spent>();
const countOne = () => {
  const spent = underWay.getStore();
  if (spent) spent.subrequests++;
};
// Whatever asks something of others does it by one of these: https://nodejs.org/api/diagnostics_channel.html#built-in-channels
subscribe("undici:request:create", countOne);
subscribe("http.client.request.created", countOne);

/**
 * Rings the clock and lets the queues run dry as the platform does: services made for each invocation, ticks one by one, batches ten
 * at a time, each message delivered `deliveries` times. Throws where an invocation takes more than it is allowed.
 */
export async function drainQueues(
  open: () => Promise<Services>,
  { deliveries = 3 }: { deliveries?: number } = {},
): Promise<Drained> {
  const ticks: Tick[] = [{ tick: "ring" }];
  const batches: unknown[] = [];
  const drained: Drained = { invocations: 0, most: { subrequests: 0, cpuMs: 0, wallMs: 0 }, dead: [] };
  const queues: Queues = {
    TICKS: {
      async send(tick) {
        countOne();
        ticks.push(tick);
      },
    },
    BATCHES: {
      async sendBatch(messages) {
        countOne();
        const isTooMuch =
          messages.length > MOST_MESSAGES_AT_ONCE || JSON.stringify(messages).length > MOST_BYTES_AT_ONCE;
        if (isTooMuch) throw new Error("more messages than a queue takes at once");
        for (let i = 0; i < deliveries; i++) batches.push(...messages.map((message) => message.body));
      },
    },
  };
  const deliver = async (queue: string, body: unknown) => {
    for (let tries = 0; tries < 4; tries++) {
      let isDone = false;
      const message = {
        id: `${queue}-${drained.invocations++}`,
        body: structuredClone(body),
        ack: () => {
          isDone = true;
        },
        retry: () => undefined,
      };
      const spent = await measure(async () => {
        const services = await open();
        await take(services, queues, { queue, messages: [message] });
        services.db.close();
      });
      for (const what of Object.keys(LIMITS) as (keyof Spent)[]) {
        drained.most[what] = Math.max(drained.most[what], spent[what]);
        if (spent[what] > LIMITS[what]) throw new Error(`${message.id}: ${spent[what]} ${what}`);
      }
      if (isDone) return;
      if (tries === 3) drained.dead.push(message);
    }
  };
  while (ticks.length + batches.length > 0) {
    const tick = ticks.shift();
    const consumers = batches.splice(0, CONSUMERS).map((body) => deliver("batches", body));
    await Promise.all([...(tick ? [deliver("ticks", tick)] : []), ...consumers]);
  }
  return drained;
}

async function measure(invocation: () => Promise<void>): Promise<Spent> {
  const spent = { subrequests: 0, cpuMs: 0, wallMs: 0 };
  const cpu = process.cpuUsage();
  const began = performance.now();
  await underWay.run(spent, invocation);
  const { user, system } = process.cpuUsage(cpu);
  spent.cpuMs = (user + system) / 1000;
  spent.wallMs = performance.now() - began;
  return spent;
}
