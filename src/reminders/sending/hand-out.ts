import { type DueCustomer, listDue } from "../../db/due.ts";
import type { Services } from "../../services.ts";

/** Customers of whom something is due, and the run that handed them out. */
export type Batch = { run: string; customers: string[] };

/** Takes batches of customers, at most 100 at once, as a queue does. Each may come twice, or late: what is not due any more is let be. */
export type HandOut = (given: { run: string; batches: string[][] }) => Promise<void>;

const CUSTOMERS_A_BATCH = 20;
const BATCHES_AT_ONCE = 100;
const PAGE = CUSTOMERS_A_BATCH * BATCHES_AT_ONCE;
/** What two requests a page come to is a fifth of what a Worker may make; its other steps make up to 600. */
const MOST_PAGES = 100;

/**
 * Hands out who owes what is due, the longest due first, page by page: a round trip and a call each, whatever the invoices are. What
 * is beyond 200,000 customers is left. Returns how many customers were handed out.
 */
export async function handOut(
  { db, clock }: Services,
  { run, take }: { run: string; take: HandOut },
): Promise<number> {
  const at = clock();
  const given = new Set<string>();
  let after: DueCustomer = { lookAt: 0, customerId: "" };
  for (let page = 0; page < MOST_PAGES; page++) {
    const due = await listDue(db, { at, after, limit: PAGE });
    const fresh = due.map(({ customerId }) => customerId).filter((id) => !given.has(id));
    for (const id of fresh) given.add(id);
    if (fresh.length > 0) await take({ run, batches: batchesOf([...new Set(fresh)]) });
    if (due.length < PAGE) break;
    after = due.at(-1)!;
  }
  return given.size;
}

function batchesOf(customers: string[]): string[][] {
  const count = Math.ceil(customers.length / CUSTOMERS_A_BATCH);
  return Array.from({ length: count }, (_, i) =>
    customers.slice(i * CUSTOMERS_A_BATCH, (i + 1) * CUSTOMERS_A_BATCH),
  );
}
