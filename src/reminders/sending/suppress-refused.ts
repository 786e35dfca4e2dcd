import type { MailOutcome } from "../../ports.ts";
import type { Services } from "../../services.ts";
import { suppressAddress } from "./suppress-address.ts";

/**
 * Addresses that the mail provider refuses for themselves get nothing more, as if mail to them had bounced: the next contact takes
 * over. In a rehearsal they are not the customer's.
 */
export async function suppressRefused(
  services: Services,
  tried: { id: string; outcome: MailOutcome }[],
): Promise<void> {
  if (services.settings.MAIL_REDIRECT_TO) return;
  for (const { id, outcome } of tried) {
    if (outcome.kind !== "accepted" && outcome.kind !== "refused") continue;
    for (const address of outcome.badAddresses ?? []) {
      await suppressAddress(services, { address, reason: "bounce", source: id });
    }
    if (outcome.badAddresses) services.log("warn", "address_refused", { reminder: id });
  }
}
