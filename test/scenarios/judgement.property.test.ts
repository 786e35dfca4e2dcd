import fc from "fast-check";
import { expect, test } from "vitest";
import type { PaymentRecord } from "../../src/domain/records.ts";
import { makePromise } from "../../src/reminders/agreements/make-promise.ts";
import { tendPromises } from "../../src/reminders/agreements/tend-promises.ts";
import { recordFreshness } from "../../src/reminders/money/record-freshness.ts";
import { recordPayments } from "../../src/reminders/money/record-payments.ts";
import { day, invoice, NORDWIND, payment } from "../support/cast.ts";
import { type Story, tellStory } from "../support/story.ts";

const ON = day("2026-03-13");
const LAST_DAY = day("2026-03-17");

const someMoney: fc.Arbitrary<PaymentRecord> = fc
  .record({
    kind: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom("payment" as const, "credit_note" as const) },
      { weight: 1, arbitrary: fc.constant("refund" as const) },
    ),
    amountMinor: fc.integer({ min: 1, max: 12 }).map((hundreds) => hundreds * 10_000),
    paidOn: fc.constantFrom("2026-03-04", "2026-03-05", "2026-03-13", "2026-03-17", "2026-03-18").map(day),
    isCredit: fc.boolean(),
  })
  .map(({ isCredit, ...money }) =>
    payment({ ...money, ...(isCredit ? { customerRef: "NORDWIND" } : { invoiceNumber: "A" }) }),
  );

let told = 0;

/** What becomes of a promise of so much when this money is recorded after it, in this order; null where some of it is refused. */
async function verdictOf(story: Story, amountMinor: number, moves: PaymentRecord[]): Promise<unknown> {
  const ref = `C${++told}`;
  story.clock.set("2026-03-05T09:00:00Z");
  await story.customers({ ...NORDWIND, ref });
  await story.invoices(invoice({ number: ref, customerRef: ref }));
  const promise = { invoices: [{ number: ref, amountMinor }], on: ON, author: "api", by: "finance" as const };
  const { promises } = await makePromise(story, promise);
  story.clock.set("2026-03-20T09:00:00Z");
  for (const [i, { invoiceNumber, ...move }] of moves.entries()) {
    const record = {
      ...move,
      ...(invoiceNumber ? { invoiceNumber: ref } : { customerRef: ref }),
      occurrence: i,
    };
    const [outcome] = await recordPayments(story, [record], { author: "test", at: story.clock() });
    if (!outcome!.ok) return null;
  }
  await recordFreshness(story, { through: story.clock() });
  await tendPromises(story);
  const { rows } = await story.db.client.execute({
    sql: "SELECT state FROM promises WHERE id = ?",
    args: [promises[0]!.id],
  });
  return rows[0]!.state;
}

test("money judges a promise the same, whatever the order in which it was recorded", async () => {
  const story = await tellStory();
  const seen = new Set<unknown>();
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 10 }),
      fc
        .array(someMoney, { minLength: 1, maxLength: 5 })
        .chain((moves) =>
          fc.tuple(fc.constant(moves), fc.shuffledSubarray(moves, { minLength: moves.length })),
        ),
      async (hundreds, [moves, shuffled]) => {
        const [one, other] = [
          await verdictOf(story, hundreds * 10_000, moves),
          await verdictOf(story, hundreds * 10_000, shuffled),
        ];
        fc.pre(one !== null && other !== null);
        seen.add(one);
        expect(other).toBe(one);
      },
    ),
    { numRuns: 60 },
  );
  expect([...seen].sort()).toEqual(["broken", "kept", "partly_kept"]);
}, 300_000);

test("without refunds and credit notes, a promise is kept exactly by what is dated in time", async () => {
  const story = await tellStory();
  const inTime = someMoney.map((money): PaymentRecord => ({ ...money, kind: "payment" }));
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 9 }),
      fc.array(inTime, { maxLength: 3 }),
      async (hundreds, moves) => {
        const promised = hundreds * 10_000;
        const dated = moves.filter(({ paidOn }) => paidOn >= day("2026-03-05") && paidOn <= LAST_DAY);
        const paid = dated.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        const early = moves.filter(({ paidOn }) => paidOn <= LAST_DAY);
        const isAllPaid = early.reduce((sum, { amountMinor }) => sum + amountMinor, 0) >= 100_000;
        const isLate = moves.length > early.length;
        fc.pre(!isLate || !moves.some(({ customerRef }) => customerRef !== undefined));
        const kept = paid >= promised || isAllPaid;
        expect(await verdictOf(story, promised, moves)).toBe(
          kept ? "kept" : paid > 0 ? "partly_kept" : "broken",
        );
      },
    ),
    { numRuns: 60 },
  );
}, 300_000);
