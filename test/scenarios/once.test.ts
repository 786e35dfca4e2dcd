import type { InStatement } from "@libsql/client";
import { describe, expect, it } from "vitest";
import { approveReminder } from "../../src/reminders/decisions/approve-reminder.ts";
import { why } from "../../src/reminders/forecast/why.ts";
import { type BrokenLink, verifyLedger } from "../../src/reminders/operation/verify-ledger.ts";
import { applyPolicy } from "../../src/reminders/records/apply-policy.ts";
import { tick } from "../../src/reminders/sending/tick.ts";
import { day, invoice, NORDWIND, payment } from "../support/cast.ts";
import { openAgain, testDatabaseUrl } from "../support/database.ts";
import { remindersOf, tell } from "../support/deliveries.ts";
import { readFakeMail } from "../support/fake-writer.ts";
import { ledgerOf } from "../support/stored.ts";
import { type Story, tellStory } from "../support/story.ts";

const CUSTOMERS = 150;

async function manyDue(db: Awaited<ReturnType<typeof openAgain>>) {
  const story = await tellStory({ at: "2026-03-09T10:00:00Z", db });
  const refs = Array.from({ length: CUSTOMERS }, (_, i) => `C${i}`);
  await story.customers(
    ...refs.map((ref) => ({
      ...NORDWIND,
      ref,
      contact: { email: `${ref}@debtor.example`, role: "billing" as const },
    })),
  );
  await story.invoices(...refs.map((customerRef) => invoice({ number: `I-${customerRef}`, customerRef })));
  await story.bankFile();
  return story;
}

describe("two ticks at once", () => {
  it("send every reminder once, whoever is first", async () => {
    const url = await testDatabaseUrl();
    const story = await manyDue(await openAgain(url));
    const other = { ...story, db: await openAgain(url) };
    const send: typeof story.mailer.send = async (mail) => {
      await new Promise(setImmediate);
      return story.mailer.send(mail);
    };
    const slow = { ...story.mailer, send };
    await Promise.all([
      tick({ ...story, mailer: slow }),
      tick({ ...other, mailer: slow }),
      tick({ ...story, mailer: slow }),
    ]);
    await tick(story);
    const numbers = story.mailer.attempts.map((mail) =>
      readFakeMail(mail)
        .letter.asked.map(({ number }) => number)
        .join(),
    );
    expect(numbers).toHaveLength(CUSTOMERS);
    expect(new Set(numbers).size).toBe(CUSTOMERS);
  });
});

