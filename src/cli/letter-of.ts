/** A letter by its stage and the invoices in it, in words. */
export function describeLetter({ stage, invoices }: { stage: string; invoices: string[] }): string {
  return `${stage} for ${invoices.length === 1 ? "invoice" : "invoices"} ${invoices.join(", ")}`;
}
