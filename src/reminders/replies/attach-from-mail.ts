import type { ReplyWithInvoices } from "../../db/replies.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { attachDocument } from "../records/attach-document.ts";

/**
 * Keeps the files of a person's mail with the one invoice that it is about, each within the limits of what a debtor may attach. All
 * others stay in the mail itself, which is kept as it came. What is kept already is not kept again.
 */
export async function attachFromMail(
  services: Services,
  { raw, reply, isHarmful }: { raw: Uint8Array; reply: ReplyWithInvoices; isHarmful: boolean },
): Promise<void> {
  const [invoice, ...others] = reply.invoices;
  const isTrusted = reply.proof !== "failed" && !isHarmful && !reply.isMachine;
  if (!invoice || others.length > 0 || !isTrusted) return;
  const of = { invoiceNumber: invoice.number, customerId: reply.customerId!, author: "debtor" };
  const kind = reply.kind === "paid" ? "proof" : "other";
  for (const file of await services.mailReader.files(raw)) {
    try {
      await attachDocument(services, { ...of, kind, ...file });
    } catch (error) {
      if (!(error instanceof AppError) || error.retry) throw error;
    }
  }
}
