import type { PaymentRecord } from "../domain/records.ts";
import type { Services } from "../services.ts";
import type { RecordOutcome } from "./record-outcome.ts";
import type { WriteContext } from "./write-context.ts";

/** Records payments, credit notes and refunds, all in one transaction. One outcome a record, in their order. */
export async function recordPayments(
  _services: Services,
  _records: PaymentRecord[],
  _context: WriteContext,
): Promise<RecordOutcome[]> {
  throw new Error("not written");
}
