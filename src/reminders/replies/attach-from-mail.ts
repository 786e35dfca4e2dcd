import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { attachDocument } from "../records/attach-document.ts";
import type { ReadIncoming } from "./take-mail.ts";

/**
 * Keeps the files of a person's mail with the one invoice that it is about, each within the limits of what a debtor may attach. All
 * others stay in the mail itself, which is kept as it came.
 */
export async function attachFromMail(
  services: Services,
  { raw, reading, proof, match, isHarmful }: ReadIncoming & { raw: Uint8Array },
): Promise<void> {
  const [invoiceNumber, ...others] = match?.invoices ?? [];
  const isTrusted = proof !== "failed" && !isHarmful && !reading.isMachine;
  if (invoiceNumber === undefined || others.length > 0 || !isTrusted) return;
  const kind = reading.kind === "paid" ? "proof" : "other";
  for (const file of await services.mailReader.files(raw)) {
    try {
      const of = { invoiceNumber, customerId: match!.customerId, author: "debtor" };
      await attachDocument(services, { ...of, kind, ...file });
    } catch (error) {
      if (!(error instanceof AppError) || error.retry) throw error;
    }
  }
}
