import { type ColleagueRoute, putAlertsToStatement, putRouteStatement } from "../../db/colleagues.ts";
import { type CivilDay, formatCivilDay } from "../../domain/civil-date.ts";
import { isChannelId } from "../../domain/routing.ts";
import { takeEmail } from "../../domain/taken.ts";
import { civilDayAt } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";

export type RoutedColleague = {
  email: string;
  /** Who stands in, on these days, both included, and may do what the colleague may. */
  away?: { deputy: string; from: CivilDay; until: CivilDay };
  /** Where alerts go while Slack does not know the colleague: the id of the team's channel. */
  channel?: string;
};

type Needs = Pick<Services, "db" | "log" | "clock">;

/**
 * Says who stands in for a colleague and where the team reads, in the place of what was said before; gives what is on record now.
 * Throws `invalid`, where the last day is over too.
 */
export async function routeColleague(
  { db, log, clock }: Needs,
  { email, away, channel, author }: RoutedColleague & { author: string },
): Promise<{ email: string } & ColleagueRoute> {
  if (away) requireComing(away, civilDayAt(clock(), "UTC"));
  const deputyEmail = away ? takeEmail(away.deputy) : null;
  const own = takeEmail(email);
  if (deputyEmail === own) throw new AppError("invalid", "the deputy is somebody else");
  const teamChannel = channel === undefined ? null : requireChannel(channel);
  const route = {
    teamChannel,
    deputyEmail,
    awayFrom: away?.from ?? null,
    awayUntil: away?.until ?? null,
  };
  await db.batch([putRouteStatement(own, route)]);
  log("info", "colleague_routed", { author, hasDeputy: deputyEmail !== null, channel: teamChannel });
  return { email: own, ...route };
}

/**
 * Has what the owner of a customer would read go into a channel or to another colleague; null: to the owner. Throws `not_found`,
 * `invalid`.
 */
export async function routeCustomer(
  { db, log }: Needs,
  { customerRef, to, author }: { customerRef: string; to: string | null; author: string },
): Promise<{ to: string | null }> {
  const reader = to === null || isChannelId(to) ? to : takeEmail(to);
  const [routed] = await db.batch([putAlertsToStatement(customerRef, reader)]);
  if (routed!.rows.length === 0) throw new AppError("not_found", `there is no customer ${customerRef}`);
  log("info", "customer_routed", { author, customer: String(routed!.rows[0]!.id) });
  return { to: reader };
}

function requireComing({ from, until }: { from: CivilDay; until: CivilDay }, today: CivilDay): void {
  const last = formatCivilDay(until);
  if (until < from) throw new AppError("invalid", `until ${last} is before ${formatCivilDay(from)}`);
  if (until < today)
    throw new AppError("invalid", `until ${last} is over; today is ${formatCivilDay(today)}`);
}

function requireChannel(channel: string): string {
  if (isChannelId(channel)) return channel;
  throw new AppError(
    "invalid",
    "a channel is named by its id, like C0123ABCD: it is in its details in Slack",
  );
}
