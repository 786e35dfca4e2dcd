import type { Db } from "../../src/db/open.ts";
import type { DeliveryEvent } from "../../src/domain/delivery.ts";
import { type RecordedDelivery, recordDelivery } from "../../src/reminders/outcomes/record-delivery.ts";
import type { TestServices } from "./database.ts";

export type Told = Pick<DeliveryEvent, "kind"> & Partial<DeliveryEvent>;

let events = 0;

/** An event of the mail provider about a mail, now; of nobody in particular unless an address is given. */
export function tell(services: TestServices, mailId: string, told: Told): Promise<RecordedDelivery> {
  const plain = { id: `event-${++events}`, address: null, isPermanent: null, detail: null };
  return recordDelivery(services, { ...plain, mailId, at: services.clock(), ...told });
}

export const bounced = (address: string): Told => ({
  kind: "bounce",
  address,
  isPermanent: true,
  detail: "550 5.1.1",
});

/** The reminders there are, the oldest first. */
export async function remindersOf(db: Db): Promise<(Record<string, unknown> & { id: string })[]> {
  const { rows } = await db.client.execute(
    `SELECT r.*, (SELECT group_concat(counts) FROM reminder_invoices WHERE reminder_id = r.id) AS counts
     FROM reminders r ORDER BY r.id`,
  );
  return rows.map((row) => ({ ...row, id: String(row.id) }));
}

export async function suppressionsOf(db: Db) {
  const { rows } = await db.client.execute("SELECT address, reason FROM suppressions ORDER BY address");
  return rows.map(({ address, reason }) => `${address} ${reason}`);
}
