import type { StoredPromise } from "../../db/promises.ts";
import { type CivilDay, formatCivilDay } from "../../domain/civil-date.ts";
import { whyBeyond } from "../../domain/promise.ts";
import { LONGEST_NAME, takeLine } from "../../domain/taken.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { tell } from "./case-news.ts";
import { type DebtorCase, requirePayable, writeCase } from "./debtor-case.ts";
import { refuseAmount, refuseDay } from "./make-promise.ts";
import {
  changesOf,
  endPromise,
  inState,
  openPromiseCase,
  type PromiseOf,
  startPromise,
  storePromises,
} from "./promise-case.ts";
import { answerOf, notifyPromises, type PromiseAnswer, sharesOf } from "./promise-news.ts";

export type PromiseChange = PromiseOf & {
  on: CivilDay;
  /** Only for a promise that was made for one invoice. */
  amountMinor?: number;
  name?: string;
  by: "debtor" | "owner" | "finance";
};

/**
 * Moves an open promise, with those made together with it, to another day, and says so to the debtor. Once, but for finance; within
 * the days that the policy allows. Throws `invalid`, `not_found`, and `conflict` for one that has ended or was changed before.
 */
export async function changePromise(services: Services, change: PromiseChange): Promise<PromiseAnswer> {
  const { on, by } = change;
  const at = services.clock();
  return services.db.write(async (tx) => {
    const promiseCase = await openPromiseCase(tx, change, at);
    const { matter } = promiseCase;
    const former = inState(promiseCase, change, "open", "changed");
    if (by !== "finance") refuseBeyond(matter, former, on);
    refuseDay(on, matter.context.today);
    const promises = former.map((promise) =>
      replace(matter, promise, { ...change, isAlone: former.length === 1 }),
    );
    storePromises(matter, [...former, ...promises]);
    const { id, on: formerOn } = former[0]!;
    const shares = sharesOf(matter, promises);
    const note = [`${formatCivilDay(formerOn)} → ${formatCivilDay(on)}`];
    notifyPromises(matter, "promise_changed", promises, {
      formerOn,
      sequence: (await changesOf(tx, id)) + 1,
    });
    if (by !== "owner")
      tell(matter, { kind: "promise_made", to: "owner", about: promises[0]!.id, shares, note });
    await writeCase(tx, matter);
    return answerOf("made", promises);
  });
}

function refuseBeyond({ context }: DebtorCase, former: StoredPromise[], on: CivilDay): void {
  const changed = former.find(({ replaces }) => replaces !== null);
  if (changed) {
    const way = "withdraw it, or ask finance";
    throw new AppError("conflict", `promise ${changed.id} was changed once already: ${way}`);
  }
  const { policy, today } = context;
  const bound = whyBeyond({ on, today, madeBefore: 0, rules: { ...policy.promises, maxPerInvoice: 1 } });
  if (bound) throw new AppError("invalid", bound);
}

function replace(
  matter: DebtorCase,
  former: StoredPromise,
  { on, amountMinor, name, isAlone }: PromiseChange & { isAlone: boolean },
): StoredPromise {
  if (amountMinor !== undefined && !isAlone) {
    throw new AppError("invalid", "a promise for several invoices changes its day only, not its amounts");
  }
  endPromise(matter, former, "changed");
  const invoice = matter.invoices.find(({ id }) => id === former.invoiceId)!;
  const most = requirePayable(matter, invoice);
  const amount = amountMinor ?? Math.min(former.amountMinor, most);
  refuseAmount(invoice, amount, most);
  return startPromise(matter, "open", {
    invoice,
    amountMinor: amount,
    on,
    note: former.note,
    name: takeLine("name", name, LONGEST_NAME) ?? former.name,
    madeWith: former.madeWith,
    replaces: former.id,
  });
}
