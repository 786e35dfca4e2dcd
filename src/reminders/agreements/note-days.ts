import type { StoredMoney } from "../../db/tending.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { keptInstalments } from "../../domain/plan.ts";
import { judgePromise } from "../../domain/promise.ts";
import { moneyOfPlan, moneyOfPromise } from "./case-money.ts";
import { tell } from "./case-news.ts";
import type { DebtorCase } from "./debtor-case.ts";
import { together } from "./judge-promises.ts";
import { notifyPlan, storePlan } from "./plan-case.ts";
import { storePromises } from "./promise-case.ts";
import { notifyPromises, sharesOf } from "./promise-news.ts";

/** Has the debtor reminded kindly of promised days and instalments that are near, of what is still to come; a day that has come gets none. */
export function noteDays(matter: DebtorCase, money: StoredMoney): void {
  notePromises(matter, money);
  noteInstalments(matter, money);
}

function notePromises(matter: DebtorCase, money: StoredMoney): void {
  const { recording, context } = matter;
  const due = matter.promises.filter(
    ({ noteAt, endedAt }) => endedAt === null && noteAt !== null && noteAt <= recording.at,
  );
  for (const group of together(due)) {
    for (const promise of group) promise.noteAt = null;
    storePromises(matter, group);
    if (group[0]!.on <= context.today) continue;
    const missing = group.map((promise) => ({
      ...promise,
      amountMinor: judgePromise(moneyOfPromise(matter, money, promise)).missingMinor,
    }));
    notifyPromises(matter, "promise_due", missing);
    const shares = sharesOf(matter, missing);
    const { id, on } = group[0]!;
    tell(matter, { kind: "promise_due", to: "owner", about: id, shares, note: [formatCivilDay(on)] });
  }
}

function noteInstalments(matter: DebtorCase, money: StoredMoney): void {
  const { recording, context } = matter;
  for (const plan of matter.plans) {
    const due = plan.instalments.filter(({ noteAt }) => noteAt !== null && noteAt <= recording.at);
    if (plan.state !== "agreed" || due.length === 0) continue;
    const terms = plan.instalments.map((instalment) => ({ ...instalment, lastDay: context.today }));
    const kept = keptInstalments(terms, moneyOfPlan(matter, money, plan));
    for (const instalment of due) {
      instalment.noteAt = null;
      if (instalment.on <= context.today || instalment.seq <= kept) continue;
      notifyPlan(matter, "instalment_due", plan, {
        on: instalment.on,
        about: `${plan.id} ${instalment.seq}`,
      });
    }
    storePlan(matter, plan);
  }
}
