import type { StoredInvoice } from "../../db/invoices.ts";
import type { StoredPromise } from "../../db/promises.ts";
import type { StoredMoney } from "../../db/tending.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { judgedFrom, judgePromise } from "../../domain/promise.ts";
import { amountOf } from "../alerts/alerts-of-plan.ts";
import { moneyOfPromise } from "./case-money.ts";
import { tell } from "./case-news.ts";
import { type DebtorCase, shrinkHold, undisputedMinor } from "./debtor-case.ts";
import { endPromise, storePromises } from "./promise-case.ts";
import { notifyPromises, sharesOf } from "./promise-news.ts";

/**
 * Judges the promises of a case that are to be: by money in full at once, else on payment data newer than the last day. What is
 * void, or disputed as a whole, is nobody's promise any more. Debtor and owner are told of what was made together at once.
 */
export function judgePromises(matter: DebtorCase, money: StoredMoney): void {
  const fresh = matter.freshThrough ?? 0;
  const due = matter.promises.filter(({ judgeAt }) => judgeAt !== null && judgeAt <= fresh);
  if (due.length === 0) return;
  for (const promise of due) judge(matter, money, promise);
  storePromises(matter, due);
  thank(
    matter,
    due.filter(({ state }) => state === "kept"),
  );
  tellBroken(
    matter,
    money,
    due.filter(({ state }) => state === "broken" || state === "partly_kept"),
  );
}

function judge(matter: DebtorCase, money: StoredMoney, promise: StoredPromise): void {
  const invoice = matter.invoices.find(({ id }) => id === promise.invoiceId)!;
  if (invoice.status !== "open") {
    endPromise(matter, promise, "withdrawn", {
      because: `the invoice is ${invoice.status.replace("_", " ")}`,
    });
    return;
  }
  if (promise.state === "asked") {
    promise.judgeAt = null;
    if (invoice.balanceMinor === 0)
      endPromise(matter, promise, "withdrawn", { because: "nothing is left to pay" });
    return;
  }
  const { verdict, missingMinor } = judgePromise(moneyOfPromise(matter, money, promise));
  const overAt = judgedFrom(promise.lastDay, matter.context.calendar.zone);
  if (verdict === "kept") endPromise(matter, promise, "kept");
  else if ((matter.freshThrough ?? 0) < overAt) {
    promise.judgeAt = overAt;
    shrinkHold(matter, promise.holdId, missingMinor);
  } else if (isDisputed(matter, invoice)) {
    endPromise(matter, promise, "withdrawn", { because: "disputed" });
  } else {
    endPromise(matter, promise, verdict, { missing: amountOf(missingMinor, promise.currency) });
  }
}

/** All that is left of it. */
function isDisputed(matter: DebtorCase, invoice: StoredInvoice): boolean {
  const netMinor = matter.context.dues.get(invoice.id)?.netMinor ?? 0;
  return netMinor > 0 && undisputedMinor(matter, invoice) === 0;
}

function thank(matter: DebtorCase, kept: StoredPromise[]): void {
  for (const group of together(kept)) {
    const { id, on } = group[0]!;
    const shares = sharesOf(matter, group);
    notifyPromises(matter, "promise_kept", group);
    tell(matter, { kind: "promise_kept", to: "owner", about: id, shares, note: [formatCivilDay(on)] });
  }
}

/** What came late but came is no task for anybody. */
function tellBroken(matter: DebtorCase, money: StoredMoney, ended: StoredPromise[]): void {
  const owing = ended.filter(({ invoiceId }) =>
    matter.invoices.some(({ id, balanceMinor }) => id === invoiceId && balanceMinor > 0),
  );
  for (const group of together(owing)) {
    const { id, on } = group[0]!;
    const judged = group.map((promise) => {
      const promised = moneyOfPromise(matter, money, promise);
      return { ...promise, cameMinor: promised.paidMinor, amountMinor: judgePromise(promised).missingMinor };
    });
    const shares = sharesOf(matter, judged);
    const told = { to: "owner" as const, about: id, shares, note: [formatCivilDay(on)] };
    const came = sumsOf(judged.map(({ currency, cameMinor }) => ({ currency, minor: cameMinor })));
    const missing = sumsOf(judged.map(({ currency, amountMinor }) => ({ currency, minor: amountMinor })));
    if (came === "") tell(matter, { ...told, kind: "promise_broken" });
    else tell(matter, { ...told, kind: "promise_partly_kept", details: { promised: { came, missing } } });
  }
}

/** `EUR 400.00, USD 10.00`; empty where it comes to nothing. */
function sumsOf(amounts: { currency: string; minor: number }[]): string {
  const byCurrency = Map.groupBy(amounts, ({ currency }) => currency);
  return [...byCurrency]
    .map(([currency, all]) => ({ currency, minor: all.reduce((sum, { minor }) => sum + minor, 0) }))
    .filter(({ minor }) => minor > 0)
    .map(({ currency, minor }) => amountOf(minor, currency))
    .join(", ");
}

/** What was made together and has the same day still. */
export function together(promises: StoredPromise[]): StoredPromise[][] {
  const groups = Map.groupBy(promises, ({ madeWith, on }) => `${madeWith} ${on}`);
  return [...groups.values()];
}
