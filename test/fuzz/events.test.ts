import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSesEvent } from "../../src/email/ses-events.ts";
import { readSnsMessage } from "../../src/email/sns-message.ts";
import { AppError } from "../../src/errors.ts";
import { ProblemError } from "../../src/http/problem.ts";
import { readStripeEvent } from "../../src/http/webhooks/stripe-events.ts";
import { createRandom } from "../simulation/random.ts";
import { TOPIC } from "../support/sns-stand-in.ts";
import { WAYS } from "./mutations.ts";

const ROUNDS = 600 * Number(process.env.DUNWELL_FUZZ ?? 1);
const SEED = Number(process.env.DUNWELL_FUZZ_SEED ?? 20261122);

describe("whatever is signed is read or refused, and never a bug", () => {
  // Stripe's library has read the JSON before.
  const readers = {
    readStripeEvent: (text: string) => isJson(text) && readStripeEvent(text),
    readSesEvent,
    readSnsMessage,
  };
  const samples = [
    ...samplesOf("ses_docs"),
    ...samplesOf("stripe"),
    JSON.stringify({
      id: "evt_1",
      type: "invoice.paid",
      created: 1,
      data: { object: { id: "in_1", number: "A-1", currency: "eur", amount_paid: 1 } },
    }),
    JSON.stringify({
      eventType: "Bounce",
      bounce: { bounceType: "Permanent", bouncedRecipients: [{ emailAddress: "a@b.example" }] },
      mail: { messageId: "1" },
    }),
    JSON.stringify({
      Type: "Notification",
      MessageId: "1",
      TopicArn: TOPIC,
      Message: "{}",
      Timestamp: "2026-12-01T10:00:00.000Z",
    }),
  ];
  it.each(Object.entries(readers))("%s", (_, read) => {
    const random = createRandom(SEED);
    for (let round = 0; round < ROUNDS; round++) {
      const sample = random.pick(samples);
      const hostile = random.chance(0.6) ? withHostileLeaf(sample, random) : mutated(sample, random);
      try {
        read(hostile);
      } catch (error) {
        if (!(error instanceof AppError || error instanceof ProblemError))
          expect.fail(`${error} for ${hostile.slice(0, 1000)}`);
      }
    }
  });
});

const LEAVES = [
  null,
  0,
  -1,
  1e308,
  "",
  "\u0000",
  "9".repeat(5000),
  [],
  {},
  [[[[]]]],
  true,
  { __proto__: null },
  "2026-13-45",
  "NaN",
];

/** One value of the JSON is another; of what is none, bytes are. */
function withHostileLeaf(sample: string, random: ReturnType<typeof createRandom>): string {
  try {
    let left = random.whole(1, Math.max(1, sample.match(/[:,[]/g)?.length ?? 1));
    return JSON.stringify(JSON.parse(sample, (_, value) => (--left === 0 ? random.pick(LEAVES) : value)));
  } catch {
    return mutated(sample, random);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function mutated(sample: string, random: ReturnType<typeof createRandom>): string {
  return Buffer.from(random.pick(Object.values(WAYS))(Buffer.from(sample), random)).toString();
}

function samplesOf(kind: string): string[] {
  if (!process.env.DUNWELL_SAMPLES) return [];
  const folder = join(process.env.DUNWELL_SAMPLES, "webhooks", kind);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"));
}
