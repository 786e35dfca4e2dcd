import type { InStatement, ResultSet } from "@libsql/client";
import { readSlots, takeSlots } from "../../db/sending.ts";
import type { SendingState } from "../../domain/sending.ts";
import type { OutgoingMail } from "../../ports.ts";
import type { Services } from "../../services.ts";

/** When mails may leave: from `startsInMs` on, so many recipients a second; null is as fast as they can. */
export type Slots = { perSecond: number | null; startsInMs: number };

/**
 * Takes turns with all other processes, through the database: what one takes is not another's. Without a limit there is nothing to
 * take. `statements` ride with a batch, of whose results `read` understands theirs; `take` is a round trip of its own.
 */
export function createSlots(
  services: Pick<Services, "db" | "mailer" | "settings">,
  sending: SendingState,
): {
  statements(mails: OutgoingMail[]): InStatement[];
  read(results: ResultSet[]): Slots;
  take(mails: OutgoingMail[]): Promise<Slots>;
} {
  const perSecond = rateOf(services, sending);
  const statements = (mails: OutgoingMail[]) => {
    const units = mails.reduce((sum, { to }) => sum + to.length, 0);
    return perSecond === null ? [] : [takeSlots({ units, perSecond })];
  };
  const read = ([taken]: ResultSet[]) => ({ perSecond, startsInMs: taken ? readSlots(taken) : 0 });
  const take = async (mails: OutgoingMail[]) =>
    read(perSecond === null ? [] : await services.db.batch(statements(mails)));
  return { statements, read, take };
}

/** Recipients a second, of all processes together: what the operator set or what the account has, whichever is less. */
export function rateOf(
  { mailer, settings }: Pick<Services, "mailer" | "settings">,
  { quota }: SendingState,
): number | null {
  if (!mailer.quota) return null;
  const ours = settings.SES_MAX_RATE ?? Number.POSITIVE_INFINITY;
  const rate = Math.min(ours, quota?.perSecond ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(rate) ? rate : null;
}
