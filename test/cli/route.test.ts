import { expect, test } from "vitest";
import { routeCommand } from "../../src/cli/route.ts";
import { openAgain, testDatabaseUrl } from "../support/database.ts";
import { tellStory } from "../support/story.ts";
import { runHere } from "./run-here.ts";

const AT = "2026-03-05T09:00:00Z";

async function openRoutes() {
  const db = await testDatabaseUrl();
  const story = await tellStory({ at: AT, db: await openAgain(db) });
  return {
    run: (args: string, json = false) =>
      runHere(routeCommand, args.split(" "), { db, at: Date.parse(AT), json }),
    stored: async () =>
      (await story.db.client.execute("SELECT * FROM owners WHERE deputy_email IS NOT NULL")).rows,
  };
}

test("a deputy is told back with the days that are on record", async () => {
  const { run, stored } = await openRoutes();
  const away = "Rita.Rep@acme.example --deputy otto@acme.example --from 2026-03-01 --until 2026-03-05";
  expect((await run(away)).out).toEqual([
    "otto@acme.example stands in for rita.rep@acme.example from 2026-03-01 through 2026-03-05.",
  ]);
  expect(await stored()).toHaveLength(1);
  expect(JSON.parse((await run(`${away} --channel C0TEAM`, true)).out[0]!)).toEqual({
    email: "rita.rep@acme.example",
    deputy: "otto@acme.example",
    from: "2026-03-01",
    until: "2026-03-05",
    channel: "C0TEAM",
  });
  expect((await run("rita.rep@acme.example --channel C0TEAM")).out).toEqual([
    "Nobody stands in for rita.rep@acme.example; while Slack does not know rita.rep@acme.example, alerts go to C0TEAM.",
  ]);
  expect(await stored()).toEqual([]);
});

test("days that are over make nobody a deputy", async () => {
  const { run, stored } = await openRoutes();
  const { error } = await run(
    "rita.rep@acme.example --deputy otto@acme.example --from 2026-03-01 --until 2026-03-04",
  );
  expect(error).toBe("until 2026-03-04 is over; today is 2026-03-05");
  expect(await stored()).toEqual([]);
});
