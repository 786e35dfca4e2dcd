import { compose, openSlack } from "../src/compose.ts";
import { AppError } from "../src/errors.ts";
import { type GuessLimit, networkOf } from "../src/http/guess-limit.ts";
import type { ReadAsset, Runtime } from "../src/http/runtime.ts";
import type { Services } from "../src/services.ts";
import type { Bindings } from "./bindings.generated.ts";
import type { Context, Fetcher, QueueBatch, RateLimit, RoutedMail } from "./platform.ts";
import { take } from "./queue.ts";

/** What is bound, and whatever secrets are set. */
type Env = Bindings & Record<string, unknown>;

export default {
  async fetch(request: Request, env: Env, context: Context): Promise<Response> {
    const runtime: Runtime = {
      isWorker: true,
      remoteAddress: () => null,
      guesses: guessesOf(env.GUESSES),
      readAsset: assetsOf(env.ASSETS),
      openSlack: (services) => openSlack(services, (work) => context.waitUntil(work)),
    };
    // The clock and the queue do without: a Worker that they start is spared a third of the work.
    const { createApp } = await import("../src/http/app.ts");
    return createApp(await open(env), runtime).fetch(request);
  },

  /** The clock only rings: what it starts is repeated by the queue when it fails. */
  async scheduled(_: unknown, env: Env): Promise<void> {
    await env.TICKS.send({ tick: new Date().toISOString() });
  },

  /** Mail that Email Routing delivers. */
  async email({ raw: stream, to }: RoutedMail, env: Env): Promise<void> {
    const { takeRoutedMail } = await import("./email.ts");
    await takeRoutedMail(await open(env), { stream, to });
  },

  async queue(batch: QueueBatch, env: Env): Promise<void> {
    await take(await open(env), env, batch);
  },
};

/** Counted where Cloudflare received them, for every isolate there. */
function guessesOf(binding: RateLimit): GuessLimit {
  return async (address) => !(await binding.limit({ key: networkOf(address) })).success;
}

function assetsOf(assets: Fetcher): ReadAsset {
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
