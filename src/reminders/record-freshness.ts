import type { Instant } from "../domain/zone.ts";
import type { Services } from "../services.ts";

/** Notes that payment data is complete up to an instant, and wakes what waited for it. */
export async function recordFreshness(_services: Services, _fresh: { through: Instant }): Promise<void> {
  throw new Error("not written");
}
