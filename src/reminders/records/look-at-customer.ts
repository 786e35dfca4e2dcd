import { findAskedCustomer } from "../../db/asked-customers.ts";
import type { Standing } from "../../domain/permissions.ts";
import type { Services } from "../../services.ts";
import { findAnswerer } from "../alerts/answer-alert.ts";
import { type CustomerCard, getCustomerCard } from "./get-customer-card.ts";

/** How a customer stands, and as what this Slack user acts for it. Throws `not_found`. */
export async function lookAtCustomer(
  services: Services,
  { ref, userId }: { ref: string; userId: string },
): Promise<{ card: CustomerCard; standings: Standing[] }> {
  const card = await getCustomerCard(services, ref);
  const asked = (await findAskedCustomer(services.db, card.customer.id))!;
  const { standings } = await findAnswerer(services, asked, userId);
  return { card, standings };
}
