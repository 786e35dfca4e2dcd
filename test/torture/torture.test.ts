import { join } from "node:path";
import { expect, test } from "vitest";
import { runCampaign } from "./campaign.ts";

// `npm run torture` does the same to a larger company, a thousand times; `-- --break all` proves that the auditor would notice.
test("killed twenty times at the worst moments, it loses nothing, sends nothing twice, and every letter is right", async () => {
  const told: string[] = [];
  const { kills, columns, surprises } = await runCampaign({
    root: join(import.meta.dirname, "../.."),
    seed: 20260105,
    kills: 20,
    killsATrial: 20,
    most: 1,
    atOnce: 1,
    size: { customers: 18, invoices: 72 },
    quietDays: 48,
    tell: (line) => void told.push(line),
  });
  expect(columns, told.join("\n")).toEqual(
    Object.fromEntries(Object.keys(columns).map((column) => [column, []])),
  );
  expect(surprises).toEqual([]);
  expect(kills).toBeGreaterThan(8);
}, 180_000);
