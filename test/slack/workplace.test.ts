import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makePromise } from "../../src/reminders/agreements/make-promise.ts";
import { day, HUAYUE, invoice } from "../support/cast.ts";
import { type SlackStandIn, startSlackStandIn, viewFaults } from "../support/slack-stand-in.ts";
import { type SlackStory, startSlackStory } from "../support/slack-story.ts";
import { buttonsOf } from "../support/slack-user.ts";

let slack: SlackStandIn;
let story: SlackStory;

beforeAll(async () => {
  slack = await startSlackStandIn();
});

afterAll(() => slack.close());

beforeEach(async () => {
  story = await startSlackStory(slack);
});

async function ask(userId: string, text: string): Promise<string> {
  const response = await story.user.command(userId, text);
  expect(response.status).toBe(200);
  await story.settled();
  return slack.responses.at(-1)?.text ?? "";
}

async function press(userId: string, where: "answer" | "home" | "page", action: string): Promise<void> {
  await story.user.pressAlone(userId, where, action);
  await story.settled();
}

async function openHome(userId: string): Promise<string> {
  await story.user.openHome(userId);
  await story.settled();
  return JSON.stringify(slack.homes.get(userId));
}

const actionsShown = (shown: { blocks: Record<string, unknown>[] }) =>
  buttonsOf(shown as never).map(({ action_id }) => action_id);

describe("/dunwell with a name", () => {
  test("shows how a customer stands, with what comes next and why, to whoever asks alone", async () => {
    await story.invoices(invoice({ number: "A-1" }));
    expect(await ask("U1RITA", "nordwnid")).toBe(
      [
        "*Nordwind Handel* (NORDWIND)",
        "*EUR 1,000.00* open, EUR 1,000.00 of it overdue",
        "• A-1 · EUR 1,000.00 · 1 day overdue · first reminder on 9 Mar 2026",
        "Nobody has written or called yet.",
        "Account owner: rita.rep@acme.example",
      ].join("\n"),
    );
    const [answer] = slack.responses;
    expect(answer!.response_type).toBe("ephemeral");
    expect(actionsShown(answer!)).toEqual([
      "customer.log_call",
      "customer.copy_text",
      "customer.pause_week",
      "customer.pause_until",
      "customer.take_over",
    ]);
  });

  test("lists those that may be meant, and opens the one that is pressed", async () => {
    await story.invoices(invoice({ number: "A-1" }));
    await story.customers({ ...HUAYUE, ref: "NORDLICHT", name: "Nordlicht Handel" });
    expect(await ask("U2FIN", "Nordhandel")).toContain("Which one is “Nordhandel”?");
    await press("U2FIN", "answer", "customer.show");
    expect(slack.views).toHaveLength(1);
    expect(viewFaults(slack.views[0]!.view)).toEqual([]);
  });

  test("says so where nothing is like it, and what it understands", async () => {
    await story.invoices(invoice());
    expect(await ask("U1RITA", "zzz")).toContain("No customer or invoice is like “zzz”.");
    expect(await ask("U1RITA", "")).toContain("/dunwell why INV-7");
  });

  test("tells nothing to people who look after no customer, nor to guests and other companies", async () => {
    await story.invoices(invoice({ number: "A-1" }));
    await story.customers({ ...HUAYUE, ownerEmail: "guest@customer.example" });
    slack.users.set("guest@customer.example", { id: "U8GUEST", is_restricted: true });
    for (const stranger of ["U3OTTO", "U8GUEST", "U9ELSE"]) {
      for (const text of ["nordwind", "why A-1", "forecast", "pause nordwind 7d"]) {
        expect(await ask(stranger, text)).toContain("for colleagues who look after customers");
      }
    }
    expect(await story.holds()).toEqual([]);
    expect(await openHome("U3OTTO")).not.toContain("Nordwind");
  });

  test("shows whoever looks after another customer this one too, and lets nobody act for it but its own", async () => {
    await story.invoices(invoice({ number: "A-1" }));
    await story.customers({ ...HUAYUE, ownerEmail: "otto@acme.example" });
    expect(await ask("U3OTTO", "nordwind")).toContain("A-1");
    expect(actionsShown(slack.responses[0]!)).toEqual([]);
    expect(await ask("U3OTTO", "pause nordwind 7d")).toContain("That is for the account owner");
    expect(await story.holds()).toEqual([]);
  });

  test("speaks Chinese to whoever reads Slack in Chinese", async () => {
    slack.users.set("rita.rep@acme.example", { id: "U1RITA", locale: "zh-CN" });
    await story.invoices(invoice({ number: "A-1" }));
    const said = await ask("U1RITA", "nordwind");
    expect(said).toContain("• A-1 · EUR 1,000.00 · 逾期 1 天 · 2026年3月9日发出逾期付款提醒");
    expect(await ask("U1RITA", "why A-1")).toBe("*A-1* · 2026年3月9日发出逾期付款提醒");
    expect(await ask("U1RITA", "forecast")).toContain("• 2026年3月9日：1 位客户，1 张发票");
  });
});

