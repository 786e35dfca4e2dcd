import { putSettingStatement, readSetting, settingQuery } from "../../db/settings.ts";
import { touchWorld, wakeStale } from "../../db/touch.ts";
import type { Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { retryKeptPayments } from "./retry-kept-payments.ts";

/** How far another system's clock may be ahead of ours. */
const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * Notes that payment data is complete up to an instant, tries again the payment events that were kept, and wakes what waited for
 * it. An older word than the one on record changes nothing. Throws `invalid` for an instant that is still to come.
 */
export async function recordFreshness(services: Services, fresh: { through: Instant }): Promise<void> {
  const now = services.clock();
  if (fresh.through > now + CLOCK_SKEW_MS) {
    throw new AppError(
      "invalid",
      "through is still to come; payments can be complete up to now at the latest",
    );
  }
  const through = Math.min(fresh.through, now);
  await retryKeptPayments(services);
  await services.db.write(async (tx) => {
    const before = readSetting<Instant>(await tx.execute(settingQuery("fresh_through")));
    // A word from the future is of a clock that was wrong and has been set back.
    if (before !== undefined && before >= through && before <= now + CLOCK_SKEW_MS) return;
    await tx.batch([putSettingStatement("fresh_through", through), touchWorld(), wakeStale()]);
  });
}
