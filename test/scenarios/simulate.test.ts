import { expect, test } from "vitest";
import { simulate } from "../../src/reminders/forecast/simulate.ts";
import { day, invoice, NORDWIND, payment } from "../support/cast.ts";
import { tellStory } from "../support/story.ts";

const everyDay = {
  calendar: { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from: "00:00", until: "24:00" },
  minContactGapDays: 0,
  maxContactsPer30Days: null,
};

test("a payment counts from its date, in whatever order payments became known", async () => {
  const story = await tellStory({ policy: everyDay });
  const issuedOn = day("2025-01-01");
  await story.invoices(
    invoice({ number: "OTHER", amountMinor: 50_000, issuedOn, dueOn: day("2025-01-20") }),
    invoice({ number: "PAID", amountMinor: 10_000, issuedOn, dueOn: day("2025-02-01") }),
  );
  await story.pay(
    payment({ invoiceNumber: "PAID", amountMinor: 6_000, paidOn: day("2025-02-20"), reference: "late" }),
  );
  await story.pay(
    payment({ invoiceNumber: "PAID", amountMinor: 10_000, paidOn: day("2025-02-02"), reference: "in time" }),
  );
  const lines = await simulate(story, { from: day("2025-01-30"), to: day("2025-02-10") });
  expect(lines.filter(({ invoice: number }) => number === "PAID").map(({ stage }) => stage)).toEqual([
    "pre_due",
  ]);
});

test("an overpayment settles the oldest from its date on", async () => {
  const story = await tellStory({ policy: everyDay });
  const issuedOn = day("2025-01-01");
  await story.customers({ ...NORDWIND });
  await story.invoices(
    invoice({ number: "FIRST", amountMinor: 10_000, issuedOn, dueOn: day("2025-02-01") }),
    invoice({ number: "SECOND", amountMinor: 10_000, issuedOn, dueOn: day("2025-02-02") }),
  );
  await story.pay(payment({ invoiceNumber: "SECOND", amountMinor: 20_000, paidOn: day("2025-02-03") }));
  const lines = await simulate(story, { from: day("2025-02-01"), to: day("2025-03-10") });
  expect(lines.map(({ date, stage, invoice: number }) => `${date} ${stage} ${number}`)).toEqual([
    "2025-02-01 pre_due SECOND",
  ]);
});
