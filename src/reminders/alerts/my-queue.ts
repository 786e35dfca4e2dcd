import { getCreditor } from "../../db/creditor.ts";
import {
  type DatedMoney,
  leftOf,
  type OwingCustomer,
  owingQuery,
  promisedQuery,
  readDatedMoney,
  readOwing,
  readWaiting,
  type WaitingAlert,
  waitingQuery,
} from "../../db/portfolio.ts";
import type { CivilDay } from "../../domain/civil-date.ts";
import { civilDayAt } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";

const MOST_WAITING = 50;
const MOST_CUSTOMERS = 20;
const MOST_PROMISES = 20;
const FAR_AHEAD_DAYS = 366;

export type Queue = {
  /** Questions to this person that nobody has settled, the oldest first. */
  waiting: WaitingAlert[];
  /** The own customers that owe something (finance: all), who has owed the longest first; a row for each currency. */
  customers: OwingCustomer[];
  /** What those promised, and instalments, from today on. */
  promises: DatedMoney[];
  /** How many more there are of each. */
  left: { waiting: number; customers: number; promises: number };
  /** The creditor's civil day. */
  today: CivilDay;
};

/** What one person has to do and to know: an account owner or the finance owner, by e-mail address. */
export async function myQueue({ db, clock }: Pick<Services, "db" | "clock">, person: string): Promise<Queue> {
  const creditor = await getCreditor(db);
  const email = person.trim().toLowerCase();
  const reader = { email, isFinance: creditor.financeOwner?.toLowerCase() === email };
  const from = civilDayAt(clock(), creditor.timezone ?? "UTC");
  const [waiting, customers, promises] = await db.batch(
    [
      waitingQuery(reader, MOST_WAITING),
      owingQuery(reader, MOST_CUSTOMERS),
      promisedQuery(reader, { from, through: from + FAR_AHEAD_DAYS, limit: MOST_PROMISES }),
    ],
    "read",
  );
  return {
    waiting: readWaiting(waiting!),
    customers: readOwing(customers!),
    promises: readDatedMoney(promises!),
    left: { waiting: leftOf(waiting!), customers: leftOf(customers!), promises: leftOf(promises!) },
    today: from,
  };
}
