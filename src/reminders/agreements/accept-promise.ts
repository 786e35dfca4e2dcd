import { formatCivilDay } from "../../domain/civil-date.ts";
import { moved } from "../../domain/moves.ts";
import { lastDayOf, PROMISE_MOVES } from "../../domain/promise.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { tell } from "./case-news.ts";
import { dropHold, requirePayable, writeCase } from "./debtor-case.ts";
import { holdPromise, inState, openPromiseCase, type PromiseOf, storePromises } from "./promise-case.ts";
import { answerOf, notifyPromises, type PromiseAnswer, sharesOf } from "./promise-news.ts";

/**
 * Finance accepts a promise beyond the policy's bounds, with those made together with it: it holds from now on, and the debtor
 * gets it in writing. What was paid meanwhile is no longer promised. Throws `not_found`, and `conflict` for one that does not
 * wait for finance, or whose day is over.
 */
export async function acceptPromise(services: Services, acceptance: PromiseOf): Promise<PromiseAnswer> {
  const at = services.clock();
  return services.db.write(async (tx) => {
    const promiseCase = await openPromiseCase(tx, acceptance, at);
    const { matter } = promiseCase;
    const { today, policy, calendar } = matter.context;
    const promises = inState(promiseCase, acceptance, "asked", "accepted");
    for (const promise of promises) {
      if (promise.on < today) {
        throw new AppError(
          "conflict",
          `${formatCivilDay(promise.on)} is over: decline promise ${promise.id}`,
        );
      }
      const invoice = matter.invoices.find(({ id }) => id === promise.invoiceId)!;
      dropHold(matter, promise.holdId);
      promise.state = moved(PROMISE_MOVES, promise.state, "accepted", `promise ${promise.id}`);
      promise.amountMinor = Math.min(promise.amountMinor, requirePayable(matter, invoice));
      promise.lastDay = lastDayOf(promise.on, policy.promises, calendar);
      holdPromise(matter, promise);
    }
    storePromises(matter, promises);
    notifyPromises(matter, "promise_confirmed", promises, { note: null, sequence: 0 });
    const { id, on } = promises[0]!;
    const shares = sharesOf(matter, promises);
    tell(matter, { kind: "promise_made", to: "owner", about: id, shares, note: [formatCivilDay(on)] });
    await writeCase(tx, matter);
    return answerOf("made", promises);
  });
}
