import type { Slack } from "./app.ts";
import { slackErrorCode } from "./failure.ts";

const REMEMBERED_MS = 3_600_000;
const REMEMBERED_PEOPLE = 1_000;

/** `is_stranger`: somebody of another company in a shared channel; the client's types do not know it. */
type FoundUser = { id?: string; deleted?: boolean; is_bot?: boolean; is_stranger?: boolean };
type Known = { userId: string | null; until: number };

/** Finds colleagues in Slack by their e-mail address; null for who is not there, has left, or belongs to another company. */
export function createPeople(slack: Slack) {
  const known = new Map<string, Known>();
  return async function findUser(email: string): Promise<string | null> {
    const key = email.toLowerCase();
    const now = slack.clock();
    const last = known.get(key);
    if (last && now < last.until) return last.userId;
    const userId = await lookUp(slack, key);
    known.delete(key);
    known.set(key, { userId, until: now + REMEMBERED_MS });
    if (known.size > REMEMBERED_PEOPLE) known.delete(known.keys().next().value!);
    return userId;
  };
}

async function lookUp({ client, token, log }: Slack, email: string): Promise<string | null> {
  try {
    const answer = await client.users.lookupByEmail({ token, email });
    const user = answer.user as FoundUser | undefined;
    const isColleague = user?.id && !user.deleted && !user.is_bot && !user.is_stranger;
    return isColleague ? user.id! : null;
  } catch (error) {
    const code = slackErrorCode(error);
    if (code === "users_not_found") return null;
    if (code !== "missing_scope") throw error;
    log("error", "slack_scope_missing", { scope: "users:read.email" });
    return null;
  }
}
