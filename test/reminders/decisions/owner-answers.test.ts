import { describe, expect, it } from "vitest";
import { ACCOUNT_CHECK_ANSWERS, type AccountCheckAnswer } from "../../../src/domain/owner-answers.ts";
import { logCall } from "../../../src/reminders/agreements/log-call.ts";
import { settleAlerts } from "../../../src/reminders/alerts/settle-alerts.ts";
import { answerAccountCheck } from "../../../src/reminders/decisions/answer-account-check.ts";
import { answerWarning } from "../../../src/reminders/decisions/answer-warning.ts";
import { setHold } from "../../../src/reminders/decisions/set-hold.ts";
import { confirmByMail } from "../../../src/reminders/notices/confirm-by-mail.ts";
import { day, invoice } from "../../support/cast.ts";
import { alertsByDay, noticesByDay } from "../../support/diary.ts";
import { storyOfA, walkFrom } from "../../support/promising.ts";
import { dump, ledgerOf, openHolds } from "../../support/stored.ts";
import { type Story, tellStory } from "../../support/story.ts";

// Invoice A is due on Wednesday 4 March 2026; the account check is on Thursday, the first reminder on Monday 9 March.
const author = "slack:U0RITA";

describe("the answer to an account check", () => {
  const CASES: Record<AccountCheckAnswer, { holds: string[]; mails: string[]; heldUntil: string | null }> = {
    received: { holds: [], mails: [], heldUntil: null },
    all_fine: { holds: [], mails: [], heldUntil: null },
    not_received: { holds: [], mails: ["invoice_resent A"], heldUntil: null },
    in_approval: { holds: ["manual"], mails: [], heldUntil: "2026-03-12" },
    reported_paid: { holds: ["paid_reported"], mails: ["paid_reported A"], heldUntil: "2026-03-10" },
    disputed: { holds: ["dispute"], mails: ["dispute_opened A"], heldUntil: null },
    our_error: { holds: ["manual"], mails: [], heldUntil: "2026-03-12" },
  };

  for (const answer of ACCOUNT_CHECK_ANSWERS) {
    it(`${answer} does what follows from it, and is entered`, async () => {
      const story = await storyOfA();
      const expected = CASES[answer];
      const answered = await answerAccountCheck(story, { invoiceNumber: "A", answer, author });
      await confirmByMail(story);
      const heldUntil = expected.heldUntil === null ? null : day(expected.heldUntil);
      expect(answered).toEqual({ invoice: "A", answer, heldUntil });
      expect((await openHolds(story.db, { number: "A" })).map(({ kind }) => kind)).toEqual(expected.holds);
      expect(Object.values(await noticesByDay(story.db)).flat()).toEqual(expected.mails);
      expect((await ledgerOf(story.db, "A")).find(({ kind }) => kind === "account_checked")).toEqual({
        kind: "account_checked",
        author,
        data: { as: answer },
      });
    });
  }

  it("our error is told to finance, in the owner's words", async () => {
    const story = await storyOfA();
    const note = "wrong quantity";
    await answerAccountCheck(story, { invoiceNumber: "A", answer: "our_error", note, author });
    expect(Object.values(await alertsByDay(story.db)).flat()).toEqual(["our_error A to fin"]);
    expect(await openHolds(story.db, { number: "A" })).toMatchObject([
      { reason: "our error: wrong quantity" },
    ]);
  });

  it("is the first one: a second is told who was first, and changes nothing", async () => {
    const story = await storyOfA();
    await answerAccountCheck(story, { invoiceNumber: "A", answer: "received", author });
    const before = await dump(story.db);
    const second = { invoiceNumber: "A", answer: "disputed" as const, author: "slack:U0DEPUTY" };
    await expect(answerAccountCheck(story, second)).rejects.toThrow(
      "slack:U0RITA answered on 2026-03-05 already: received",
    );
    expect(await dump(story.db)).toEqual(before);
  });

  it("enters nothing where what follows is refused", async () => {
    const story = await storyOfA();
    const before = await dump(story.db);
    const paidOn = day("2026-03-06");
    const early = { invoiceNumber: "A", answer: "reported_paid" as const, paidOn, author };
    await expect(answerAccountCheck(story, early)).rejects.toThrow("is to come");
    expect(await dump(story.db)).toEqual(before);
  });
});

describe("an account owner's pause", () => {
  const pause = (until: string, reason = "they are short") => ({
    invoiceNumber: "A",
    until: day(until),
    reason,
    author,
    by: "owner" as const,
  });

  it("is bounded in length and number; beyond that finance decides", async () => {
    const story = await storyOfA();
    await expect(setHold(story, pause("2026-03-20"))).rejects.toThrow("through 2026-03-19 at most");
    await setHold(story, pause("2026-03-19"));
    expect(await setHold(story, pause("2026-03-19"))).toMatchObject({ changed: false });
    story.clock.set("2026-03-20T09:00:00Z");
    await setHold(story, pause("2026-03-27"));
    story.clock.set("2026-03-30T09:00:00Z");
    await expect(setHold(story, pause("2026-03-31"))).rejects.toThrow(
      "may pause an invoice 2 times, and did",
    );
    await setHold(story, { ...pause("2026-06-30"), by: "finance" });
  });

  it("does not take the place of a longer one", async () => {
    const story = await storyOfA();
    await setHold(story, { ...pause("2026-06-30"), by: "finance", author: "cli:frieda" });
    await expect(setHold(story, pause("2026-03-19"))).rejects.toThrow(
      "on hold through 2026-06-30 already, by cli:frieda",
    );
  });
});