describe("what changes between deciding and sending", () => {
  async function paidInBetween(change: (story: Story) => Promise<unknown>, begin = oneDue) {
    const url = await testDatabaseUrl();
    const story = await tellStory({ at: "2026-03-09T10:00:00Z", db: await openAgain(url) });
    await begin(story);
    await story.bankFile();
    const other = await openAgain(url);
    let isDone = false;
    const batch: typeof other.batch = async (statements, mode) => {
      if (!isDone && statements.some(isClaim)) {
        isDone = true;
        await change(story);
      }
      return other.batch(statements, mode);
    };
    await tick({ ...story, db: { ...other, batch } });
    expect(isDone).toBe(true);
    return story;
  }
  const oneDue = (story: Story) => story.invoices(invoice({ number: "A" }));
  const isClaim = (statement: InStatement) =>
    typeof statement !== "string" && statement.sql.includes("INSERT INTO reminders (");

  it("wins: a payment spares the debtor the reminder", async () => {
    const story = await paidInBetween((s) => s.pay(payment({ invoiceNumber: "A" })));
    expect(story.mailer.attempts).toEqual([]);
  });

  it("wins: a part payment changes what is asked for", async () => {
    const story = await paidInBetween((s) => s.pay(payment({ invoiceNumber: "A", amountMinor: 30_000 })));
    const asked = story.mailer.mails.map((mail) => readFakeMail(mail).letter.totals[0]!.askedMinor);
    expect(asked).toEqual([70_000]);
  });

  it("wins: a new policy is obeyed at once", async () => {
    const story = await paidInBetween((s) =>
      applyPolicy(s, { name: "standard", minBalance: { EUR: 900_000 } }),
    );
    expect(story.mailer.attempts).toEqual([]);
  });

  it.each([
    ["pays", "balance_minor = 0", "paid"],
    ["voids", "status = 'void'", "void"],
  ])("wins even where whoever %s an invoice tells nobody", async (_, change, reason) => {
    const story = await paidInBetween((s) => s.db.client.execute(`UPDATE invoices SET ${change}`));
    expect(story.mailer.attempts).toEqual([]);
    expect(await remindersOf(story.db)).toMatchObject([{ state: "cancelled", counts: "0" }]);
    expect((await ledgerOf(story.db, "A")).at(-1)).toMatchObject({
      kind: "reminder_cancelled",
      author: "clock",
      data: { because: "what is owed changed while the letter was written" },
    });
    expect((await story.db.client.execute("SELECT 1 FROM messages")).rows).toEqual([]);
    expect(await why(story, { invoiceNumber: "A" })).toMatchObject({ reason });
    expect(await brokenLinks(story)).toEqual([]);
  });

  it("wins even where a payment was told nobody, and what is left is asked for by the same tick", async () => {
    const both = (s: Story) => s.invoices(invoice({ number: "A" }), invoice({ number: "B" }));
    const story = await paidInBetween(
      (s) => s.db.client.execute("UPDATE invoices SET balance_minor = 30000 * (number = 'A')"),
      both,
    );
    expect(story.mailer.mails.map((mail) => readFakeMail(mail).letter.totals)).toMatchObject([
      [{ askedMinor: 30_000 }],
    ]);
    const states = (await remindersOf(story.db)).map(({ state, counts }) => `${state} ${counts}`);
    expect(states).toEqual(["cancelled 0,0", "sent 1"]);
  });

  const FORMAL = {
    key: "formal",
    offsetDays: 1,
    template: "formal-notice",
    to: ["billing"],
    approval: "finance",
  };
  async function approved(story: Story) {
    await applyPolicy(story, { name: "standard", stages: [FORMAL] });
    await oneDue(story);
    await story.bankFile();
    await story.tickOnce();
    await approveReminder(story, { asked: "A", author: "cli:frieda" });
  }

  it("wins over an approval, which is asked for anew", async () => {
    const story = await paidInBetween(
      (s) => s.db.client.execute("UPDATE invoices SET balance_minor = 30000"),
      approved,
    );
    expect(story.mailer.attempts).toEqual([]);
    expect(await remindersOf(story.db)).toMatchObject([
      { state: "cancelled" },
      { state: "awaiting_approval" },
    ]);
  });

  it("wins where another tick sent the approved letter first: it is kept as it left, and recorded once", async () => {
    const story = await paidInBetween((s) => s.tickOnce(), approved);
    expect(story.mailer.attempts).toHaveLength(1);
    const kinds = (await ledgerOf(story.db, "A")).map(({ kind }) => kind);
    expect(kinds.slice(-3)).toEqual(["approval_given", "reminder_sending", "reminder_sent"]);
  });

  it("stands beside the reminder in the ledger, where it changes no decision", async () => {
    const ladder = [
      { key: "soft", offsetDays: 1, template: "overdue-3", to: ["billing"] },
      { key: "firm", offsetDays: 2, template: "overdue-30", to: ["billing"] },
    ];
    const story = await paidInBetween(
      async (s) =>
        tell(s, (await remindersOf(s.db))[0]!.id, { kind: "delivery", address: "bills@nordwind.example" }),
      async (s) => {
        await applyPolicy(s, { name: "standard", stages: ladder, minContactGapDays: 0 });
        await oneDue(s);
        await s.bankFile();
        await s.tickOnce();
        s.clock.advance({ days: 1 });
      },
    );
    expect(story.mailer.mails).toHaveLength(2);
    const kinds = (await ledgerOf(story.db, "A")).map(({ kind }) => kind);
    expect(kinds.slice(-3)).toEqual(["reminder_delivered", "reminder_sending", "reminder_sent"]);
    expect(await brokenLinks(story)).toEqual([]);
  });

  async function brokenLinks(story: Story): Promise<BrokenLink[]> {
    const broken: BrokenLink[] = [];
    await verifyLedger(story, (link) => broken.push(link));
    return broken;
  }
});

