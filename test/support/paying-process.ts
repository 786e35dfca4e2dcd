import { openDatabase } from "../../src/db/open.ts";
import { recordPayments } from "../../src/reminders/money/record-payments.ts";
import type { Services } from "../../src/services.ts";

// A second process that pays the same invoice over and over: url, number, name, times.
const [url, invoiceNumber, name, times] = process.argv.slice(2);
const db = await openDatabase({ url: url! });
const context = { author: name!, at: Date.parse("2026-03-02T10:00:00Z") };
for (let i = 0; i < Number(times); i++) {
  const payment = {
    invoiceNumber,
    amountMinor: 100,
    currency: "EUR",
    paidOn: 20_500,
    kind: "payment" as const,
    reference: `${name}-${i}`,
    occurrence: 0,
  };
  await recordPayments({ db } as Services, [payment], context);
}
db.close();
