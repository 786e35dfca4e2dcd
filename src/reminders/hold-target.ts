/** What a hold is on: one invoice, or everything a customer owes. */
export type HoldTarget =
  | { invoiceNumber: string; customerRef?: undefined }
  | { customerRef: string; invoiceNumber?: undefined };
