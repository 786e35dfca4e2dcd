import type { Command } from "commander";
import { beforeAll, expect, test } from "vitest";
import { approveCommand } from "../../src/cli/approve.ts";
import type { GroundContext } from "../../src/cli/context.ts";
import { declineCommand } from "../../src/cli/decline.ts";
import { disputeCommand } from "../../src/cli/dispute.ts";
import { planCommand } from "../../src/cli/plan.ts";
import { promiseCommand } from "../../src/cli/promise.ts";
import { whyCommand } from "../../src/cli/why.ts";
import { askPlan } from "../../src/reminders/agreements/ask-plan.ts";
import { makePromise } from "../../src/reminders/agreements/make-promise.ts";
import { proposeContact } from "../../src/reminders/agreements/propose-contact.ts";
import { day, invoice } from "../support/cast.ts";
import { openAgain, testDatabaseUrl } from "../support/database.ts";
import { storedCustomer } from "../support/stored.ts";
import { type Story, tellStory } from "../support/story.ts";
import { type RunHere, runHere } from "./run-here.ts";

const AT = "2026-03-05T09:00:00Z";
const DEBTOR = { author: "debtor", by: "debtor" as const };

let url: string;
let story: Story;

beforeAll(async () => {
  url = await testDatabaseUrl();
  story = await tellStory({ at: AT, db: await openAgain(url) });
  await story.invoices(...["A", "B", "C", "D", "E", "F", "G", "H"].map((number) => invoice({ number })));
});

function run(create: (context: GroundContext) => Command, args: string[], json = false): Promise<RunHere> {
  return runHere(create, args, { db: url, at: Date.parse(AT), json });
}

async function reasonOf(number: string): Promise<string> {
  return JSON.parse((await run(whyCommand, [number], true)).out[0]!).reason;
}

test("a promise is recorded and held through its grace", async () => {
  const made = await run(promiseCommand, [
    "A",
    "--on",
    "2026-03-13",
    "--amount",
    "600.00",
    "--author",
    "frieda",
  ]);
  expect(made.out).toEqual(["Invoice A: 600.00 EUR promised for 2026-03-13, held through 2026-03-17."]);
  const whole = await run(promiseCommand, ["B", "--on", "2026-05-13"], true);
  expect(JSON.parse(whole.out[0]!)).toEqual({
    promise: expect.stringMatching(/^prm_/),
    invoice: "B",
    amount: "1000.00",
    currency: "EUR",
    on: "2026-05-13",
    last_day: "2026-05-18",
  });
  expect(await reasonOf("B")).toBe("held_promise");
  expect((await run(promiseCommand, ["B", "--on", "2026-03-13"])).error).toMatch(
    /promised for 2026-05-13 already/,
  );
  expect((await run(promiseCommand, ["C", "--on", "2026-03-13", "--amount", "1,5"])).error).toBe(
    "--amount 1,5 is no amount in EUR; write one like 1234.56",
  );
});

test("a dispute is opened, and closed with a credit note", async () => {
  const opened = await run(disputeCommand, [
    "C",
    "--reason",
    "goods",
    "--amount",
    "400.00",
    "--text",
    "broken",
  ]);
  expect(opened.out[0]).toMatch(/^Invoice C: dispute dsp_\w+ is open; the account owner is asked/);
  const id = /dsp_\w+/.exec(opened.out[0]!)![0];
  const unanswered = await run(disputeCommand, ["close", id, "--as", "rejected"]);
  expect(unanswered.error).toMatch(/rejected with an answer/);
  const closed = await run(disputeCommand, ["close", id, "--as", "accepted", "--credit", "150.00"]);
  expect(closed.out).toEqual(["Invoice C: the dispute is accepted, with a credit note over 150.00 EUR."]);
  const again = await run(disputeCommand, ["close", "C", "--as", "withdrawn"]);
  expect(again.error).toBe("nothing of invoice C is disputed");
});

