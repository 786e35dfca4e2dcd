import { describe, expect, it } from "vitest";
import { createContext } from "../../src/domain/customer-context.ts";
import { decide } from "../../src/domain/decide.ts";
import { explain } from "../../src/domain/explain.ts";
import type { CustomerFacts, Hold, InvoiceFacts, WorldFacts } from "../../src/domain/facts.ts";
import { parsePolicy, STANDARD_POLICY } from "../../src/domain/policy.ts";
import { day } from "../support/cast.ts";
import { aCustomer, aHold, anInvoice, aWorld } from "../support/facts.ts";

// Nordwind is in Berlin; 2026-03-04 is a Wednesday, so overdue_3 is due on Monday 2026-03-09 (the 7th is a Saturday).
const MONDAY_TEN = "2026-03-09T10:00:00+01:00";

type Case = {
  customer?: Partial<CustomerFacts>;
  invoice?: Partial<InvoiceFacts>;
  others?: InvoiceFacts[];
  world?: Partial<WorldFacts>;
  policy?: Record<string, unknown>;
  at?: string;
};

function decideCase(facts: Case) {
  return inContext(facts).decision;
}

function inContext({ customer, invoice, others = [], world, policy, at = MONDAY_TEN }: Case) {
  const subject = anInvoice(invoice);
  const facts = aCustomer({ ...customer, invoices: [subject, ...others] });
  const context = createContext({
    customer: facts,
    policy: policy ? parsePolicy({ name: "test", ...policy }).policy : STANDARD_POLICY,
    world: aWorld({ freshThrough: Date.parse(at), ...world }),
    at: Date.parse(at),
  });
  return { context, decision: decide(context, subject) };
}

const hold = (overrides: Partial<Hold>) => aHold(overrides);
const sent = (stage: string, on: string) => ({ stage, kind: "sent" as const, on: day(on) });

describe("decide", () => {
  it("sends the stage that is due", () => {
    const decision = decideCase({});
    expect(decision).toMatchObject({ action: "send", reason: null, on: day("2026-03-09") });
    expect(decision.stage?.key).toBe("overdue_3");
  });

  it.each<[string, Case, string | null]>([
    ["void", { invoice: { status: "void" } }, null],
    ["void", { invoice: { status: "written_off" } }, null],
    ["consumer", { customer: { kind: "consumer" } }, null],
    ["no_due_date", { invoice: { dueOn: null } }, null],
    ["paid", { invoice: { balanceMinor: 0 } }, null],
    ["paid", { customer: { unallocatedCreditMinor: { EUR: 100_000 } } }, null],
    ["below_minimum", { invoice: { amountMinor: 2499, balanceMinor: 2499 } }, null],
    ["below_minimum", { customer: { unallocatedCreditMinor: { EUR: 98_000 } } }, null],
    ["ladder_done", { invoice: { steps: [sent("formal_notice", "2026-02-01")] } }, null],
    ["held_insolvency", { invoice: { holds: [hold({ kind: "insolvency", until: null })] } }, null],
    ["held_manual", { invoice: { holds: [hold({ until: day("2026-03-09") })] } }, "2026-03-10"],
    ["held_manual", { customer: { holds: [hold({ until: day("2026-03-13") })] } }, "2026-03-16"],
    ["held_plan", { invoice: { holds: [hold({ kind: "plan", until: day("2026-04-01") })] } }, "2026-04-02"],
    [
      "held_promise",
      { invoice: { holds: [hold({ kind: "promise", until: day("2026-03-11") })] } },
      "2026-03-12",
    ],
    ["held_dispute", { invoice: { holds: [hold({ kind: "dispute", until: null })] } }, null],
    [
      "held_paid_reported",
      { invoice: { holds: [hold({ kind: "paid_reported", until: day("2026-03-11") })] } },
      "2026-03-12",
    ],
    ["held_reply", { invoice: { holds: [hold({ kind: "reply", until: day("2026-03-11") })] } }, "2026-03-12"],
    ["unknown_outcome", { invoice: { hasUnknownOutcome: true } }, null],
    ["not_due", { at: "2026-03-06T10:00:00+01:00" }, "2026-03-09"],
    ["stale_ledger", { world: { freshThrough: null } }, null],
    ["stale_ledger", { world: { freshThrough: Date.parse("2026-03-04T23:59:59+01:00") } }, null],
    ["stale_ledger", { invoice: { isMissing: true } }, null],
    ["backlog", { at: "2026-03-17T10:00:00+01:00" }, null],
    ["contact_gap", { customer: { reminderDays: [day("2026-03-06")] } }, "2026-03-11"],
    ["no_contact", { customer: { contacts: [] } }, null],
    [
      "suppressed",
      { customer: { contacts: [{ role: "billing", name: null, email: "a@b.example", isSuppressed: true }] } },
      null,
    ],
    ["not_a_sending_day", { at: "2026-03-14T10:00:00+01:00" }, "2026-03-16"],
    ["outside_hours", { at: "2026-03-09T08:59:59+01:00" }, "2026-03-09"],
    ["outside_hours", { at: "2026-03-09T17:00:00+01:00" }, "2026-03-10"],
    ["sending_limit", { world: { isSendingLimitReached: true } }, "2026-03-10"],
  ])("answers %s (%#)", (reason, facts, on) => {
    const decision = decideCase(facts);
    expect(decision.reason).toBe(reason);
    expect(decision.on).toBe(on === null ? null : day(on));
    expect(decision.action).not.toBe("send");
  });

  it("names the first reason that applies", () => {
    const everything: Case = {
      customer: { kind: "consumer", contacts: [] },
      invoice: { balanceMinor: 0, holds: [hold({})], hasUnknownOutcome: true },
      world: { freshThrough: null },
    };
    expect(decideCase(everything).reason).toBe("consumer");
    expect(decideCase({ ...everything, customer: { contacts: [] } }).reason).toBe("paid");
  });
});

