import { listTended, type Tended } from "../../db/tending.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { enoughFor, type Worked, workThrough } from "../work-through.ts";
import { loadMoney } from "./case-money.ts";
import { openCase, openCustomerCase, writeCase } from "./debtor-case.ts";
import { judgePlans } from "./judge-plans.ts";
import { judgePromises } from "./judge-promises.ts";
import { noteDays } from "./note-days.ts";
import { askAgain, endUnanswered } from "./unanswered.ts";

const MOST_A_RUN = 500;

/**
 * Has money judge promises and instalments, reminds debtors of days that are near, and people of answers that are overdue. Each
 * customer in a transaction of its own; one that fails is logged and comes again.
 */
export async function tendPromises(
  { db, clock, log }: Services,
  { limit = MOST_A_RUN }: { limit?: number } = {},
): Promise<Worked> {
  const at = clock();
  const most = Math.min(limit, MOST_A_RUN);
  return workThrough(await listTended(db, at, enoughFor(most)), {
    limit: most,
    work: (tended) => tend(db, tended, at),
    onFailed: ({ customerId: customer }, error) => log("error", "promises_failed", { customer, error }),
  });
}

function tend(db: Services["db"], { customerId, numbers }: Tended, at: Instant): Promise<void> {
  const who = { customerId, author: "clock", at };
  return db.write(async (tx) => {
    const matter =
      numbers.length > 0 ? await openCase(tx, { numbers, ...who }) : await openCustomerCase(tx, who);
    const money = await loadMoney(tx, matter);
    judgePromises(matter, money);
    judgePlans(matter, money);
    noteDays(matter, money);
    askAgain(matter, money);
    endUnanswered(matter, money);
    await writeCase(tx, matter);
  });
}
