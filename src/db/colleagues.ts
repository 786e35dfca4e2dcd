import type { InStatement, ResultSet, Row } from "@libsql/client";
import { type Colleague, isChannelId } from "../domain/routing.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

export type StoredColleague = Colleague & { lookedUpAt: Instant | null };

/** Colleagues by e-mail address, with those who stand in for them. */
export function colleaguesQuery(emails: Iterable<string>): InStatement {
  return {
    sql: `SELECT * FROM owners WHERE email IN (SELECT value FROM json_each(?1))
            OR email IN (SELECT deputy_email FROM owners WHERE email IN (SELECT value FROM json_each(?1)))`,
    args: [JSON.stringify([...new Set(emails)])],
  };
}

/** The colleague with this id in Slack, and everybody for whom that one stands in. */
export function colleagueByUserQuery(userId: string): InStatement {
  return {
    sql: `SELECT * FROM owners WHERE slack_user_id = ?1
            OR deputy_email IN (SELECT email FROM owners WHERE slack_user_id = ?1) ORDER BY slack_user_id = ?1 DESC`,
    args: [userId],
  };
}

export function readColleagues({ rows }: ResultSet): StoredColleague[] {
  return rows.map(readColleague);
}

function readColleague(row: Row): StoredColleague {
  return {
    email: String(row.email),
    userId: row.slack_user_id as string | null,
    locale: row.slack_locale as string | null,
    teamChannel: row.team_channel as string | null,
    deputyEmail: row.deputy_email as string | null,
    awayFrom: row.away_from as number | null,
    awayUntil: row.away_until as number | null,
    lookedUpAt: row.looked_up_at as number | null,
  };
}

/** What Slack says of a colleague; a time zone that was set by hand stays. */
export function putFoundStatement(
  found: { email: string; userId: string | null; locale: string | null; timezone: string | null },
  at: Instant,
): InStatement {
  return {
    sql: `INSERT INTO owners (email, slack_user_id, slack_locale, timezone, looked_up_at) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (email) DO UPDATE SET slack_user_id = excluded.slack_user_id, looked_up_at = excluded.looked_up_at,
            slack_locale = coalesce(excluded.slack_locale, slack_locale), timezone = coalesce(timezone, excluded.timezone)`,
    args: [found.email, found.userId, found.locale, found.timezone, at],
  };
}

/** The channels into which alerts are routed. */
export async function listChannels(db: Db): Promise<string[]> {
  const { rows } =
    await db.client.execute(`SELECT team_channel AS id FROM owners WHERE team_channel IS NOT NULL
    UNION SELECT alerts_to FROM customers WHERE alerts_to IS NOT NULL ORDER BY 1`);
  return rows.map(({ id }) => String(id)).filter(isChannelId);
}

/** Who stands in for a colleague, and where alerts go while Slack does not know that one. */
export function putRouteStatement(email: string, route: ColleagueRoute): InStatement {
  return {
    sql: `INSERT INTO owners (email, team_channel, deputy_email, away_from, away_until) VALUES (?1, ?2, ?3, ?4, ?5)
          ON CONFLICT (email) DO UPDATE SET team_channel = ?2, deputy_email = ?3, away_from = ?4, away_until = ?5`,
    args: [email, route.teamChannel, route.deputyEmail, route.awayFrom, route.awayUntil],
  };
}

export type ColleagueRoute = Pick<Colleague, "teamChannel" | "deputyEmail" | "awayFrom" | "awayUntil">;

/** Where alerts of this customer go instead of to its owner; null: to the owner. */
export function putAlertsToStatement(customerRef: string, to: string | null): InStatement {
  return { sql: "UPDATE customers SET alerts_to = ? WHERE ref = ? RETURNING id", args: [to, customerRef] };
}
