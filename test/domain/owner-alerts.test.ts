import { describe, expect, it } from "vitest";
import { createContext } from "../../src/domain/customer-context.ts";
import type { CustomerFacts, InvoiceFacts } from "../../src/domain/facts.ts";
import { ownerAlerts } from "../../src/domain/owner-alerts.ts";
import { STANDARD_POLICY } from "../../src/domain/policy.ts";
import { day } from "../support/cast.ts";
import { aCustomer, aHold, anInvoice, aWorld } from "../support/facts.ts";

// The invoice is due on Wednesday 4 March 2026 in Berlin.
function alertAt(at: string, invoice: Partial<InvoiceFacts> = {}, customer: Partial<CustomerFacts> = {}) {
  const subject = anInvoice(invoice);
  const facts = aCustomer({ ...customer, invoices: [subject] });
  const context = createContext({
    customer: facts,
    policy: STANDARD_POLICY,
    world: aWorld(),
    at: Date.parse(at),
  });
  return ownerAlerts(context, subject);
}
const sent = { stage: "overdue_3", kind: "sent" as const, on: day("2026-03-09") };

describe("what an account owner is told by the calendar", () => {
  it.each([
    ["2026-03-04T10:00:00+01:00", undefined],
    ["2026-03-05T08:59:00+01:00", undefined],
    ["2026-03-05T09:00:00+01:00", "account_check"],
    ["2026-03-16T10:00:00+01:00", "call_task_10"],
    ["2026-04-02T10:00:00+02:00", "owner_warning_overdue_30"],
    ["2026-04-20T10:00:00+02:00", "call_task_45"],
    ["2026-05-04T10:00:00+02:00", "finance_takes_over"],
    ["2026-06-02T10:00:00+02:00", "hand_off"],
  ])("on %s: %s", (at, key) => {
    expect(alertAt(at, { steps: [sent] }).due?.key).toBe(key);
  });

  it("is told once", () => {
    expect(alertAt("2026-03-05T10:00:00+01:00", { alertsRaised: ["account_check"] }).due).toBeNull();
  });

  it("is not told what is a week old after an outage", () => {
    expect(alertAt("2026-03-12T10:00:00+01:00").due?.key).toBe("account_check");
    expect(alertAt("2026-03-13T10:00:00+01:00").due).toBeNull();
  });

  it.each<[string, Partial<InvoiceFacts>, Partial<CustomerFacts>]>([
    ["paid", { balanceMinor: 0 }, {}],
    ["on hold", { holds: [aHold({ until: day("2026-03-20") })] }, {}],
    ["too small to write for", { amountMinor: 1240, balanceMinor: 1240 }, {}],
    ["owed by a consumer", {}, { kind: "consumer" }],
  ])("hears nothing of what is %s", (_, invoice, customer) => {
    expect(alertAt("2026-03-05T10:00:00+01:00", invoice, customer).due).toBeNull();
  });

  it("hears of the rest of what is disputed in part", () => {
    const holds = [aHold({ kind: "dispute", amountMinor: 40_000 })];
    expect(alertAt("2026-03-05T10:00:00+01:00", { holds }).due?.key).toBe("account_check");
  });

  it("is looked for again at the opening of the next day that has something to tell", () => {
    expect(alertAt("2026-03-05T10:00:00+01:00").lookAt).toBe(Date.parse("2026-03-16T09:00:00+01:00"));
  });
});
