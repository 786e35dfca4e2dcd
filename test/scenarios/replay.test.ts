import { expect, test } from "vitest";
import { formatCivilDay } from "../../src/domain/civil-date.ts";
import type { InvoiceRecord, PaymentRecord } from "../../src/domain/records.ts";
import { parseInvoiceRow } from "../../src/domain/rows.ts";
import { openImport } from "../../src/imports/open-import.ts";
import { simulate } from "../../src/reminders/forecast/simulate.ts";
import { recordPayments } from "../../src/reminders/money/record-payments.ts";
import { applyCreditor } from "../../src/reminders/records/apply-creditor.ts";
import { applyPolicy } from "../../src/reminders/records/apply-policy.ts";
import { putInvoices } from "../../src/reminders/records/put-invoices.ts";
import type { SendLine } from "../../src/reminders/sending/send-line.ts";
import { tick } from "../../src/reminders/sending/tick.ts";
import { ACME, day } from "../support/cast.ts";
import { makeServices } from "../support/database.ts";
import { IBM_FILE, IBM_MAPPING, samples } from "../support/ibm-sample.ts";
import { makeFile } from "../support/import-text.ts";

const EVERY_DAY = {
  name: "standard",
  calendar: {
    days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    from: "00:00",
    until: "24:00",
    holidays: false,
  },
  minContactGapDays: 0,
  maxContactsPer30Days: null,
  freshnessDays: null,
  backlog: { mode: "send" },
  stages: [
    { key: "pre_due", offsetDays: -3, template: "pre-due", to: ["billing"] },
    { key: "overdue_3", offsetDays: 3, template: "overdue-3", to: ["billing"] },
    { key: "overdue_30", offsetDays: 30, minGapDays: 7, template: "overdue-30", to: ["billing"] },
    {
      key: "formal_notice",
      offsetDays: 40,
      minGapDays: 5,
      template: "formal-notice",
      to: ["billing"],
      alone: true,
    },
  ],
};

const FROM = day("2012-01-01");
const TO = day("2013-12-31");

async function aCompany() {
  const services = await makeServices();
  services.clock.set("2012-01-01T12:00:00Z");
  await applyCreditor(services, { ...ACME, timezone: "UTC" });
  await applyPolicy(services, EVERY_DAY);
  return services;
}

async function readSample(): Promise<InvoiceRecord[]> {
  const source = await openImport({
    kind: "invoices",
    path: IBM_FILE,
    mappingPath: await makeFile(JSON.stringify(IBM_MAPPING), "mapping.json"),
  });
  const records: InvoiceRecord[] = [];
  for await (const rows of source.rows()) {
    for (const { row } of rows) {
      const parsed = parseInvoiceRow(row as Record<string, string>, {
        decimal: "point",
        dateFormats: source.dateFormats,
      });
      if (parsed.ok) records.push(parsed.record);
    }
  }
  return records;
}

const inOrder = (lines: SendLine[]) =>
  lines.map(({ date, customer, invoice, stage }) => `${date} ${customer} ${invoice} ${stage}`).sort();

test.skipIf(!samples)(
  "two years of real invoices: the simulation and real ticks day by day agree send for send (needs DUNWELL_SAMPLES)",
  async () => {
    const records = await readSample();
    expect(records).toHaveLength(2466);
    const past = await aCompany();
    const context = { author: "test", at: past.clock() };
    await putInvoices(past, records, context);
    const simulated = await simulate(past, { from: FROM, to: TO });

    const live = await aCompany();
    await putInvoices(
      live,
      records.map(({ paidOn: _, ...open }) => open),
      context,
    );
    const paidOn = Map.groupBy(records, (record) => record.paidOn!);
    const sent: SendLine[] = [];
    for (let today = FROM; today <= TO; today++) {
      live.clock.set(`${formatCivilDay(today)}T12:00:00Z`);
      const payments = (paidOn.get(today) ?? []).map(
        (record): PaymentRecord => ({
          invoiceNumber: record.number,
          amountMinor: record.amountMinor!,
          currency: "USD",
          paidOn: today,
          kind: "payment",
          occurrence: 0,
        }),
      );
      if (payments.length > 0) await recordPayments(live, payments, { author: "test", at: live.clock() });
      await tick(live, { onSend: (line) => sent.push(line) });
    }
    expect(simulated.length).toBeGreaterThan(1500);
    expect(inOrder(sent)).toEqual(inOrder(simulated));
  },
  300_000,
);
