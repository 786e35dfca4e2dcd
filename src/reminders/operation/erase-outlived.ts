import { readOutlived } from "../../db/erasure.ts";
import { findSetting, putSettingStatement } from "../../db/settings.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { eraseCustomer } from "./erase-customer.ts";

const CUSTOMERS_A_RUN = 200;
const ERASED_A_RUN = 20;
/** With 20 customers some 150 requests to a remote database, and a second of hashing. */
const ENTRIES_A_RUN = 10_000;
const DAY_MS = 24 * 3600 * 1000;

/**
 * Erases what is personal of customers with whom nothing happened for `RETENTION_DAYS` and nothing is open; without that setting
 * nothing is ever erased by itself. A run looks at 200 customers, from where the last one ended, erases at most 20 and stops once they
 * had 10,000 entries in their ledgers. Says whether more of those it looked at are to be erased.
 */
export async function eraseOutlived(services: Services): Promise<boolean> {
  const { db, clock, settings } = services;
  const { RETENTION_DAYS: days } = settings;
  if (days === undefined) return false;
  const after = (await findSetting<string>(db, "retention_seen")) ?? "";
  const page = { after, before: clock() - days * DAY_MS, limit: CUSTOMERS_A_RUN };
  const customers = await readOutlived(db, page);
  const outlived = customers.filter(({ isOutlived }) => isOutlived);
  let entries = 0;
  let done = 0;
  while (done < Math.min(outlived.length, ERASED_A_RUN) && entries < ENTRIES_A_RUN) {
    entries += await erase(services, outlived[done++]!, days);
  }
  const isCut = done < outlived.length;
  const isLast = !isCut && customers.length < CUSTOMERS_A_RUN;
  const seen = isLast ? "" : (isCut ? outlived[done - 1]! : customers.at(-1)!).id;
  await db.batch([putSettingStatement("retention_seen", seen)]);
  return isCut;
}

/** How many entries there were to look at. */
async function erase(services: Services, { id, ref }: { id: string; ref: string }, days: number) {
  const told = { customerRef: ref, because: `retention of ${days} days`, author: "clock" };
  try {
    return (await eraseCustomer(services, told)).entries;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    services.log("error", "erasure_failed", { customer: id, code: error.code });
    return 0;
  }
}