describe("the answer to the warning before a firm letter", () => {
  async function warned() {
    const story = await tellStory({
      at: "2026-03-05T09:00:00Z",
      policy: {
        stages: [
          { key: "overdue_3", offsetDays: 3, template: "overdue-3", to: ["billing"] },
          {
            key: "overdue_30",
            offsetDays: 12,
            template: "overdue-30",
            to: ["billing"],
            warnOwnerDaysBefore: 1,
          },
        ],
      },
    });
    await story.invoices(invoice({ number: "A" }));
    // The firm letter is due on Monday 16 March: the owner is warned on Friday.
    await story.walk("2026-03-13");
    return story;
  }
  const letters = (days: Record<string, string[]>) => Object.keys(days);

  it("send lets it leave as planned", async () => {
    const story = await warned();
    const answered = await answerWarning(story, { invoiceNumber: "A", answer: "send", author });
    expect(answered).toEqual({
      invoice: "A",
      stage: "overdue_30",
      answer: "send",
      heldUntil: null,
    });
    expect(letters(await walkFrom(story, "2026-03-16", "2026-03-18"))).toEqual(["2026-03-16"]);
  });

  it("talk first pauses it for two days, and it leaves on the next", async () => {
    const story = await warned();
    story.clock.set("2026-03-15T09:00:00Z");
    const { heldUntil } = await answerWarning(story, { invoiceNumber: "A", answer: "talk_first", author });
    expect(heldUntil).toBe(day("2026-03-17"));
    expect(letters(await walkFrom(story, "2026-03-16", "2026-03-20"))).toEqual(["2026-03-18"]);
    await expect(answerWarning(story, { invoiceNumber: "A", answer: "send", author })).rejects.toThrow(
      "no letter comes next",
    );
  });

  it("instalments pauses it too, and offers them to the debtor by mail", async () => {
    const story = await warned();
    const word = { invoiceNumber: "A", answer: "instalments" as const, author };
    const { heldUntil } = await answerWarning(story, word);
    await confirmByMail(story);
    expect(heldUntil).toBe(day("2026-03-15"));
    expect((await noticesByDay(story.db))["2026-03-13"]).toEqual(["instalments_offered A"]);
  });

  it("finance stops everything to the customer for a while, and finance is told", async () => {
    const story = await warned();
    const { heldUntil } = await answerWarning(story, { invoiceNumber: "A", answer: "finance", author });
    expect(heldUntil).toBe(day("2026-03-27"));
    expect(letters(await walkFrom(story, "2026-03-16", "2026-03-30"))).toEqual(["2026-03-30"]);
    expect((await alertsByDay(story.db))["2026-03-13"]).toContain("taken_over to fin");
  });

  it("is the first one, and is asked of no other letter", async () => {
    const story = await warned();
    await answerWarning(story, { invoiceNumber: "A", answer: "send", author });
    const again = { invoiceNumber: "A", answer: "finance" as const, author: "slack:U0DEPUTY" };
    await expect(answerWarning(story, again)).rejects.toThrow(
      "slack:U0RITA answered on 2026-03-13 already: send",
    );
    await story.invoices(invoice({ number: "B", dueOn: day("2026-04-30") }));
    await expect(answerWarning(story, { ...again, invoiceNumber: "B" })).rejects.toThrow(
      "overdue_3 comes next",
    );
  });
});

describe("a task that the calendar sets", () => {
  const settled = async ({ db }: Story) => {
    const { rows } = await db.client.execute(
      "SELECT kind, settled_by FROM alerts WHERE settled_at IS NOT NULL",
    );
    return rows.map(({ kind, settled_by }) => [kind, settled_by]);
  };

  it("is settled by the answer, wherever it is given", async () => {
    const story = await storyOfA();
    await story.walk("2026-03-06");
    expect(await settled(story)).toEqual([]);
    await answerAccountCheck(story, { invoiceNumber: "A", answer: "received", author });
    await settleAlerts(story, null);
    expect(await settled(story)).toEqual([["account_check", author]]);
  });

  it("to call is settled by a call that is logged after it, not by one before", async () => {
    const story = await storyOfA();
    const call = { customerRef: "NORDWIND", person: "Bela Buch", author, by: "owner" as const };
    await logCall(story, { ...call, said: "It is in the next run." });
    await story.walk("2026-03-17");
    const { rows } = await story.db.client.execute("SELECT 1 FROM alerts WHERE kind = 'call_task'");
    expect(rows).toHaveLength(1);
    expect(await settled(story)).toEqual([]);
    await logCall(story, { ...call, said: "Next week." });
    await settleAlerts(story, null);
    expect(await settled(story)).toEqual([["call_task", author]]);
  });
});
