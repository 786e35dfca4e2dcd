import { type CivilDay, formatCivilDay } from "../../domain/civil-date.ts";
import type { Services } from "../../services.ts";
import type { Answered } from "./approval-request.ts";
import { keepBack } from "./decline-reminder.ts";

/**
 * Finance keeps a letter back through a day, on which it is asked again the next day that letters leave. Throws as declining does,
 * and `invalid` for a day that is over.
 */
export function postponeReminder(
  services: Services,
  answer: { asked: string; until: CivilDay; reason?: string; author: string },
): Promise<Answered & { heldUntil: CivilDay }> {
  const { reason, until } = answer;
  const postponed = `postponed until after ${formatCivilDay(until)}`;
  return keepBack(services, {
    ...answer,
    reason: reason?.trim() ? `${postponed}: ${reason.trim()}` : postponed,
  });
}