describe("an explanation", () => {
  const share = (overrides: Partial<Hold>) => hold({ amountMinor: 50_000, ...overrides });
  const explained = (...holds: Hold[]) => {
    const { context, decision } = inContext({ invoice: { holds } });
    return explain(context, decision);
  };

  it("names what is promised or disputed of an invoice of which the rest is asked for", () => {
    const promised = share({ kind: "promise", until: day("2026-03-11") });
    expect(explained(promised, share({ kind: "dispute", amountMinor: 20_000 }))).toEqual([
      "overdue_3 leaves now.",
      "The next stage is overdue_3, due since or on 2026-03-09.",
      "EUR 500.00 of it is promised and not asked for through 2026-03-11.",
      "EUR 200.00 of it is disputed and not asked for.",
    ]);
  });

  it("sends nobody to an operator for backlog that is released or needs no release", () => {
    const at = "2026-03-20T10:00:00+01:00";
    const said = (world: Case["world"], policy: Case["policy"] = {}) => {
      const { context, decision } = inContext({ at, world, policy });
      return explain(context, decision)[0];
    };
    const released = { backlogReleasedAt: Date.parse("2026-03-18T10:00:00+01:00"), backlogOpensOn: null };
    const share = /waits for its share of the backlog: at most 200 such reminders leave a day, oldest first/;
    expect(said({})).toContain("waits until an operator releases the backlog");
    expect(said(released)).toMatch(share);
    expect(said({ backlogOpensOn: null }, { backlog: { mode: "spread", perDay: 200 } })).toMatch(share);
  });

  it("names no share that is over, nor one where nothing is left to ask for", () => {
    const over = share({ kind: "promise", until: day("2026-03-06") });
    const whole = share({ kind: "promise", until: day("2026-03-11"), amountMinor: 100_000 });
    expect([...explained(over), ...explained(whole)].join()).not.toContain("of it is");
  });
});

