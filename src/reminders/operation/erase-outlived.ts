import { eraseUnmatchedStatements, listUnmatched, readOutlived } from "../../db/erasure.ts";
import { overwriteFreed } from "../../db/open.ts";
import { findSetting, putSettingStatement } from "../../db/settings.ts";
import type { Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { eraseCustomer } from "./erase-customer.ts";

const CUSTOMERS_A_RUN = 200;
const ERASED_A_RUN = 20;
/** With 20 customers some 150 requests to a remote database, and a second of hashing. */
const ENTRIES_A_RUN = 10_000;
const MAILS_A_RUN = 200;
const DAY_MS = 24 * 3600 * 1000;

/**
 * Erases what is personal of customers with whom nothing happened for `RETENTION_DAYS` and nothing is open, and mails of nobody on record
 * that are as old; without that setting nothing is ever erased by itself. Says whether more waits.
 */
export async function eraseOutlived(services: Services): Promise<boolean> {
  const { RETENTION_DAYS: days } = services.settings;
  if (days === undefined) return false;
  const before = services.clock() - days * DAY_MS;
  const areMailsLeft = await eraseUnmatched(services, before);
  return (await eraseCustomers(services, { before, days })) || areMailsLeft;
}

/** Says whether there may be more of them. */
async function eraseUnmatched({ db }: Services, before: Instant): Promise<boolean> {
  const ids = await listUnmatched(db, { before, limit: MAILS_A_RUN });
  if (ids.length === 0) return false;
  await db.write(async (tx) => {
    await overwriteFreed(db, tx);
    await tx.batch(eraseUnmatchedStatements(ids));
  });
  return ids.length === MAILS_A_RUN;
}

/**
 * Looks at 200 customers, from where the last run ended, erases at most 20 and stops once they had 10,000 entries in their ledgers. Says
 * whether more of those it looked at are to be erased.
 */
async function eraseCustomers(
  services: Services,
  { before, days }: { before: Instant; days: number },
): Promise<boolean> {
  const { db } = services;
  const after = (await findSetting<string>(db, "retention_seen")) ?? "";
  const customers = await readOutlived(db, { after, before, limit: CUSTOMERS_A_RUN });
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
