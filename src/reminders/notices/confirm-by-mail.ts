import type { Services } from "../../services.ts";
import { sendNotices } from "./send-notices.ts";

const MOST_AT_ONCE = 20;

/** Sends what was just recorded to the debtor at once; a mail that cannot leave now leaves with the next run of the clock. */
export async function confirmByMail(services: Services): Promise<void> {
  try {
    await sendNotices(services, { limit: MOST_AT_ONCE });
  } catch (error) {
    services.log("error", "notices_failed", { error: error instanceof Error ? error.name : "unknown" });
  }
}
