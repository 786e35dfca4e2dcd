import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { unstable_readConfig as readConfig } from "wrangler";
import { EVERY_15_MINUTES } from "../../src/schedule.ts";

const ENVIRONMENTS = [undefined, "staging"];

type Config = {
  triggers: { crons: string[] };
  queues: {
    producers: { binding: string; queue: string }[];
    consumers: { queue: string; dead_letter_queue?: string; max_concurrency?: number }[];
  };
  assets: { binding: string };
  ratelimits: { name: string }[];
  vars: Record<string, string>;
};

function configOf(env?: string): Config {
  return readConfig({ config: join(import.meta.dirname, "../../wrangler.toml"), env }) as unknown as Config;
}

describe.each(ENVIRONMENTS)("the configuration of the Worker, environment %s", (env) => {
  const config = configOf(env);

  test("rings when the schedule says", () => {
    expect(config.triggers.crons).toEqual([EVERY_15_MINUTES]);
  });

  test("binds the same everywhere, and consumes each queue, that of the dead too", () => {
    const { producers, consumers } = config.queues;
    expect(producers.map(({ binding }) => binding)).toEqual(["TICKS", "BATCHES"]);
    expect(config.assets.binding).toBe("ASSETS");
    expect(config.ratelimits.map(({ name }) => name)).toEqual(["GUESSES"]);
    const dead = consumers.map((consumer) => consumer.dead_letter_queue).find(Boolean);
    expect(dead).toMatch(/-dead$/);
    const queues = consumers.map(({ queue }) => queue);
    expect(queues).toEqual([...producers.map(({ queue }) => queue), dead]);
  });

  test("runs ticks one by one, and batches several at once", () => {
    const [ticks, batches] = config.queues.consumers;
    expect(ticks!.max_concurrency).toBe(1);
    expect(batches!.max_concurrency).toBeGreaterThan(1);
  });
});

test("nobody but the operator gets a mail of the staging environment", () => {
  const { vars } = configOf("staging");
  expect(vars.MAIL_REDIRECT_TO).toMatch(/@/);
});
