import { openPromisesQuery, promiseGroupQuery, readPromises } from "../../db/promises.ts";
import type { ReplyWithInvoices } from "../../db/replies.ts";
import type { Proposal } from "../../domain/reply/proposal.ts";
import { takeEmail } from "../../domain/taken.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { askForInvoice } from "../agreements/ask-for-invoice.ts";
import { changePromise } from "../agreements/change-promise.ts";
import { confirmContact } from "../agreements/confirm-contact.ts";
import { makePromise } from "../agreements/make-promise.ts";
import { offerInstalments } from "../agreements/offer-instalments.ts";
import { openDispute } from "../agreements/open-dispute.ts";
import { proposeContact } from "../agreements/propose-contact.ts";
import { reportPaid } from "../agreements/report-paid.ts";
import { holdInsolvent } from "../decisions/hold-insolvent.ts";
import { setHold } from "../decisions/set-hold.ts";
import { suppressAddress } from "../sending/suppress-address.ts";

export type Carrying = {
  reply: ReplyWithInvoices & { customerId: string };
  author: string;
  by: "debtor" | "owner" | "finance";
  /** Whom to write to instead: needed for `new_address`. */
  email?: string;
};

/** Does what is proposed about a reply, by the same use case as everybody else. Throws what that throws, `invalid` where it is a person's to do. */
export async function carryOut(services: Services, proposal: Proposal, carrying: Carrying): Promise<void> {
  const { reply, author, by } = carrying;
  const { customerId } = reply;
  const quote = `${reply.quote} (${reply.id})`;
  switch (proposal.action) {
    case "accept_promise":
      return promiseEach(services, proposal, { customerId, author, by, note: quote });
    case "open_dispute":
      return disputeEach(services, proposal, { customerId, author, text: quote });
    case "report_paid":
      await reportPaid(services, {
        ...proposal,
        author,
        by: by === "debtor" ? "debtor" : "owner",
        customerId,
      });
      return;
    case "offer_instalments":
      return offerInstalments(services, { invoices: proposal.invoices, about: reply.id, author, customerId });
    case "resend_invoice":
      await askForInvoice(services, { invoices: proposal.invoices, author, customerId });
      return;
    case "wait":
      for (const invoiceNumber of proposal.invoices)
        await setHold(services, { invoiceNumber, reason: quote, until: proposal.until, author });
      return;
    case "forward":
      return writeTo(services, carrying, carrying.email ?? proposal.email);
    case "new_address":
      return writeTo(services, carrying, carrying.email ?? "");
    case "hold_insolvency":
      return holdInsolvent(services, { customerId, reason: quote, author });
    case "suppress":
      await suppressAddress(services, { address: proposal.address, reason: "manual", source: reply.id });
      return;
    case "answer":
      throw new AppError("invalid", `reply ${reply.id} is for a person to answer; say so when it is done`);
  }
}

/** What was promised together for just these invoices moves to the new day; otherwise it is a new promise. */
async function promiseEach(
  services: Services,
  { on, shares }: Extract<Proposal, { action: "accept_promise" }>,
  of: Pick<Carrying, "author" | "by"> & { customerId: string; note: string },
): Promise<void> {
  const invoices = shares.map(({ number, amountMinor }) => ({
    number,
    amountMinor: amountMinor ?? undefined,
  }));
  const { client } = services.db;
  const numbers = invoices.map(({ number }) => number);
  const promised = readPromises(await client.execute(openPromisesQuery(numbers)));
  const standing = promised.filter(({ state }) => state === "open");
  const group = standing[0] ? readPromises(await client.execute(promiseGroupQuery(standing[0].id))) : [];
  const isSame = standing.length === invoices.length && group.length === invoices.length;
  if (!isSame) {
    await makePromise(services, { invoices, on, ...of });
    return;
  }
  const amountMinor = invoices.length === 1 ? invoices[0]!.amountMinor : undefined;
  await changePromise(services, { promiseId: group[0]!.id, on, amountMinor, ...of });
}

/** Those in dispute already stay as they are. Throws `conflict` where that is all of them. */
async function disputeEach(
  services: Services,
  { invoices, reason }: Extract<Proposal, { action: "open_dispute" }>,
  of: { customerId: string; author: string; text: string },
): Promise<void> {
  const refused: AppError[] = [];
  for (const invoiceNumber of invoices) {
    try {
      await openDispute(services, { invoiceNumber, reason, ...of });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "conflict") throw error;
      refused.push(error);
    }
  }
  if (refused.length === invoices.length) throw refused[0];
}

/** Whoever accepts it confirms the new contact by that; who wrote that it is somebody else is mailed no more. */
async function writeTo(services: Services, { reply, author }: Carrying, address: string): Promise<void> {
  const email = takeEmail(address);
  const { id } = await proposeContact(services, { customerId: reply.customerId, name: email, email, author });
  await confirmContact(services, { id, author });
  if (reply.from !== null)
    await suppressAddress(services, { address: reply.from, reason: "manual", source: reply.id });
}
