import type { CustomerRecord } from "../domain/records.ts";
import type { Services } from "../services.ts";
import type { RecordOutcome } from "./record-outcome.ts";
import type { WriteContext } from "./write-context.ts";

/** Stores customers as told, all in one transaction. One outcome a record, in their order. */
export async function putCustomers(
  _services: Services,
  _records: CustomerRecord[],
  _context: WriteContext,
): Promise<RecordOutcome[]> {
  throw new Error("not written");
}
