import { expect, test } from "vitest";
import { createLog } from "../src/log.ts";

function record(fields: Record<string, unknown>, options = {}) {
  const lines: string[] = [];
  const log = createLog({ clock: () => 0, write: (line) => lines.push(line), ...options });
  log("info", "event", fields);
  return lines[0] ?? "";
}

test("an event is one line of JSON with its time", () => {
  expect(JSON.parse(record({ reminder: "rem_1", left: 2 }))).toEqual({
    at: "1970-01-01T00:00:00.000Z",
    level: "info",
    event: "event",
    reminder: "rem_1",
    left: 2,
  });
});

test("addresses do not leave it, however deep they stand", () => {
  const error = new Error("550 <jane.doe+x@fern.example> unknown", {
    cause: new Error("müller@fern.example"),
  });
  const line = record({
    error,
    list: [{ detail: "to a_b@fern.co.uk: no" }],
    url: "https://dunwell.example/p/1",
  });
  expect(line).not.toMatch(/@|jane|fern/);
  expect(line).toContain("[address]");
  expect(line).toContain("https://dunwell.example/p/1");
});

test("secrets do not leave it, by name, by shape or by value", () => {
  const fields = {
    SLACK_SIGNING_SECRET: "s1",
    headers: { authorization: "Basic abc" },
    detail:
      "Bearer abc.def, xoxb-123-456789, AKIAIOSFODNN7EXAMPLE, https://token@db.example/, hunter2-hunter2",
  };
  const line = record(fields, { secrets: ["hunter2-hunter2", undefined] });
  expect(line).not.toMatch(/s1"|abc|xoxb-1|AKIAI|token@|hunter2/);
});

test("a link to a debtor's page does not leave it", () => {
  const line = record({ url: "https://dunwell.example/p/eqkM.Y3VzXzA.86Xx62-vjf/promise" });
  expect(line).toContain("https://dunwell.example/p/[secret]/promise");
});

test("what goes round in circles or holds bytes is still a line", () => {
  const round: Record<string, unknown> = { raw: new Uint8Array(3), big: 10n };
  round.self = round;
  expect(record({ round })).toContain("[3 bytes]");
});

test("what is below the level is not written", () => {
  expect(record({}, { level: "warn" })).toBe("");
});