describe("stages", () => {
  it("reminds before the due date on the sending day at or before the offset", () => {
    const on = (at: string) => decideCase({ at });
    expect(on("2026-02-26T10:00:00+01:00")).toMatchObject({ reason: "not_due", on: day("2026-02-27") });
    expect(on("2026-02-27T10:00:00+01:00").stage?.key).toBe("pre_due");
    expect(on("2026-03-03T10:00:00+01:00").action).toBe("send");
  });

  it("lets a pre-due reminder lapse on the due date itself and goes on with the next", () => {
    const decision = decideCase({
      at: "2026-03-04T10:00:00+01:00",
      invoice: { steps: [], issuedOn: day("2026-02-02") },
    });
    expect(decision).toMatchObject({ reason: "not_due", on: day("2026-03-09") });
    expect(decision.stage?.key).toBe("overdue_3");
  });

  it("looks again when a stage lapses that something without an end was in the way of", () => {
    const stages = [
      { key: "early", offsetDays: -3, template: "pre-due", to: ["billing"], minBalance: { EUR: 500_000 } },
      { key: "late", offsetDays: 3, template: "overdue-3", to: ["billing"] },
    ];
    const decision = decideCase({ at: "2026-03-02T10:00:00+01:00", policy: { stages } });
    expect(decision).toMatchObject({
      reason: "below_minimum",
      lookAt: Date.parse("2026-03-04T09:00:00+01:00"),
    });
  });

  it("keeps the gap of the stage after the reminder before it", () => {
    const late = decideCase({
      at: "2026-04-03T10:00:00+02:00",
      invoice: { steps: [sent("overdue_3", "2026-04-01")] },
    });
    expect(late.stageDueOn).toBe(day("2026-04-08"));
  });

  it("sends no second stage of an invoice on one day, whatever the policy", () => {
    const policy = {
      calendar: { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from: "00:00", until: "24:00" },
      minContactGapDays: 0,
      maxContactsPer30Days: null,
      freshnessDays: null,
      backlog: { mode: "send" },
      stages: [
        { key: "a", offsetDays: 1, template: "overdue-3", to: ["billing"] },
        { key: "b", offsetDays: 2, template: "overdue-30", to: ["billing"] },
      ],
    };
    const again = decideCase({ policy, invoice: { steps: [sent("a", "2026-03-09")] } });
    expect(again).toMatchObject({ reason: "not_due", on: day("2026-03-10") });
  });

  it("goes on from the stage after the sternest waived one", () => {
    const waived = decideCase({
      at: "2026-05-05T10:00:00+02:00",
      invoice: { steps: [{ stage: "overdue_30", kind: "waived", on: day("2026-03-10") }] },
    });
    expect(waived.stage?.key).toBe("formal_notice");
  });
});

describe("shares", () => {
  it("asks for the rest beside a disputed share", () => {
    const decision = decideCase({
      invoice: { holds: [hold({ kind: "dispute", amountMinor: 40_000, until: null })] },
    });
    expect(decision).toMatchObject({ action: "send", askedMinor: 60_000 });
  });

  it("measures the minimum on the rest", () => {
    const decision = decideCase({
      invoice: { holds: [hold({ kind: "dispute", amountMinor: 98_000, until: null })] },
    });
    expect(decision.reason).toBe("below_minimum");
  });

  it("looks again when the first of several shares is free, although another has no end", () => {
    const decision = decideCase({
      invoice: {
        holds: [
          hold({ kind: "dispute", amountMinor: 60_000, until: null }),
          hold({ kind: "promise", amountMinor: 40_000, until: day("2026-03-11") }),
        ],
      },
    });
    expect(decision.reason).toBe("held_promise");
    expect(decision.lookAt).toBe(Date.parse("2026-03-12T09:00:00+01:00"));
  });

  it("nets credit against the oldest due first", () => {
    const older = anInvoice({ id: "inv_old", number: "OLD", dueOn: day("2026-03-01") });
    const decision = decideCase({ others: [older], customer: { unallocatedCreditMinor: { EUR: 100_000 } } });
    expect(decision).toMatchObject({ action: "send", askedMinor: 100_000 });
  });
});

