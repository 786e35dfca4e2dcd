import type { InvoiceRecord } from "../domain/records.ts";
import type { Services } from "../services.ts";
import type { RecordOutcome } from "./record-outcome.ts";
import type { WriteContext } from "./write-context.ts";

/** Stores invoices as told, all in one transaction. One outcome a record, in their order. */
export async function putInvoices(
  _services: Services,
  _records: InvoiceRecord[],
  _context: WriteContext,
): Promise<RecordOutcome[]> {
  throw new Error("not written");
}
