import type { Db } from "../../src/db/open.ts";
import type { CustomerRecord, InvoiceRecord, PaymentRecord } from "../../src/domain/records.ts";
import { recordFreshness } from "../../src/reminders/money/record-freshness.ts";
import { recordPayments } from "../../src/reminders/money/record-payments.ts";
import { applyCreditor } from "../../src/reminders/records/apply-creditor.ts";
import { applyPolicy } from "../../src/reminders/records/apply-policy.ts";
import { putCustomers } from "../../src/reminders/records/put-customers.ts";
import { putInvoices } from "../../src/reminders/records/put-invoices.ts";
import type { SendLine } from "../../src/reminders/sending/send-line.ts";
import { tick } from "../../src/reminders/sending/tick.ts";
import { ACME, NORDWIND } from "./cast.ts";
import { makeServices, type TestServices } from "./database.ts";

export type Story = TestServices & {
  invoices(...records: InvoiceRecord[]): Promise<void>;
  customers(...records: CustomerRecord[]): Promise<void>;
  pay(...records: PaymentRecord[]): Promise<void>;
  /** Payment data is complete up to now, as a bank's daily file says. */
  bankFile(): Promise<void>;
  /** One tick; what it sent as `customer stage invoice`. */
  tickOnce(): Promise<string[]>;
  /** Ticks twice at ten every day from the present one through `until` with the bank's file before it; what left, by day. */
  walk(until: string): Promise<Record<string, string[]>>;
};

/** A company with a creditor, a customer and a clock, whose weeks a test walks through. */
export async function tellStory(
  options: { policy?: Record<string, unknown>; at?: string; db?: Db; services?: Partial<TestServices> } = {},
): Promise<Story> {
  const services = await makeServices({ ...options.services, ...(options.db && { db: options.db }) });
  if (options.at) services.clock.set(options.at);
  await applyCreditor(services, ACME);
  if (options.policy) await applyPolicy(services, { name: "standard", ...options.policy });
  const context = () => ({ author: "test", at: services.clock() });
  const story: Story = {
    ...services,
    customers: async (...records) => allDone(await putCustomers(services, records, context())),
    invoices: async (...records) => allDone(await putInvoices(services, records, context())),
    pay: async (...records) => allDone(await recordPayments(services, records, context())),
    bankFile: () => recordFreshness(services, { through: services.clock() }),
    async tickOnce() {
      const lines: SendLine[] = [];
      await tick(services, { onSend: (line) => lines.push(line) });
      return lines.map(({ customer, stage, invoice }) => `${customer} ${stage} ${invoice}`);
    },
    async walk(until) {
      const days: Record<string, string[]> = {};
      while (true) {
        const today = new Date(services.clock()).toISOString().slice(0, 10);
        await story.bankFile();
        const sent = [...(await story.tickOnce()), ...(await story.tickOnce())];
        if (sent.length > 0) days[today] = sent;
        if (today >= until) return days;
        services.clock.advance({ days: 1 });
      }
    },
  };
  await story.customers(NORDWIND);
  return story;
}

function allDone(outcomes: { ok: boolean }[]): void {
  const refused = outcomes.filter(({ ok }) => !ok);
  if (refused.length > 0) throw new Error(`refused: ${JSON.stringify(refused)}`);
}
