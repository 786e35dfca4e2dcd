import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import { readMail } from "../../src/email/read-mail.ts";
import machines from "../reply/mails/machines.json" with { type: "json" };
import people from "../reply/mails/people.json" with { type: "json" };
import { createRandom } from "../simulation/random.ts";
import { WAYS } from "./mutations.ts";

// `DUNWELL_FUZZ=50 npx vitest run test/fuzz` takes fifty times as many, `DUNWELL_FUZZ_SEED` others.
const ROUNDS = 25 * Number(process.env.DUNWELL_FUZZ ?? 1);
const SEED = Number(process.env.DUNWELL_FUZZ_SEED ?? 20261122);
const RECEIVED = { receivedAt: Date.UTC(2026, 10, 22) };
const LIMIT_MS = 1000;
const MOST_GROWTH = 100 * 1024 * 1024;
const HEAD = "From: a@b.example\r\nMIME-Version: 1.0\r\n";

const samples: Uint8Array[] = [
  ...people.map(({ body, html }) =>
    mail(html === undefined ? "text/plain" : "text/html", html ?? body ?? ""),
  ),
  ...machines.map(({ headers, body }) => mail("text/plain", body, headers)),
  ...filesIn(process.env.DUNWELL_SAMPLES && join(process.env.DUNWELL_SAMPLES, "mail")),
];

let collect: () => void;

beforeAll(async () => {
  setFlagsFromString("--expose-gc");
  collect = runInNewContext("gc") as () => void;
  for (const locale of ["en", "zh", "de", "fr", "es", "ja"])
    await readMail(`${HEAD}\r\nWarm 1.`, { ...RECEIVED, locale });
  await readMail(mail("text/plain", "I am on leave, back 1 December."), RECEIVED);
});

describe("a mail is read without a throw, within a second and 100 MB, and the same each time", () => {
  it.each(Object.entries(WAYS))("%s", async (_, mutate) => {
    const random = createRandom(SEED);
    const before = memory();
    for (let round = 0; round < ROUNDS; round++) await readWithin(mutate(random.pick(samples), random));
    expect(memory() - before).toBeLessThan(MOST_GROWTH);
  });

  it.each<[string, () => string]>([
    ["a line of ten megabytes", () => "We pay tomorrow ".repeat(655_360)],
    ["a bomb of base64", () => part("base64", `${"QUJD".repeat(19)}\r\n`.repeat(130_000))],
    ["a bomb of quoted-printable", () => part("quoted-printable", "=41=42=\r\n".repeat(1_000_000))],
    [
      "an archive that grows a thousandfold",
      () => part("base64", Buffer.alloc(7_000_000).toString("base64")),
    ],
    ["a thousand parts in one another", () => nested(1000)],
    [
      "ten thousand parts side by side",
      () => `Content-Type: multipart/mixed; boundary="b"\r\n\r\n${"--b\r\n\r\na\r\n".repeat(10_000)}`,
    ],
    ["an encoded word of a megabyte", () => `Subject: =?utf-8?B?${"QUJD".repeat(262_144)}?=\r\n\r\na`],
    ["a million recipients", () => `To: ${"a@b.example, ".repeat(1_000_000)}\r\n\r\na`],
    ["references without end", () => `References: ${"<a@b> ".repeat(1_000_000)}\r\n\r\na`],
    ["a comment in a comment in a comment", () => `To: ${"(".repeat(500_000)}\r\n\r\na`],
    ["parameters without end", () => `Content-Type: text/plain${"; a*0*=x".repeat(200_000)}\r\n\r\na`],
  ])("%s", async (_, make) => {
    const before = memory();
    await readWithin(Buffer.from(`${HEAD}${make()}`));
    expect(memory() - before).toBeLessThan(MOST_GROWTH);
  });
});

async function readWithin(raw: Uint8Array): Promise<void> {
  const before = process.threadCpuUsage();
  const reading = await readMail(raw, RECEIVED);
  const { user, system } = process.threadCpuUsage(before);
  if ((user + system) / 1000 > LIMIT_MS)
    expect.fail(`${(user + system) / 1000} ms for: ${Buffer.from(raw.subarray(0, 300)).toString("latin1")}`);
  expect(reading.text.length).toBeLessThanOrEqual(100_000);
  expect(reading.sentence === null || reading.sentence.length <= 400).toBe(true);
}

function memory(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function mail(type: string, body: string, headers: string[] = []): Uint8Array {
  const head = [`${HEAD}Subject: Re: INV-7`, ...headers, `Content-Type: ${type}; charset=utf-8`].join("\r\n");
  return Buffer.from(`${head}\r\n\r\n${body}`);
}

function part(encoding: string, content: string): string {
  return `Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${content}\r\n--b--`;
}

function nested(depth: number): string {
  const parts = Array.from(
    { length: depth },
    (_, at) => `Content-Type: multipart/mixed; boundary="${at}"\r\n\r\n--${at}\r\n`,
  );
  return `${parts.join("")}\r\nWe pay tomorrow.`;
}

function filesIn(folder: string | undefined): Uint8Array[] {
  if (!folder) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name)));
}
