import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarFor, createContext } from "../../src/domain/customer-context.ts";
import { type Decision, decide } from "../../src/domain/decide.ts";
import type { CustomerFacts, WorldFacts } from "../../src/domain/facts.ts";
import type { Policy } from "../../src/domain/policy.ts";
import { drain, projectCustomer } from "../../src/domain/project.ts";
import { someCustomer, someMoment, somePolicy } from "../support/arbitrary-facts.ts";
import { aWorld } from "../support/facts.ts";

const RUNS = { numRuns: 400 };
const HOUR = 3_600_000;
const HORIZON_HOURS = 100 * 24;
const given: WorldFacts = aWorld({ assumed: { approvals: true, freshLedger: true, noBacklog: false } });

function decideAll(customer: CustomerFacts, policy: Policy, at: number): Decision[] {
  const context = createContext({ customer, policy, world: given, at });
  return customer.invoices.map((invoice) => decide(context, invoice));
}

describe("the next look", () => {
  it("never comes after the moment at which something would be sent", () => {
    fc.assert(
      fc.property(
        someCustomer,
        somePolicy,
        someMoment,
        fc.nat({ max: HORIZON_HOURS }),
        (customer, policy, at, hours) => {
          const later = at + hours * HOUR;
          const then = decideAll(customer, policy, later);
          decideAll(customer, policy, at).forEach(({ action, lookAt }, i) => {
            if (action === "send" || then[i]!.action !== "send" || later <= at) return;
            expect(lookAt).not.toBeNull();
            expect(lookAt!).toBeLessThanOrEqual(later);
          });
        },
      ),
      { numRuns: 4000 },
    );
  });

  it("always lies ahead, so that a tick comes to rest", () => {
    fc.assert(
      fc.property(someCustomer, somePolicy, someMoment, (customer, policy, at) => {
        for (const { lookAt } of drain({ customer, policy, world: given, at }).decisions) {
          if (lookAt !== null) expect(lookAt).toBeGreaterThan(at);
        }
      }),
      RUNS,
    );
  });
});

describe("a projection of months", () => {
  function project(customer: CustomerFacts, policy: Policy, startAt: number) {
    const calendar = calendarFor(customer, policy, given);
    const through = Math.floor(startAt / 86_400_000) + 120;
    const eventDays = customer.invoices.flatMap(({ issuedOn }) => (issuedOn === null ? [] : [issuedOn]));
    return [
      ...projectCustomer({
        factsOn: () => customer,
        eventDays,
        calendar,
        policy,
        world: given,
        startAt,
        through,
      }),
    ];
  }

  it("sends a stage once per invoice, never a softer one after a sterner, and one stage a day", () => {
    fc.assert(
      fc.property(someCustomer, somePolicy, someMoment, (customer, policy, at) => {
        const rank = (key: string) => policy.stages.findIndex((stage) => stage.key === key);
        const last = new Map<string, { rank: number; on: number }>();
        for (const { steps, id } of customer.invoices) {
          for (const { stage, on } of steps) last.set(id, { rank: rank(stage), on });
        }
        for (const { on, reminder } of project(customer, policy, at)) {
          for (const { invoice, stage } of reminder.items) {
            const before = last.get(invoice.id);
            expect(rank(stage)).toBeGreaterThan(before?.rank ?? -1);
            if (before && customer.reminderDays.every((day) => day <= on))
              expect(on).toBeGreaterThan(before.on);
            last.set(invoice.id, { rank: rank(stage), on });
          }
        }
      }),
      RUNS,
    );
  });

  it("keeps the gap between contacts and the most contacts in 30 days", () => {
    fc.assert(
      fc.property(someCustomer, somePolicy, someMoment, (customer, policy, at) => {
        const sends = project(customer, policy, at).map(({ on }) => on);
        const start = Math.floor(at / 86_400_000) - 1;
        const days = [...customer.reminderDays.filter((day) => day < start), ...sends].sort((a, b) => a - b);
        for (const on of sends) {
          const earlier = days.filter((day) => day < on).at(-1);
          if (earlier !== undefined && earlier >= start)
            expect(on - earlier).toBeGreaterThanOrEqual(policy.minContactGapDays);
          const recent = days.filter((day) => day > on - 30 && day <= on).length;
          if (policy.maxContactsPer30Days !== null)
            expect(recent).toBeLessThanOrEqual(policy.maxContactsPer30Days);
        }
      }),
      RUNS,
    );
  });

  it("asks for no more than the balance, and nothing of what is void, paid or owed by a consumer", () => {
    fc.assert(
      fc.property(someCustomer, somePolicy, someMoment, (customer, policy, at) => {
        for (const { reminder } of project(customer, policy, at)) {
          for (const { invoice, askedMinor } of reminder.items) {
            expect(askedMinor).toBeGreaterThan(0);
            expect(askedMinor).toBeLessThanOrEqual(invoice.balanceMinor);
            expect(invoice.status).toBe("open");
          }
        }
        expect(project({ ...customer, kind: "consumer" }, policy, at)).toEqual([]);
      }),
      RUNS,
    );
  });

  it("leaves on sending days within hours only", () => {
    fc.assert(
      fc.property(someCustomer, somePolicy, someMoment, (customer, policy, at) => {
        const calendar = calendarFor(customer, policy, given);
        for (const send of project(customer, policy, at)) {
          expect(calendar.isSendingDay(send.on)).toBe(true);
          expect(calendar.isOpenAt(send.at)).toBe(true);
        }
      }),
      RUNS,
    );
  });
});
