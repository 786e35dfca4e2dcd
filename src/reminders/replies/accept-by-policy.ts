import type { Transaction } from "@libsql/client";
import type { ReplyWithInvoices } from "../../db/replies.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { openCase, undisputedMinor } from "../agreements/debtor-case.ts";
import { whyAsked } from "../agreements/make-promise.ts";
import { within } from "../within.ts";
import { acceptProposal } from "./accept-proposal.ts";

const BY_POLICY = { author: "policy", by: "debtor" } as const;
/** How sure a promise has to be for the policy to take it. */
const SURE = 0.85;

/**
 * Records the promise that a reply makes, where the policy says so and nothing is left to ask; once, however often it is called. What
 * cannot be recorded after all, since it contradicts what is on record, waits for a person like any other.
 */
export async function acceptByPolicy(services: Services, reply: ReplyWithInvoices): Promise<void> {
  if (reply.state !== "open" || reply.proposal?.action !== "accept_promise") return;
  try {
    await services.db.write(async (tx) => {
      if (!(await isClear(tx, reply, services.clock()))) return;
      await acceptProposal(within(services, tx), { replyId: reply.id, ...BY_POLICY });
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.retry) throw error;
  }
}

/**
 * Whether the policy takes the promise without asking anybody: it is surely one, for all that is left of all it is about, within the
 * bounds of a debtor's promise, and its sender is proved to be a contact of the customer.
 */
async function isClear(tx: Transaction, reply: ReplyWithInvoices, at: number): Promise<boolean> {
  const { proposal, proof, confidence, from, invoices } = reply;
  if (proposal?.action !== "accept_promise" || proof !== "passed" || confidence < SURE) return false;
  const numbers = invoices.map(({ number }) => number);
  const matter = await openCase(tx, { numbers, author: BY_POLICY.author, at });
  const { context, stored } = matter;
  if (!context.policy.replies.autoAcceptPromise) return false;
  const isContact = stored.facts.contacts.some(({ email }) => email.toLowerCase() === from?.toLowerCase());
  const open = matter.invoices.filter((invoice) => undisputedMinor(matter, invoice) > 0);
  const isForAll =
    proposal.shares.every(({ amountMinor }) => amountMinor === null) &&
    proposal.shares.length === open.length;
  return isContact && isForAll && (await whyAsked(tx, matter, proposal.on)) === null;
}