test("a promise is changed by its invoice's number and withdrawn by its id, and one that gave way names the next", async () => {
  const [former] = (await makePromise(story, promiseOf("G", "2026-03-10"))).promises;
  const changed = await run(
    promiseCommand,
    ["change", "G", "--on", "2026-06-12", "--amount", "300.00"],
    true,
  );
  const { promise, ...said } = JSON.parse(changed.out[0]!);
  expect(said).toMatchObject({ invoice: "G", amount: "300.00", on: "2026-06-12", last_day: "2026-06-16" });
  const again = await run(promiseCommand, ["change", former!.id, "--on", "2026-03-12"]);
  expect(again.error).toBe(
    `promise ${former!.id} gave way to promise ${promise} (EUR 300.00 2026-06-12): name that one`,
  );
  const withdrawn = await run(promiseCommand, ["withdraw", promise]);
  expect(withdrawn.out).toEqual([`Promise ${promise} (G) is withdrawn: the ladder goes on.`]);
  expect((await run(promiseCommand, ["withdraw", "G"])).error).toMatch(
    /no promise G, nor one for an invoice G/,
  );
});

test("approving a promise that another took the place of names that one", async () => {
  const [first] = (await makePromise(story, promiseOf("H", "2026-06-01"))).promises;
  const [second] = (await makePromise(story, promiseOf("H", "2026-06-02"))).promises;
  for (const command of [["approve"], ["decline", "--reason", "too late"]]) {
    const [name, ...more] = command;
    const answered = await run(name === "approve" ? approveCommand : declineCommand, [first!.id, ...more]);
    expect(answered.error).toContain(
      `${first!.id} gave way to promise ${second!.id} (EUR 1,000.00 2026-06-02)`,
    );
  }
});

function promiseOf(number: string, on: string) {
  return { invoices: [{ number }], on: day(on), ...DEBTOR };
}

test("a plan is agreed, and named by its id", async () => {
  const terms = ["--instalment", "2026-03-10=400.00", "--instalment", "2026-04-10=600.00"];
  const agreed = await run(planCommand, ["D", ...terms]);
  expect(agreed.out[0]).toMatch(/^Plan pln_\w+ is agreed: 2 instalments/);
  expect(await reasonOf("D")).toBe("held_plan");
  const withdrawn = await run(planCommand, ["withdraw", "D"]);
  expect(withdrawn.out[0]).toMatch(/^Plan pln_\w+ \(D\) is withdrawn: the ladder goes on\.$/);
  expect(await reasonOf("D")).not.toBe("held_plan");
  expect((await run(planCommand, ["C", ...terms])).error).toMatch(/what is open comes to EUR 850.00/);
});

test("what a debtor asked for is approved or declined by its id", async () => {
  const ask = { invoices: [{ number: "E" }], on: day("2026-05-20") };
  const asked = await makePromise(story, { ...ask, ...DEBTOR });
  const approved = await run(approveCommand, [asked.promises[0]!.id], true);
  expect(JSON.parse(approved.out[0]!)).toEqual({ id: asked.promises[0]!.id, decision: "approve" });
  expect(await reasonOf("E")).toBe("held_promise");

  const { id } = await askPlan(story, {
    invoices: ["F"],
    instalments: [{ on: day("2026-03-10"), amountMinor: 100_000 }],
    author: "debtor",
  });
  expect(await run(declineCommand, [id, "--reason", "Please pay at once."])).toMatchObject({
    out: [`Declined: ${id}.`],
  });
  expect((await run(approveCommand, [id])).error).toMatch(/is declined and cannot be agreed/);

  const customerId = String((await storedCustomer(story.db, "NORDWIND"))!.id);
  const named = { customerId, name: "Nina Neu", email: "nina@nordwind.example", author: "debtor" };
  const contact = await proposeContact(story, named);
  expect((await run(approveCommand, [contact.id])).out).toEqual([`Approved: ${contact.id}.`]);
});
