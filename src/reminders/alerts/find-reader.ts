import { lookAfterAny } from "../../db/asked-customers.ts";
import { findCreditor } from "../../db/creditor.ts";
import { isAway } from "../../domain/routing.ts";
import { civilDayAt } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { findColleagueByUser } from "./find-colleagues.ts";

/** A colleague who may look at every customer; `email` is in small letters. */
export type Reader = { email: string; isFinance: boolean; locale: string | null };

/**
 * The colleague behind a Slack user, who looks after a customer, stands in today for somebody who does, or is finance. Null for
 * anybody else, and for people of other companies: what customers owe is not everybody's to know.
 */
export async function findReader(services: Services, userId: string): Promise<Reader | null> {
  const found = await findColleagueByUser(services, userId);
  if (!found) return null;
  const today = civilDayAt(services.clock(), "UTC");
  const { email, locale } = found.colleague;
  const others = found.standsInFor.filter((one) => isAway(one, today)).map((one) => one.email);
  const emails = [email, ...others];
  const financeOwner = (await findCreditor(services.db))?.financeOwner?.toLowerCase();
  const isFinance = emails.some((one) => one === financeOwner);
  const isPart = isFinance || (await lookAfterAny(services.db, emails));
  return isPart ? { email, isFinance, locale } : null;
}
