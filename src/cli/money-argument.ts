import { findListedInvoice } from "../db/invoice-list.ts";
import { readMinor } from "../domain/money.ts";
import { AppError } from "../errors.ts";
import type { Services } from "../services.ts";

/** The currency of an invoice. Throws `not_found`. */
export async function currencyOf({ db }: Services, invoiceNumber: string): Promise<string> {
  const invoice = await findListedInvoice(db, invoiceNumber);
  if (!invoice) throw new AppError("not_found", `there is no invoice ${invoiceNumber}`);
  return invoice.currency;
}

/** Minor units of an amount like 1234.56; undefined for none. Throws `invalid` naming the option. */
export function minorOf(option: string, text: string | undefined, currency: string): number | undefined {
  if (text === undefined) return undefined;
  const minor = readMinor(text, currency, "point");
  if (typeof minor === "number") return minor;
  throw new AppError("invalid", `${option} ${text} is no amount in ${currency}; write one like 1234.56`);
}
