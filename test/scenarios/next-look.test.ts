import fc from "fast-check";
import { expect, test } from "vitest";
import { loadOwingPage } from "../../src/db/due.ts";
import { policyOf } from "../../src/db/world.ts";
import { createContext } from "../../src/domain/customer-context.ts";
import { decide } from "../../src/domain/decide.ts";
import { AppError } from "../../src/errors.ts";
import { approveReminder } from "../../src/reminders/decisions/approve-reminder.ts";
import { declineReminder } from "../../src/reminders/decisions/decline-reminder.ts";
import { endHold } from "../../src/reminders/decisions/end-hold.ts";
import { resetStage } from "../../src/reminders/decisions/reset-stage.ts";
import { setHold } from "../../src/reminders/decisions/set-hold.ts";
import { waiveStage } from "../../src/reminders/decisions/waive-stage.ts";
import { applyPolicy } from "../../src/reminders/records/apply-policy.ts";
import { worldFacts } from "../../src/reminders/sending/plan-customer.ts";
import { releaseBacklog } from "../../src/reminders/sending/release-backlog.ts";
import { suppressAddress } from "../../src/reminders/sending/suppress-address.ts";
import { day, invoice, NORDWIND, payment } from "../support/cast.ts";
import { type Story, tellStory } from "../support/story.ts";

const NUMBERS = ["A", "B", "C"];
const HOUR = 3_600_000;

type Step = { what: string; run(story: Story): Promise<unknown> };

const someNumber = fc.constantFrom(...NUMBERS);
const someStage = fc.constantFrom("pre_due", "overdue_3", "overdue_30", "formal_notice");
const today = (story: Story) => Math.floor(story.clock() / 86_400_000);

const someStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.integer({ min: 1, max: 40 }).map((hours) => ({
      what: `wait ${hours * 6} h`,
      run: async (s: Story) => s.clock.advance({ hours: hours * 6 }),
    })),
  },
  { weight: 6, arbitrary: fc.constant({ what: "tick", run: (s: Story) => s.tickOnce() }) },
  { weight: 3, arbitrary: fc.constant({ what: "bank file", run: (s: Story) => s.bankFile() }) },
  fc
    .tuple(someNumber, fc.integer({ min: -20, max: 40 }), fc.integer({ min: 10, max: 900 }))
    .map(([number, due, euros]) => ({
      what: `invoice ${number} due in ${due} days over ${euros}`,
      run: (s: Story) =>
        s
          .invoices(
            invoice({ number, issuedOn: today(s) - 30, dueOn: today(s) + due, amountMinor: euros * 100 }),
          )
          .catch(() => undefined),
    })),
  fc.tuple(someNumber, fc.integer({ min: 10, max: 500 })).map(([number, euros]) => ({
    what: `pay ${euros} on ${number}`,
    run: (s: Story) =>
      s
        .pay(
          payment({
            invoiceNumber: number,
            amountMinor: euros * 100,
            paidOn: today(s),
            occurrence: s.clock(),
          }),
        )
        .catch(() => undefined),
  })),
  fc.tuple(someNumber, fc.integer({ min: 0, max: 12 })).map(([invoiceNumber, days]) => ({
    what: `hold ${invoiceNumber} for ${days} days`,
    run: (s: Story) =>
      setHold(s, { invoiceNumber, reason: "test", until: today(s) + days + 1, author: "test" }).catch(
        () => undefined,
      ),
  })),
  someNumber.map((invoiceNumber) => ({
    what: `unhold ${invoiceNumber}`,
    run: (s: Story) => endHold(s, { invoiceNumber, author: "test" }).catch(() => undefined),
  })),
  fc.constantFrom(...NUMBERS).map((asked) => ({
    what: `approve ${asked}`,
    run: (s: Story) => approveReminder(s, { asked, author: "test" }).catch(refused),
  })),
  fc.constantFrom(...NUMBERS).map((asked) => ({
    what: `decline ${asked}`,
    run: (s: Story) => declineReminder(s, { asked, reason: "test", author: "test" }).catch(refused),
  })),
  fc.tuple(someNumber, someStage).map(([invoiceNumber, stage]) => ({
    what: `waive ${stage} of ${invoiceNumber}`,
    run: (s: Story) => waiveStage(s, { invoiceNumber, stage, reason: "test", author: "test" }).catch(refused),
  })),
  fc.tuple(someNumber, someStage).map(([invoiceNumber, stage]) => ({
    what: `reset ${stage} of ${invoiceNumber}`,
    run: (s: Story) => resetStage(s, { invoiceNumber, stage, reason: "test", author: "test" }).catch(refused),
  })),
  fc.constant({ what: "release", run: (s: Story) => releaseBacklog(s, { author: "test" }) }),
  fc.constant({
    what: "bounce",
    run: (s: Story) =>
      suppressAddress(s, { address: "bills@nordwind.example", reason: "bounce", source: "test" }),
  }),
  fc.constant({
    what: "new contact",
    run: (s: Story) =>
      s.customers({ ...NORDWIND, contact: { email: "new@nordwind.example", role: "billing" as const } }),
  }),
  fc.constantFrom(0, 5).map((gap) => ({
    what: `policy with a gap of ${gap}`,
    run: (s: Story) => applyPolicy(s, { name: "standard", minContactGapDays: gap }),
  })),
);

/** A word that is refused changes nothing; anything else is a bug. */
function refused(error: unknown): void {
  if (!(error instanceof AppError) || !["conflict", "not_found"].includes(error.code)) throw error;
}

/** Every invoice that would be sent now or at a later moment, nothing else changing, has a look by then or waits for a word. */
async function expectAgreement(story: Story, horizonHours: number[]): Promise<void> {
  const { world, customers } = await loadOwingPage(story.db, { after: "", limit: 100 });
  const { rows } = await story.db.client.execute("SELECT id, next_look_at, waits_for FROM invoices");
  const stored = new Map(rows.map((row) => [String(row.id), row]));
  for (const { facts, policyName } of customers) {
    for (const hours of horizonHours) {
      const at = story.clock() + hours * HOUR;
      const { policy } = policyOf(world, policyName);
      const context = createContext({ customer: facts, policy, world: worldFacts(world, null), at });
      for (const invoice of facts.invoices) {
        if (decide(context, invoice).action !== "send") continue;
        const row = stored.get(invoice.id)!;
        expect(row.next_look_at, `${invoice.number} leaves in ${hours} h`).not.toBeNull();
        expect(Number(row.next_look_at)).toBeLessThanOrEqual(at);
      }
    }
  }
}

test("the stored next look agrees with the decision, whatever happens in whatever order", async () => {
  const horizons = fc.array(fc.nat({ max: 60 * 24 }), { minLength: 4, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(someStep, { minLength: 5, maxLength: 30 }), horizons, async (steps, hours) => {
      const story = await tellStory({ at: "2026-03-02T09:00:00Z" });
      await story.invoices(
        ...NUMBERS.map((number, i) => invoice({ number, dueOn: day("2026-03-04") + i * 9 })),
      );
      for (const step of steps) {
        await step.run(story);
        await expectAgreement(story, [0, ...hours]);
      }
      await story.tickOnce();
      expect(await story.tickOnce(), "a second tick at the same moment").toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 300_000);
