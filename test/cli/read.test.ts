import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { readCommand } from "../../src/cli/read.ts";
import { runHere } from "./run-here.ts";

const AT = ["--sent-at", "2026-11-19T10:00:00+01:00"];

describe("read", () => {
  it("prints what was understood as one object of a fixed shape", async () => {
    const { out } = await runHere(readCommand, ["--text", "We pay EUR 1,200.00 next Friday.", ...AT], {
      json: true,
    });
    expect(out.map((line) => JSON.parse(line))).toEqual([
      {
        machine: false,
        kind: "promise",
        text: "We pay EUR 1,200.00 next Friday.",
        sentence: "We pay EUR 1,200.00 next Friday.",
        promise: { on: "2026-11-27", amount: "1200.00", currency: "EUR" },
        bounce: null,
        returns_on: null,
        confidence: expect.any(Number),
      },
    ]);
  });

  it("says it in plain words too", async () => {
    const { out } = await runHere(readCommand, ["--text", "We have paid on 12 November.", ...AT], {});
    expect(out.join("\n")).toMatch(/^A person wrote this, and says that it is paid \(\d+ % sure\)\./);
  });

  it("reads tomorrow in the sender's zone", async () => {
    const late = ["--sent-at", "2026-11-19T23:30:00-05:00", "--locale", "en-US"];
    const { out } = await runHere(readCommand, ["--text", "We pay tomorrow.", ...late], { json: true });
    expect(JSON.parse(out[0]!).promise.on).toBe("2026-11-20");
  });

  it.each([
    [["/nowhere/mail.eml"], "/nowhere/mail.eml does not exist"],
    [[tmpdir()], `${tmpdir()} is a folder, not a file`],
  ])("refuses %j in one line", async (args, error) => {
    expect((await runHere(readCommand, args, {})).error).toBe(error);
  });
});
