import { findKept, forgetKeptStatements } from "../../db/kept-webhooks.ts";
import { allocateCreditStatements, creditByIdQuery, readCreditPayment } from "../../db/payments.ts";
import { allocate } from "../../domain/allocation.ts";
import { isIdOf } from "../../domain/ids.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { startRecording, writeRecording } from "../recording.ts";
import type { RecordOutcome } from "../records/record-outcome.ts";
import { applyMoney } from "./record-money.ts";
import { type PaymentSource, parsePaymentEvent, recordPaymentEvent } from "./record-payment-event.ts";
import { loadBook } from "./record-payments.ts";
import { refusePayment } from "./refuse-payment.ts";
import { retryKeptPayments } from "./retry-kept-payments.ts";

/** `id` is that of a payment which is credit (`pay_…`), or of a payment event that was kept, as the question to finance has it. */
export type Acceptance = { id: string; invoiceNumber: string; author: string };

/**
 * Says which invoice money was for, upon a suggestion or without one. What the invoice does not take stays credit. Throws
 * `not_found` where nothing of that id waits for an invoice, `conflict` for an invoice that it cannot be for.
 */
export async function acceptSuggestion(services: Services, acceptance: Acceptance): Promise<void> {
  if (isIdOf("pay", acceptance.id)) return allocateCredit(services, acceptance);
  const { id, invoiceNumber, author } = acceptance;
  const kept = await findKept(services.db, id);
  const event =
    kept && kept.source !== "ses" && kept.source !== "stripe_event" ? parsePaymentEvent(kept.body) : null;
  if (!event || !("row" in event) || event.row.kind === "refund") throw nothingWaits(id);
  const { customer_ref: _, ...row } = event.row;
  const told = { ...event, row: { ...row, invoice_number: invoiceNumber } };
  requireDone(
    await recordPaymentEvent(services, { id, source: kept!.source as PaymentSource, event: told, author }),
  );
  await services.db.batch(forgetKeptStatements(id));
  await retryKeptPayments(services);
}

async function allocateCredit(
  { db, clock }: Services,
  { id, invoiceNumber, author }: Acceptance,
): Promise<void> {
  await db.write(async (tx) => {
    const credit = readCreditPayment(await tx.execute(creditByIdQuery(id)));
    if (!credit) throw nothingWaits(id);
    const record = { ...credit, invoiceNumber, reference: credit.reference ?? undefined, occurrence: 0 };
    const book = await loadBook(tx, [record]);
    const account = book.accounts.get(invoiceNumber);
    const refused = refusePayment(record, account?.invoice, book.customers.get(credit.customerRef));
    if (refused) requireDone(refused);
    const { kind, amountMinor } = credit;
    const allocatedMinor = allocate({ kind, amountMinor, claim: account!.invoice, creditMinor: 0 })!;
    const recording = startRecording({ author, at: clock() });
    applyMoney(recording, account!, { ...credit, allocatedMinor });
    await writeRecording(tx, recording, book.heads);
    await tx.batch(
      allocateCreditStatements({ paymentId: id, invoiceId: account!.invoice.id, allocatedMinor }),
    );
  });
}

function nothingWaits(id: string): AppError {
  return new AppError("not_found", `there is no payment ${id} that waits for an invoice`);
}

function requireDone(outcome: RecordOutcome): void {
  if (!outcome.ok) throw new AppError("conflict", `${outcome.column} ${outcome.value}: ${outcome.error}`);
}
