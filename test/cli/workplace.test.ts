import type { Command } from "commander";
import { beforeAll, expect, test } from "vitest";
import { callCommand } from "../../src/cli/call.ts";
import { contactCommand } from "../../src/cli/contact.ts";
import type { GroundContext } from "../../src/cli/context.ts";
import { customerCommand } from "../../src/cli/customer.ts";
import { checkCommand, objectCommand, warningCommand } from "../../src/cli/owner-answers.ts";
import { queueCommand } from "../../src/cli/queue.ts";
import { invoice } from "../support/cast.ts";
import { openAgain, testDatabaseUrl } from "../support/database.ts";
import { contactsOf } from "../support/stored.ts";
import { type Story, tellStory } from "../support/story.ts";
import { type RunHere, runHere } from "./run-here.ts";

const AT = "2026-03-05T09:00:00Z";
let url: string;
let story: Story;

beforeAll(async () => {
  url = await testDatabaseUrl();
  story = await tellStory({ at: AT, db: await openAgain(url) });
  await story.customers({ ref: "NORD2", name: "Nordlicht Reederei" });
  await story.invoices(...["A", "B", "C"].map((number) => invoice({ number })));
});

function run(create: (context: GroundContext) => Command, args: string[], json = false): Promise<RunHere> {
  return runHere(create, args, { db: url, at: Date.parse(AT), json });
}

const TOLD = ["--person", "Bela Buch", "--said", "in the next run"];

test("a call is logged with the promise in it", async () => {
  const promised = [...TOLD, "--promised-on", "2026-03-13", "--amount", "600.00"];
  expect((await run(callCommand, ["A", ...promised])).out).toEqual([
    "Invoice A: call of 2026-03-05 logged, with a promise for 2026-03-13.",
  ]);
  const again = await run(callCommand, ["--customer", "NORDWIND", ...TOLD], true);
  expect(JSON.parse(again.out[0]!)).toMatchObject({ customer: "NORDWIND", on: "2026-03-05", promises: [] });
  const { error } = await run(callCommand, ["--customer", "NORDWIND", ...TOLD, "--amount", "1.00"]);
  expect(error).toContain("--amount is of one invoice");
});

test("an account check and a warning are answered, and a letter objected to where there is one", async () => {
  expect((await run(checkCommand, ["B", "--answer", "in_approval"])).out).toEqual([
    "Invoice B: in approval; no reminder through 2026-03-12.",
  ]);
  expect((await run(checkCommand, ["B", "--answer", "received"])).error).toContain("already: in approval");
  expect((await run(warningCommand, ["C", "--answer", "send"])).error).toContain("overdue_3 comes next");
  expect((await run(objectCommand, ["C", "--reason", "they pay"])).error).toContain("finance was not asked");
});

test("a customer is shown, or those that are meant are listed", async () => {
  const { out } = await run(customerCommand, ["nordwnd handl"]);
  expect(out.slice(0, 2)).toEqual([
    "Nordwind Handel (NORDWIND), owner rita.rep@acme.example",
    "  open 3000.00 EUR, overdue 3000.00",
  ]);
  expect(out.slice(-3)).toEqual([
    "  C  1000.00 EUR  due 2026-03-04  overdue_3, not_due, 2026-03-09",
    "  A: promised 600.00 EUR for 2026-03-13",
    expect.stringMatching(/^ {2}B: on hold through 2026-03-12: ./),
  ]);
  expect(out).toContain("  last contact: call with Bela Buch on 2026-03-05: in the next run");
  expect((await run(customerCommand, ["nord"])).out).toEqual([
    "NORD2  Nordlicht Reederei",
    "NORDWIND  Nordwind Handel",
  ]);
  const shown = await run(customerCommand, ["NORDWIND"], true);
  expect(JSON.parse(shown.out[0]!)).toMatchObject({ customer: "NORDWIND", totals: [{ open: "3000.00" }] });
  expect((await run(customerCommand, ["xyzzy"])).error).toBe('no customer is like "xyzzy"');
});

test("a queue names customers by age, and what they promised", async () => {
  const { out } = await run(queueCommand, ["rita.rep@acme.example"], true);
  expect(out.map((line) => JSON.parse(line))).toEqual([
    { owes: "3000.00", currency: "EUR", customer: "NORDWIND", invoices: 3, since: "2026-03-04" },
    { promised: "600.00", currency: "EUR", customer: "NORDWIND", invoices: ["A"], on: "2026-03-13" },
  ]);
});

test("a queue names the command that answers a question, and lines up what is owed", async () => {
  story.clock.set("2026-03-06T09:00:00Z");
  await story.invoices(invoice({ number: "D" }));
  await story.bankFile();
  await story.tickOnce();
  const { out } = await run(queueCommand, ["rita.rep@acme.example"]);
  expect(out).toEqual([
    "Nordwind Handel  account check  A           answer: dunwell check A",
    "Nordwind Handel  account check  C           answer: dunwell check C",
    "Nordwind Handel  account check  D           answer: dunwell check D",
    "Nordwind Handel  EUR 4000.00    4 invoices  oldest due 2026-03-04",
    "Nordwind Handel  EUR 600.00     A           promised for 2026-03-13",
  ]);
});

test("a wrong address is replaced", async () => {
  const right = ["NORDWIND", "--replaces", "bills@nordwind.example", "--email", "ap@nordwind.example"];
  expect((await run(contactCommand, right)).out).toEqual(["Customer NORDWIND: recorded."]);
  expect(await contactsOf(story.db, "NORDWIND")).toEqual(["billing ap@nordwind.example Bela Buch"]);
  expect((await run(contactCommand, right)).error).toContain("no contact with that address");
});
