import { expect, test } from "vitest";
import { openDesk } from "./run-dunwell.ts";

const desk = await openDesk();

test("runs of the clock are listed, the newest first, as lines for people and as JSON", async () => {
  await desk.run("creditor apply creditor.json");
  await desk.run("tick --at 2026-03-02T10:00:00Z");
  const { stdout } = await desk.run("runs");
  expect(stdout).toBe("2026-03-02 10:00:00 UTC      0.0 s  0 sent\n");
  expect((await desk.run("tick --at 2026-03-01T10:00:00Z")).code).toBe(0);
  expect((await desk.run("runs --json")).json()).toMatchObject([
    { run: expect.stringMatching(/^run_/), state: "done", started_at: "2026-03-01T10:00:00.000Z", sent: 0 },
    { state: "done", finished_at: "2026-03-02T10:00:00.000Z", counts: {}, left: 0, failed: 0, error: null },
  ]);
}, 60_000);