describe("an answer that is not yes", () => {
  async function oneDue() {
    const story = await tellStory({ at: "2026-03-09T10:00:00Z" });
    await story.invoices(invoice({ number: "A", dueOn: day("2026-03-04") }));
    return story;
  }

  it("that never came is not repeated blindly", async () => {
    const story = await oneDue();
    story.mailer.answer({ kind: "unknown", code: "timeout", detail: "" });
    await story.walk("2026-03-13");
    expect(story.mailer.attempts).toHaveLength(1);
    expect((await why(story, { invoiceNumber: "A" })).reason).toBe("unknown_outcome");
  });

  it("is asked of the account owner, once", async () => {
    const story = await oneDue();
    story.mailer.answer({ kind: "unknown", code: "timeout", detail: "" });
    await story.walk("2026-03-13");
    const told = story.chat.posts
      .map(({ text }) => JSON.parse(text))
      .filter(({ kind }) => kind === "outcome_unknown");
    expect(told).toMatchObject([{ customer: { ref: "NORDWIND" }, invoices: [{ number: "A" }] }]);
  });

  it("because the process died is not repeated either, and told", async () => {
    const story = await oneDue();
    await story.bankFile();
    const batch: typeof story.db.batch = async (statements, mode) => {
      const isRecord = statements.some(
        (one) => typeof one !== "string" && one.sql.includes("message_id = coalesce"),
      );
      if (isRecord) throw new Error("killed");
      return story.db.batch(statements, mode);
    };
    await expect(tick({ ...story, db: { ...story.db, batch } })).rejects.toThrow("killed");
    await story.walk("2026-03-13");
    expect(story.mailer.mails).toHaveLength(1);
    expect((await why(story, { invoiceNumber: "A" })).reason).toBe("unknown_outcome");
    const told = story.chat.posts
      .map(({ text }) => JSON.parse(text))
      .filter(({ kind }) => kind === "outcome_unknown");
    expect(told).toMatchObject([{ customer: { ref: "NORDWIND" }, invoices: [{ number: "A" }] }]);
  });

  it("of later is tried again and counts once it was taken", async () => {
    const story = await oneDue();
    story.mailer.answer({ kind: "deferred", code: "Throttling", detail: "", isQuota: false });
    await story.walk("2026-03-10");
    for (const reminder of await remindersOf(story.db))
      expect(reminder).toMatchObject({ state: "deferred", counts: "0" });
    story.mailer.answer(undefined);
    expect(await story.walk("2026-03-12")).toEqual({ "2026-03-11": ["NORDWIND overdue_3 A"] });
    expect(story.mailer.mails).toHaveLength(1);
  });

  it("of never does not count as the stage, and a day passes before the next try", async () => {
    const story = await oneDue();
    story.mailer.answer({ kind: "refused", fault: "message", code: "MessageRejected", detail: "" });
    await story.bankFile();
    await story.tickOnce();
    story.clock.advance({ hours: 2 });
    await story.tickOnce();
    expect(story.mailer.attempts).toHaveLength(1);
    expect((await why(story, { invoiceNumber: "A" })).stage).toBe("overdue_3");
  });
});

describe("every message that left", () => {
  it("is kept byte for byte with its hash", async () => {
    const { inflateRawSync } = await import("node:zlib");
    const { createHash } = await import("node:crypto");
    const story = await tellStory({ at: "2026-03-09T10:00:00Z" });
    await story.invoices(invoice({ number: "A" }));
    await story.walk("2026-03-09");
    const { rows } = await story.db.client.execute("SELECT raw, sha256, bytes FROM messages");
    const raw = inflateRawSync(Buffer.from(rows[0]!.raw as ArrayBuffer));
    expect(raw.equals(Buffer.from(story.mailer.mails[0]!.raw))).toBe(true);
    expect(rows[0]!.sha256).toBe(createHash("sha256").update(raw).digest("hex"));
  });
});
