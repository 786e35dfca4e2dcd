import { readRequests, requestQuery } from "../../db/approval-requests.ts";
import { loadByInvoice } from "../../db/due.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { contextNow } from "../forecast/why.ts";
import { type LetterText, letterText } from "../sending/letter-text.ts";

/** The letter that finance is asked about, as it would leave now. Throws `not_found`, `conflict` where nothing is left to ask for. */
export async function previewLetter(services: Services, reminderId: string): Promise<LetterText> {
  const { db } = services;
  const [request] = readRequests(await db.client.execute(requestQuery(reminderId)));
  if (!request) throw new AppError("not_found", `there is no letter ${reminderId}`);
  const open = new Set(request.items.filter(({ isOpen }) => isOpen).map(({ invoiceId }) => invoiceId));
  const { world, customers } = await loadByInvoice(db, request.items[0]!.number);
  const stored = customers[0]!;
  const { facts, policyName } = stored;
  const customer = { ...facts, invoices: facts.invoices.filter(({ balanceMinor }) => balanceMinor > 0) };
  const context = await contextNow(services, { world, customer, policyName });
  const { stage } = request;
  const asked = customer.invoices.filter(({ id }) => open.has(id));
  if (asked.length === 0 || !world.creditor)
    throw new AppError("conflict", `letter ${reminderId} has nothing left to ask for`);
  const reminder = {
    stageIndex: context.policy.stages.findIndex(({ key }) => key === stage),
    stage,
    items: asked.map((invoice) => ({ invoice, stage, askedMinor: context.dues.get(invoice.id)!.askedMinor })),
    isBacklog: false,
    dueSince: context.today,
  };
  return letterText(services, { id: request.id, stored, context, reminder, creditor: world.creditor });
}
