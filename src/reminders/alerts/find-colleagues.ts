import { addAlerts } from "../../db/alerts.ts";
import {
  colleagueByUserQuery,
  colleaguesQuery,
  putFoundStatement,
  readColleagues,
  type StoredColleague,
} from "../../db/colleagues.ts";
import { DAY_MS } from "../../domain/civil-date.ts";
import { isChannelId } from "../../domain/routing.ts";
import type { Instant } from "../../domain/zone.ts";
import type { ChatPerson } from "../../ports.ts";
import type { Services } from "../../services.ts";

type Needs = Pick<Services, "db" | "chat" | "clock">;

/**
 * Colleagues by e-mail address, with their deputies, as Slack knows them; asked of Slack once a day each. Who is not there, or not
 * any more, is said once. Ends early where Slack does not answer: `waitsMs` says for how long, null where it is not known.
 */
export async function findColleagues(
  services: Needs,
  addresses: Iterable<string | null>,
): Promise<{ known: Map<string, StoredColleague>; waitsMs?: number | null }> {
  const emails = new Set<string>();
  for (const address of addresses) if (address !== null && !isChannelId(address)) emails.add(address);
  let known = await load(services, emails);
  const deputies = [...emails].flatMap((email) => known.get(email)?.deputyEmail ?? []);
  for (const email of new Set([...emails, ...deputies])) {
    if (isFresh(known.get(email), services.clock())) continue;
    const answer = await services.chat.findPerson?.({ email });
    if (!answer) break;
    if (answer.kind === "deferred") return { known, waitsMs: answer.retryAfterMs };
    await keep(services, email, answer.person);
    known = await load(services, emails);
  }
  return { known };
}

async function load({ db }: Needs, emails: Set<string>): Promise<Map<string, StoredColleague>> {
  const [found] = await db.batch([colleaguesQuery(emails)], "read");
  return new Map(readColleagues(found!).map((colleague) => [colleague.email, colleague]));
}

function isFresh(colleague: StoredColleague | undefined, at: Instant): boolean {
  return (colleague?.lookedUpAt ?? null) !== null && at < colleague!.lookedUpAt! + DAY_MS;
}

/** The colleague behind a Slack user, and for whom that one may stand in; undefined for somebody who is none. */
export async function findColleagueByUser(
  services: Needs,
  userId: string,
): Promise<{ colleague: StoredColleague; standsInFor: StoredColleague[] } | undefined> {
  const look = async () => {
    const [found] = await services.db.batch([colleagueByUserQuery(userId)], "read");
    const [colleague, ...standsInFor] = readColleagues(found!);
    return colleague?.userId === userId ? { colleague, standsInFor } : undefined;
  };
  const stored = await look();
  if (isFresh(stored?.colleague, services.clock())) return stored;
  const answer = await services.chat.findPerson?.({ userId });
  if (answer?.kind !== "found") return stored;
  if (!answer.person?.email) return undefined;
  await keep(services, answer.person.email.toLowerCase(), answer.person);
  return look();
}

async function keep({ db, clock }: Needs, email: string, person: ChatPerson | null): Promise<void> {
  const at = clock();
  const { userId = null, locale = null, timezone = null } = person ?? {};
  const statements = [putFoundStatement({ email, userId, locale, timezone }, at)];
  if (person === null) statements.push(addAlerts([missingAlert(email)], at));
  await db.batch(statements);
}

function missingAlert(email: string) {
  return {
    fact: `owner_missing ${email}`,
    kind: "owner_missing" as const,
    customerId: null,
    invoiceId: null,
    toEmail: null,
    payload: { customer: null, invoices: [], note: email },
  };
}