describe("customers", () => {
  const escalated = anInvoice({ id: "inv_x", number: "X", steps: [sent("formal_notice", "2026-03-03")] });

  it("is silent below a formal notice until its final date has passed", () => {
    expect(decideCase({ others: [escalated] })).toMatchObject({
      reason: "customer_escalated",
      on: day("2026-03-18"),
    });
    expect(decideCase({ others: [{ ...escalated, balanceMinor: 0 }] }).action).toBe("send");
  });

  it("hears softer words again once credit settles what was escalated", () => {
    const settled = { ...escalated, dueOn: day("2026-03-01") };
    const customer = { unallocatedCreditMinor: { EUR: 100_000 } };
    expect(decideCase({ others: [settled], customer }).action).toBe("send");
  });

  it("counts calls against the most contacts in 30 days, not against the gap", () => {
    const calls = ["2026-03-08", "2026-03-05", "2026-02-20"].map(day);
    expect(decideCase({ customer: { callDays: calls } }).action).toBe("send");
    const full = [...calls, day("2026-02-12")];
    expect(decideCase({ customer: { callDays: full } })).toMatchObject({
      reason: "contact_gap",
      on: day("2026-03-16"),
    });
  });

  it("asks for approval, takes it for seven days and no longer", () => {
    const formal: Case = {
      at: "2026-05-18T10:00:00+02:00",
      invoice: { steps: [sent("overdue_30", "2026-04-07")], dueOn: day("2026-03-04") },
    };
    const approvedAt = Date.parse("2026-05-11T10:00:01+02:00");
    const approval = { stage: "formal_notice", askedAt: Date.parse("2026-05-04T09:00:00+02:00"), approvedAt };
    const approved = (at: string) =>
      decideCase({ ...formal, at, invoice: { ...formal.invoice, approvals: [approval] } });
    expect(decideCase({ ...formal, at: "2026-05-05T10:00:00+02:00" }).reason).toBe("awaiting_approval");
    expect(approved("2026-05-18T10:00:00+02:00").action).toBe("send");
    expect(approved("2026-05-18T10:00:02+02:00").reason).toBe("awaiting_approval");
  });
});

describe("backlog", () => {
  it("waits for a release of its own when it came after the last one", () => {
    const world = { backlogReleasedAt: Date.parse("2026-03-18T10:00:00+01:00") };
    const decision = decideCase({
      at: "2026-03-20T10:00:00+01:00",
      world,
      invoice: { wasKnownAtRelease: false },
    });
    expect(decision.reason).toBe("backlog");
  });

  it("does not count days on hold", () => {
    const held = [hold({ from: Date.parse("2026-03-09T09:00:00+01:00"), until: day("2026-03-13") })];
    expect(decideCase({ at: "2026-03-19T10:00:00+01:00", invoice: { holds: held } }).action).toBe("send");
    expect(decideCase({ at: "2026-03-23T10:00:00+01:00", invoice: { holds: held } }).reason).toBe("backlog");
  });

  it("leaves once it was released while it was backlog already", () => {
    const at = "2026-03-20T10:00:00+01:00";
    const released = (on: string) => decideCase({ at, world: { backlogReleasedAt: Date.parse(on) } });
    expect(released("2026-03-12T10:00:00+01:00").reason).toBe("backlog");
    expect(released("2026-03-18T10:00:00+01:00")).toMatchObject({ action: "send", isBacklog: true });
  });

  it("waits for the day's share even when released", () => {
    const world = { backlogReleasedAt: Date.parse("2026-03-18T10:00:00+01:00"), backlogOpensOn: null };
    expect(decideCase({ at: "2026-03-20T10:00:00+01:00", world }).reason).toBe("backlog");
  });
});
