import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readDeliveryStatus, readFreeFormBounce } from "../../src/domain/reply/bounce.ts";
import { machineOf, readAway } from "../../src/domain/reply/machine.ts";
import { readReply } from "../../src/domain/reply/read-reply.ts";
import { visibleText } from "../../src/domain/reply/visible-text.ts";
import { htmlToText } from "../../src/email/html-text.ts";
import { createRandom } from "../simulation/random.ts";

const ROUNDS = Number(process.env.DUNWELL_FUZZ ?? 1);
const SEED = Number(process.env.DUNWELL_FUZZ_SEED ?? 20261122);
const MEGABYTE = 1_000_000;
const LIMIT_MS = 1000;
const FOLDER = new URL("../../src/domain/reply/", import.meta.url);
const SETTING = { writtenOn: 20_776, offsetMinutes: 60 };
const LOCALES = ["en", "zh", "de", "fr", "es", "ja"];

/** The words of the patterns themselves: what begins like each of them, and goes on otherwise. */
const words = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => [name, wordsOf(readFileSync(new URL(name, FOLDER), "utf8"))] as const)
  .filter(([, some]) => some.length > 10);

const readers: Record<string, (text: string) => unknown> = {
  visibleText,
  htmlToText,
  readDeliveryStatus,
  "readReply, in every language": (text) => {
    for (const locale of LOCALES) readReply(text, { ...SETTING, locale });
  },
  readAway: (text) => readAway(text, SETTING),
  machineOf: (text) => machineOf({ headers: [], subject: text, from: text, text }),
  readFreeFormBounce: (text) =>
    readFreeFormBounce({ subject: text, from: text, text, failedRecipients: text, isNullSender: true }),
};

describe.each(Object.entries(readers))("no megabyte of words takes a second in %s", (_, read) => {
  it.each(words)("of %s", (_name, some) => {
    read("warm");
    const random = createRandom(SEED);
    for (let round = 0; round < ROUNDS; round++) {
      const glue = random.pick([" ", "", "\n", " not ", ", ", ": ", "> "]);
      const pieces = Array.from({ length: random.whole(1, 30) }, () => random.pick(some));
      const piece = pieces.join(glue) + glue;
      const text = piece.repeat(Math.ceil(MEGABYTE / piece.length)).slice(0, MEGABYTE);
      const before = process.threadCpuUsage();
      read(text);
      const { user, system } = process.threadCpuUsage(before);
      if ((user + system) / 1000 > LIMIT_MS)
        expect.fail(`${(user + system) / 1000} ms for ${piece.slice(0, 400)}`);
    }
  });
});

function wordsOf(source: string): string[] {
  const literals = source.match(/(["'`/])(?:\\.|(?!\1).)+\1/g) ?? [];
  return literals
    .flatMap((literal) => literal.split(/[()|[\]?*+{}\\^$"'`/~]|(?<=\w)\./))
    .filter((word) => word.trim().length > 1);
}