describe("/dunwell with a verb", () => {
  test("says what happens to an invoice next, and why, however its number is written", async () => {
    await story.invoices(invoice({ number: "A-1" }));
    expect(await ask("U1RITA", "why a-1")).toContain("overdue_3 is due on 2026-03-09");
    expect(await ask("U1RITA", "why A-2")).toContain('there is no invoice "A-2"');
  });

  test("forecasts by day: an account owner the own customers, finance all", async () => {
    await story.invoices(invoice({ number: "A-1" }), invoice({ number: "A-2" }));
    await story.customers(HUAYUE);
    expect(await ask("U1RITA", "forecast 7")).toBe(
      "*Leaves in the next 7 days, if nothing changes*\n• 9 Mar 2026: 1 customer, 2 invoices",
    );
    await story.customers({ ...HUAYUE, ref: "NORDWIND", ownerEmail: "otto@acme.example" });
    expect(await ask("U1RITA", "forecast 7")).toContain("Nothing leaves");
    expect(await ask("U2FIN", "forecast 7")).toContain("2 invoices");
  });

  test("pauses a customer once, however often Slack sends it, and shows it so", async () => {
    await story.invoices(invoice({ number: "A-1" }));
    await story.user.command("U1RITA", "pause nordwind 7d");
    await story.user.again({ "x-slack-retry-num": "1" });
    await story.settled();
    expect(await story.holds()).toEqual([{ until: "2026-03-12", author: "slack:U1RITA" }]);
    expect(slack.responses).toHaveLength(1);
    expect(slack.responses[0]!.text).toContain("✓ Paused");
    expect(slack.responses[0]!.text).toContain("Paused through 12 Mar 2026: paused in Slack");
    expect(actionsShown(slack.responses[0]!)).toContain("customer.hand_back");
  });

  test("pauses the one invoice that is named, and nobody whose name only resembles what was typed", async () => {
    await story.invoices(invoice({ number: "A-1" }), invoice({ number: "A-2" }));
    await ask("U1RITA", "pause a-1 2026-03-10");
    const { rows } = await story.db.client.execute("SELECT invoice_id FROM holds");
    expect(rows).toMatchObject([{ invoice_id: expect.stringMatching(/^inv_/) }]);
    expect(await ask("U1RITA", "pause nordwnid 7d")).toContain("Which one is");
    expect(await ask("U1RITA", "pause nordwind soon")).toContain("is no time to pause");
    expect(await ask("U1RITA", "pause nordwind 90d")).toContain("an account owner's pause lasts through");
    expect(await story.holds()).toHaveLength(1);
  });
});

