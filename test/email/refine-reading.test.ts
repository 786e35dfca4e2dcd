import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text as bodyOf } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { parseCivilDay } from "../../src/domain/civil-date.ts";
import { readText } from "../../src/email/read-mail.ts";
import {
  createHttpModel,
  createWorkersModel,
  type ReplyModel,
  refineReading,
} from "../../src/email/refine-reading.ts";

const moment = { sentAt: Date.UTC(2026, 10, 19, 9), offsetMinutes: 60 };
const VAGUE = "Righto, consider it done by Friday, write to lena@debtor.example. The lot, 1,200.00 EUR.";
const vague = readText(VAGUE, moment);
const saying =
  (said: unknown): ReplyModel =>
  async () =>
    said;

describe("a model refines what the rules are unsure of", () => {
  it("and names the kind and the sentence, whose day the rules read", async () => {
    expect(vague.kind).toBe("other");
    const model = saying({ kind: "promise", sentence: "consider it done by Friday" });
    expect(await refineReading(vague, model)).toMatchObject({
      kind: "promise",
      sentence: "Righto, consider it done by Friday, write to lena@debtor.example.",
      promise: { on: parseCivilDay("2026-11-20") },
    });
  });

  it("never so surely that a policy accepts it unseen", async () => {
    const model = saying({ kind: "promise", sentence: "consider it done by Friday" });
    expect((await refineReading(vague, model)).confidence).toBeLessThan(0.85);
  });

  it("in the manners of services: words around the JSON, envelopes around the words", async () => {
    const json = JSON.stringify({ kind: "promise", sentence: "consider it done by Friday" });
    for (const said of [
      `Here you are:\n\`\`\`json\n${json}\n\`\`\``,
      { response: json },
      { response: JSON.parse(json) },
      { choices: [{ message: { content: json } }] },
    ])
      expect((await refineReading(vague, saying(said))).kind).toBe("promise");
  });

  it("and is shown the visible words alone, without addresses", async () => {
    const shown: string[] = [];
    await refineReading(vague, async (messages) => {
      shown.push(...messages.map(({ content }) => content));
    });
    expect(shown.join()).toContain("consider it done by Friday");
    expect(shown.join()).not.toContain("lena@");
  });
});

describe("the rules stand alone where a model", () => {
  it.each<[string, unknown]>([
    ["quotes what nobody wrote", { kind: "paid", sentence: "We have paid it all." }],
    ["quotes next to nothing", { kind: "paid", sentence: "." }],
    ["names a kind there is not", { kind: "accept", sentence: "consider it done by Friday" }],
    ["says nothing of use", "I cannot help with that."],
    ["answers nothing", null],
    ["says more than asked, but not what", { ok: true }],
  ])("%s", async (_, said) => {
    expect(await refineReading(vague, saying(said))).toEqual(vague);
  });

  it("throws", async () => {
    const failing: ReplyModel = async () => {
      throw new Error("down");
    };
    expect(await refineReading(vague, failing)).toEqual(vague);
  });

  it("is not asked, the rules being sure, or a machine having written", async () => {
    const unasked: ReplyModel = async () => expect.unreachable();
    for (const text of ["We will pay on Friday.", "This is an automated message, please do not reply."])
      expect((await refineReading(readText(text, moment), unasked)).text).toBe(text);
  });
});

it("a model is asked over HTTP with its key, and a refusal counts as no answer", async () => {
  const asked: { key: string | undefined; body: string }[] = [];
  const server = createServer(async (request, response) => {
    asked.push({ key: request.headers.authorization, body: await bodyOf(request) });
    response.statusCode = asked.length === 1 ? 200 : 500;
    const content = '{"kind":"promise","sentence":"consider it done by Friday"}';
    response.end(JSON.stringify({ choices: [{ message: { content } }] }));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/chat/completions`;
  const model = createHttpModel({ url, key: "the key", name: "small" });
  expect((await refineReading(vague, model)).kind).toBe("promise");
  expect(await refineReading(vague, model)).toEqual(vague);
  server.close();
  expect(asked[0]).toMatchObject({ key: "Bearer the key" });
  expect(JSON.parse(asked[0]!.body)).toMatchObject({ model: "small", temperature: 0 });
});

it("a model is asked by the binding of a Worker", async () => {
  const run = async (name: string) => ({
    response: { kind: name === "@cf/small" ? "promise" : "other", sentence: "consider it done by Friday" },
  });
  expect((await refineReading(vague, createWorkersModel({ run }, "@cf/small"))).kind).toBe("promise");
});
