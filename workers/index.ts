import { compose } from "../src/compose.ts";
import { AppError } from "../src/errors.ts";
import { createApp } from "../src/http/app.ts";
import { createGuessLimit, type GuessLimit, networkOf } from "../src/http/guess-limit.ts";
import type { ReadAsset } from "../src/http/runtime.ts";
import { tick } from "../src/reminders/tick.ts";
import { watchZones } from "../src/reminders/watch-zones.ts";
import type { Services } from "../src/services.ts";

type Env = Record<string, unknown> & {
  TICKS: { send(body: unknown): Promise<void> };
  GUESSES?: { limit(options: { key: string }): Promise<{ success: boolean }> };
  ASSETS?: { fetch(url: string): Promise<Response> };
};
type QueueBatch = { messages: { ack(): void; retry(): void }[] };

const REMINDERS_A_RUN = 20;
/** Of this isolate, where no rate limit is bound: apps are made anew for every request. */
const guessesHere = createGuessLimit();

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const readAsset = env.ASSETS && assetsOf(env.ASSETS);
    const guesses = env.GUESSES ? guessesOf(env.GUESSES) : guessesHere;
    const runtime = { isWorker: true, remoteAddress: () => null, guesses, readAsset };
    return createApp(await open(env), runtime).fetch(request);
  },

  /** The clock only rings: what it starts is repeated by the queue when it fails. */
  async scheduled(_: unknown, env: Env): Promise<void> {
    await env.TICKS.send({ tick: new Date().toISOString() });
  },

  async queue(batch: QueueBatch, env: Env): Promise<void> {
    const services = await open(env);
    for (const message of batch.messages) {
      if (await runTick(services, env)) message.ack();
      else message.retry();
    }
  },
};

/** Counted where Cloudflare received them, for every isolate there. */
function guessesOf(binding: NonNullable<Env["GUESSES"]>): GuessLimit {
  return async (address) => !(await binding.limit({ key: networkOf(address) })).success;
}

function assetsOf(assets: NonNullable<Env["ASSETS"]>): ReadAsset {
  return async (name) => {
    const answer = await assets.fetch(`https://assets/${name}`);
    if (!answer.ok) throw new AppError("internal", `the asset ${name} is not there`);
    return new Uint8Array(await answer.arrayBuffer());
  };
}

/** Services of one event: a Worker may not share connections between events. */
function open(env: Env): Promise<Services> {
  return compose(env, { clock: () => Date.now(), write: (line) => console.log(line) });
}

/** One bounded run, and word to the queue when more is due. False when trying again may help. */
async function runTick(services: Services, env: Env): Promise<boolean> {
  try {
    const limit = Number(env.REMINDERS_A_RUN) || REMINDERS_A_RUN;
    const report = await tick(services, { limit, byMachineClock: true });
    if (report.left + report.backlog > 0 && report.sent + report.notices > 0)
      await env.TICKS.send({ after: report.run });
    await watchZones(services);
    return true;
  } catch (error) {
    services.log("error", "tick_failed", { error });
    return error instanceof AppError && !error.retry;
  }
}