describe("a customer's card", () => {
  test("logs a call whose promise is confirmed to the debtor in writing", async () => {
    await story.invoices(invoice({ number: "A-1" }));
    await ask("U1RITA", "nordwind");
    await press("U1RITA", "answer", "customer.log_call");
    const called = { person: "Bela Buch", said: "pays on Friday", promisedOn: "2026-03-13" };
    await story.user.submit("U1RITA", { ...called, promisedAmount: "600.00" });
    await story.settled();
    const { rows } = await story.db.client.execute("SELECT person, author FROM calls");
    expect(rows).toMatchObject([{ person: "Bela Buch", author: "slack:U1RITA" }]);
    expect(story.mailer.mails).toHaveLength(1);
    expect(story.told("D1RITA").at(-1)!.text).toBe("✓ Nordwind Handel: Call logged");
    expect(await ask("U1RITA", "nordwind")).toContain("Promised: EUR 600.00 for 13 Mar 2026");
  });

  test("is taken over and handed back, and shows it where it was pressed", async () => {
    await story.invoices(invoice({ number: "A-1" }));
    await openHome("U1RITA");
    await press("U1RITA", "home", "customer.show");
    await press("U1RITA", "page", "customer.take_over");
    expect(slack.calls.filter((call) => call === "views.push")).toHaveLength(1);
    await story.user.submit("U1RITA", { reason: "I know the boss" });
    await story.settled();
    expect(JSON.stringify(slack.views[0]!.view)).toContain("Taken over");
    expect(await story.holds()).toHaveLength(1);
    await ask("U1RITA", "nordwind");
    await press("U1RITA", "answer", "customer.hand_back");
    expect(await story.holds()).toEqual([]);
    expect(slack.responses.at(-1)).toMatchObject({ replace_original: true });
    expect(slack.responses.at(-1)!.text).toContain("✓ Handed back");
  });

  test("is not handed back by an account owner where finance holds it", async () => {
    await story.invoices(invoice({ number: "A-1" }));
    await ask("U2FIN", "pause nordwind 7d");
    await ask("U1RITA", "nordwind");
    await press("U1RITA", "answer", "customer.hand_back");
    expect(await story.holds()).toHaveLength(1);
    expect(slack.responses.at(-1)!.text).toContain("finance decides");
  });

  test("has the next reminder's text to copy, and records nothing of it", async () => {
    await story.invoices(invoice({ number: "A-1" }));
    await ask("U1RITA", "nordwind");
    await press("U1RITA", "answer", "customer.copy_text");
    expect(JSON.stringify(slack.views[0]!.view)).toContain("overdue-3");
    expect(viewFaults(slack.views[0]!.view)).toEqual([]);
    const { rows } = await story.db.client.execute("SELECT count(*) AS n FROM reminders");
    expect(rows).toMatchObject([{ n: 0 }]);
  });

  test("says that a form came too late, to press again", async () => {
    await story.invoices(invoice({ number: "A-1" }));
    await ask("U1RITA", "nordwind");
    slack.fail("views.open", { error: "expired_trigger_id" });
    await press("U1RITA", "answer", "customer.log_call");
    expect(slack.responses.at(-1)!.text).toContain("press again");
  });
});

describe("Home", () => {
  test("has what waits with its buttons, the own customers by age and their promises; a press brings it up to date", async () => {
    await story.accountCheck();
    await story.invoices(invoice({ number: "A-2", dueOn: day("2026-03-20") }));
    await makePromise(story, {
      invoices: [{ number: "A-2" }],
      on: day("2026-03-25"),
      author: "debtor",
      by: "debtor",
    });
    const home = await openHome("U1RITA");
    expect(home).toContain("Nordwind Handel: due, not paid yet");
    expect(home).toContain("EUR 2,000.00 · 1 day overdue · 2 invoices");
    expect(home).toContain("• 25 Mar 2026 · Nordwind Handel · A-2 · EUR 1,000.00");
    await press("U1RITA", "home", "pause_week");
    expect(await story.holds()).toHaveLength(2);
    expect(JSON.stringify(slack.homes.get("U1RITA"))).toContain("Nothing waits for you.");
  });

  test("stays within a view's 100 blocks, and counts what it leaves out", async () => {
    await story.invoices(
      ...Array.from({ length: 60 }, (_, i) => invoice({ number: `A-${i}`, customerRef: `C-${i}` })),
    );
    await story.db.client.execute("UPDATE customers SET owner_email = 'rita.rep@acme.example'");
    await story.bankFile();
    await story.tickOnce();
    const home = await openHome("U1RITA");
    expect(slack.homes.get("U1RITA")!.blocks.length).toBeLessThanOrEqual(100);
    expect(home).toContain("and 48 more");
  });

  test("that Slack does not take disturbs nothing else", async () => {
    const message = await story.accountCheck();
    slack.fail("views.publish", { error: "not_enabled" });
    await story.user.press("U1RITA", message, "pause_week");
    await story.settled();
    expect(await story.holds()).toHaveLength(1);
  });
});

describe("the digest", () => {
  const digests = (channel: string) =>
    story.told(channel).filter(({ text }) => text.startsWith("Your customers today"));

  test("comes to its reader alone, in the morning", async () => {
    await story.invoices(invoice({ number: "A-1" }));
    await story.walk("2026-03-06");
    expect(digests("D1RITA")).toHaveLength(1);
    expect(digests("D1RITA")[0]!.text).toContain("Nordwind Handel: due, not paid yet · A-1");
    expect(digests("D1RITA")[0]!.text).toContain("1–30 days overdue: EUR 1,000.00");
  });

  test("of somebody whom Slack does not know comes into no channel that other companies read", async () => {
    slack.users.delete("rita.rep@acme.example");
    slack.sharedChannels.add("C0FINANCE");
    await story.invoices(invoice({ number: "A-1" }));
    await story.walk("2026-03-06");
    expect(slack.posts.filter(({ channel }) => channel === "C0FINANCE")).toEqual([]);
  });
});
