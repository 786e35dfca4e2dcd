import { sendNotices } from "../../reminders/notices/send-notices.ts";
import type { Services } from "../../services.ts";

/** Sends what this customer is to get now; what cannot leave leaves with the next run of the clock, and no page fails for it. */
export async function mailAtOnce(services: Services, customerId: string): Promise<void> {
  try {
    await sendNotices(services, { customerId });
  } catch (error) {
    services.log("error", "notices_failed", { error });
  }
}
