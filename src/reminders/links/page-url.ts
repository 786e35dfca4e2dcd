import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { LINK_LASTS_MS, signLink } from "./link.ts";

/** The address where people reach us: `PUBLIC_URL`, else where the service listens. */
export function publicUrl(settings: Services["settings"]): string {
  return (settings.PUBLIC_URL ?? `http://${settings.HOST}:${settings.PORT}`).replace(/\/+$/, "");
}

/** The debtor's page, by a link of its own for each mail. */
export function pageUrl(
  settings: Services["settings"],
  { secret, customerId, mailId, at }: { secret: string; customerId: string; mailId: string; at: Instant },
): string {
  const token = signLink(secret, { customerId, reminderId: mailId, expiresAt: at + LINK_LASTS_MS });
  return `${publicUrl(settings)}/p/${token}`;
}
