import type { CivilDay } from "./civil-date.ts";

/** What is known of a colleague in Slack; `userId` is null for who is not there, or not any more. */
export type Colleague = {
  email: string;
  userId: string | null;
  locale: string | null;
  teamChannel: string | null;
  deputyEmail: string | null;
  awayFrom: CivilDay | null;
  awayUntil: CivilDay | null;
};

/**
 * Where an alert goes: to a person, or into a channel; neither is the fallback channel. `recipient` is the address of the person, the
 * channel's id, or empty.
 */
export type Route = {
  recipient: string;
  userId: string | null;
  channel: string | null;
  locale: string | null;
};

const FALLBACK: Route = { recipient: "", userId: null, channel: null, locale: null };

/** A Slack channel's id, as opposed to an e-mail address. */
export function isChannelId(text: string): boolean {
  return /^[CG][A-Z0-9]{2,}$/.test(text);
}

/** Whether somebody else stands in for the colleague on this day. */
export function isAway({ deputyEmail, awayFrom, awayUntil }: Colleague, today: CivilDay): boolean {
  return deputyEmail !== null && awayFrom! <= today && today <= awayUntil!;
}

/**
 * Where an alert for `toEmail` goes today: what the customer's own route says, else the person, or the deputy while the person is
 * away; the team's channel where Slack knows neither. Null is nobody in particular.
 */
export function routeOf(
  toEmail: string | null,
  colleagues: ReadonlyMap<string, Colleague>,
  today: CivilDay,
): Route {
  if (toEmail === null) return FALLBACK;
  if (isChannelId(toEmail)) return into(toEmail);
  const person = colleagues.get(toEmail);
  if (!person) return FALLBACK;
  const deputy = isAway(person, today) ? colleagues.get(person.deputyEmail!) : undefined;
  const reader = deputy?.userId ? deputy : person;
  const { email, userId, locale } = reader;
  if (userId) return { recipient: email, userId, channel: null, locale };
  return person.teamChannel ? into(person.teamChannel) : FALLBACK;
}

function into(channel: string): Route {
  return { ...FALLBACK, recipient: channel, channel };
}
