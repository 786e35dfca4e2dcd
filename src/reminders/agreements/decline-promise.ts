import { LONGEST_TEXT, takeLines } from "../../domain/taken.ts";
import type { Services } from "../../services.ts";
import { writeCase } from "./debtor-case.ts";
import { endPromise, inState, openPromiseCase, type PromiseOf, storePromises } from "./promise-case.ts";
import { notifyPromises } from "./promise-news.ts";

/**
 * Finance declines a promise beyond the policy's bounds, with those made together with it; the debtor is told, with the answer
 * where there is one, and the ladder goes on. Throws `not_found`, and `conflict` for one that does not wait for finance.
 */
export async function declinePromise(
  services: Services,
  refusal: PromiseOf & { answer?: string },
): Promise<{ invoices: string[] }> {
  const answer = takeLines("answer", refusal.answer, LONGEST_TEXT);
  const at = services.clock();
  return services.db.write(async (tx) => {
    const promiseCase = await openPromiseCase(tx, refusal, at);
    const { matter } = promiseCase;
    const promises = inState(promiseCase, refusal, "asked", "declined");
    for (const promise of promises) endPromise(matter, promise, "declined", { answer: answer ?? undefined });
    storePromises(matter, promises);
    notifyPromises(matter, "promise_declined", promises, { answer });
    await writeCase(tx, matter);
    return { invoices: promises.map(({ invoiceNumber }) => invoiceNumber) };
  });
}
