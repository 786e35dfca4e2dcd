import type { ChatPerson, FoundPerson } from "../ports.ts";
import type { Slack } from "./app.ts";
import { deferredBy, slackErrorCode } from "./failure.ts";

/**
 * `is_stranger`: somebody of another company with whom no channel is shared, which the client's types do not know; who shares one is told
 * by the workspace alone: https://docs.slack.dev/reference/objects/user-object. `is_restricted`: a guest.
 */
type FoundUser = {
  id?: string;
  team_id?: string;
  enterprise_user?: { teams?: string[] };
  deleted?: boolean;
  is_bot?: boolean;
  is_stranger?: boolean;
  is_restricted?: boolean;
  locale?: string;
  tz?: string;
  profile?: { email?: string };
};

/** Finds a colleague in Slack; null for who is not there, has left, is a guest, or belongs to another company. */
export async function findPerson(
  slack: Slack,
  by: { email: string } | { userId: string },
): Promise<FoundPerson> {
  try {
    const userId = "userId" in by ? by.userId : await findUserId(slack, by.email.toLowerCase());
    const user = userId && (await findUser(slack, userId));
    return { kind: "found", person: user ? toPerson(user) : null };
  } catch (error) {
    const code = slackErrorCode(error);
    if (code === "users_not_found" || code === "user_not_found") return { kind: "found", person: null };
    if (code === "missing_scope") slack.log("error", "slack_scope_missing", { scope: "users:read.email" });
    return deferredBy(error);
  }
}

async function findUserId({ client, token }: Slack, email: string): Promise<string | undefined> {
  const answer = await client.users.lookupByEmail({ token, email });
  return answer.user?.id;
}

/** The lookup by address does not tell the language. */
async function findUser(slack: Slack, user: string): Promise<FoundUser | null> {
  const { client, token } = slack;
  const answer = await client.users.info({ token, user, include_locale: true });
  const found = answer.user as FoundUser | undefined;
  const isColleague = found && !found.deleted && !found.is_bot && !found.is_stranger && !found.is_restricted;
  if (!found?.id || !isColleague) return null;
  slack.team ??= (await client.auth.test({ token })).team_id;
  const teams = [found.team_id, ...(found.enterprise_user?.teams ?? [])];
  return teams.includes(slack.team) ? found : null;
}

function toPerson({ id, profile, locale, tz }: FoundUser): ChatPerson {
  return { userId: id!, email: profile?.email ?? null, locale: locale ?? null, timezone: tz ?? null };
}
