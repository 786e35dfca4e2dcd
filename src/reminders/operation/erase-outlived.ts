import { readOutlived } from "../../db/erasure.ts";
import { findSetting, putSettingStatement } from "../../db/settings.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { eraseCustomer } from "./erase-customer.ts";

const CUSTOMERS_A_RUN = 200;
const ERASED_A_RUN = 20;
const DAY_MS = 24 * 3600 * 1000;

/**
 * Erases what is personal of customers with whom nothing happened for `RETENTION_DAYS` and nothing is open; without that setting
 * nothing is ever erased by itself. A run looks at 200 customers, from where the last one ended, and erases at most 20.
 */
export async function eraseOutlived(services: Services): Promise<void> {
  const { db, clock, log, settings } = services;
  const { RETENTION_DAYS: days } = settings;
  if (days === undefined) return;
  const after = (await findSetting<string>(db, "retention_seen")) ?? "";
  const customers = await readOutlived(db, {
    after,
    before: clock() - days * DAY_MS,
    limit: CUSTOMERS_A_RUN,
  });
  const outlived = customers.filter(({ isOutlived }) => isOutlived);
  const now = outlived.slice(0, ERASED_A_RUN);
  for (const { id, ref } of now) {
    try {
      await eraseCustomer(services, {
        customerRef: ref,
        because: `retention of ${days} days`,
        author: "clock",
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log("error", "erasure_failed", { customer: id, code: error.code });
    }
  }
  const isAll = customers.length < CUSTOMERS_A_RUN && now.length === outlived.length;
  const seen = isAll ? "" : (now.length < outlived.length ? now : customers).at(-1)!.id;
  await db.batch([putSettingStatement("retention_seen", seen)]);
}
