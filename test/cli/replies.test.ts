import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repliesCommand } from "../../src/cli/replies.ts";
import { unholdCommand } from "../../src/cli/unhold.ts";
import { openAgain, testDatabaseUrl } from "../support/database.ts";
import { makeFolder } from "../support/folder.ts";
import { deliver, reminded, writtenMail } from "../support/incoming.ts";
import { openHolds } from "../support/stored.ts";
import { runHere } from "./run-here.ts";

async function answered(text: string) {
  const url = await testDatabaseUrl();
  const { story, replyTo } = await reminded({ db: await openAgain(url) });
  const raw = writtenMail({ text, to: replyTo });
  const { id } = await deliver(story, raw);
  const run = (args: string[], json = false, command = repliesCommand) =>
    runHere(command, args, { db: url, at: story.clock(), json });
  return { story, id, raw, run };
}

test("the replies that wait are listed, accepted, and then wait no more", async () => {
  const { id, run } = await answered("We will pay EUR 400.00 on 20 March 2026.");
  expect((await run([])).out).toEqual([
    expect.stringMatching(`${id}  2026-03-09 11:00  bills@nordwind.example  NORDWIND A-100`),
    "  “We will pay EUR 400.00 on 20 March 2026.”",
    "  proposed: accept promise · 2026-03-20 · A-100 400.00",
  ]);
  expect((await run(["accept", id, "--author", "frieda"])).out).toEqual([
    `Reply ${id}: done (accept promise).`,
  ]);
  expect((await run([], true)).out).toEqual([]);
});

test("a reply is said to be handled, once", async () => {
  const { id, run } = await answered("Which order was this for?");
  expect((await run(["handled", id], true)).out).toEqual([JSON.stringify({ reply: id, action: null })]);
  expect((await run(["handled", id])).error).toContain(`reply ${id} was handled by cli:`);
});

test("a reply is written into a file as it came, and over no other", async () => {
  const { id, raw, run } = await answered("Which order was this for?");
  const out = join(await makeFolder("reply"), "reply.eml");
  await run(["save", id, "--out", out]);
  expect((await readFile(out)).equals(raw)).toBe(true);
  expect((await run(["save", id, "--out", out])).error).toContain("exists already");
});

test("the hold of an insolvency, which no day ends, is ended by a person", async () => {
  const { story, id, run } = await answered("We have filed for insolvency.");
  await run(["accept", id]);
  expect(await openHolds(story.db, { ref: "NORDWIND" })).toMatchObject([{ kind: "insolvency", until: null }]);
  const unhold = ["--customer", "NORDWIND", "--kind", "insolvency"];
  expect((await run(unhold, false, unholdCommand)).out).toEqual([
    expect.stringContaining("no longer on hold"),
  ]);
  expect(await openHolds(story.db, { ref: "NORDWIND" })).toEqual([]);
});
