import { putCallStatement, sameCallQuery } from "../../db/calls.ts";
import { promisedShares } from "../../domain/call.ts";
import { type CivilDay, formatCivilDay } from "../../domain/civil-date.ts";
import { newId } from "../../domain/ids.ts";
import { LONGEST_NAME, LONGEST_TEXT, takeLine, takeLines } from "../../domain/taken.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import type { HoldTarget } from "../decisions/hold-target.ts";
import { enter, touch } from "../recording.ts";
import { within } from "../within.ts";
import { type DebtorCase, enterEverywhere, writeCase } from "./debtor-case.ts";
import { makePromise, type PromiseRequest } from "./make-promise.ts";
import type { PromiseAnswer } from "./promise-news.ts";
import { openTargetCase } from "./target-case.ts";

/** A call about one invoice, or all that a customer owes. */
export type CallLog = HoldTarget & {
  /** Who was spoken to. */
  person: string;
  said: string;
  /** The customer's civil day; today unless told otherwise. */
  on?: CivilDay;
  /** What was promised; without an amount (minor units) all that is left of the invoice, or of the customer's all that is due by then. */
  promise?: { on: CivilDay; amountMinor?: number };
  author: string;
  by: "owner" | "finance";
};

/**
 * Logs a call with a customer: it counts as a contact and settles the task to call. What was promised is recorded as a promise and
 * confirmed to the debtor in writing, or nothing is recorded. Logged twice it is one call. Throws `invalid` without a
 * person or words, or for a day to come; as making a promise does; `not_found`.
 */
export async function logCall(
  services: Services,
  call: CallLog,
): Promise<{ id: string; changed: boolean; customer: string; on: CivilDay; promise: PromiseAnswer | null }> {
  const person = takeLine("person", call.person, LONGEST_NAME);
  if (person === null) throw new AppError("invalid", "person is empty; write who was spoken to");
  const said = takeLines("said", call.said, LONGEST_TEXT);
  if (said === null) throw new AppError("invalid", "said is empty; write what was said");
  const { author } = call;
  const at = services.clock();
  return services.db.write(async (tx) => {
    const matter = await openTargetCase(tx, call, { author, at });
    const { recording, context, stored, invoices } = matter;
    const on = call.on ?? context.today;
    if (on > context.today) throw new AppError("invalid", `${formatCivilDay(on)} is to come: log what was`);
    const told = {
      customerId: stored.facts.id,
      invoiceId: invoices[0]?.id ?? null,
      on,
      person,
      said,
      author,
    };
    const answer = { customer: stored.facts.ref, on };
    const [same] = (await tx.execute(sameCallQuery(told))).rows;
    if (same) return { id: String(same.id), changed: false, ...answer, promise: null };
    const id = newId("cal", at);
    const entry = { call: id, on: formatCivilDay(on), name: person, text: said };
    if (told.invoiceId === null) enterEverywhere(matter, "call_logged", entry);
    else enter(recording, told.invoiceId, "call_logged", entry);
    touch(recording, told.customerId);
    matter.statements.push(putCallStatement({ id, ...told, at }));
    await writeCase(tx, matter);
    const promise = call.promise
      ? await makePromise(within(services, tx), promiseOf(matter, call, person))
      : null;
    return { id, changed: true, ...answer, promise };
  });
}

function promiseOf(
  { context, invoices }: DebtorCase,
  { promise, said, author, by }: CallLog,
  name: string,
): PromiseRequest {
  const { on, amountMinor } = promise!;
  const request = { on, note: said, name, author, by };
  if (invoices[0]) return { ...request, invoices: [{ number: invoices[0].number, amountMinor }] };
  const shares = promisedShares(context, { on, amountMinor });
  const sum = shares.reduce((total, share) => total + share.amountMinor, 0);
  if (new Set(shares.map(({ currency }) => currency)).size !== 1 || sum < (amountMinor ?? 0)) {
    const which = `what is due by ${formatCivilDay(on)} is not in one currency, or less than that`;
    throw new AppError("invalid", `${which}: name the invoice that is promised`);
  }
  return { ...request, invoices: shares };
}
