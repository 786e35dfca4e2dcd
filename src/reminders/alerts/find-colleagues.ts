import type { InStatement } from "@libsql/client";
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

/** A Worker may make 1,000 requests in a run; who is left is looked up in the next, and what is for them waits. */
const LOOK_UPS_A_RUN = 100;

/**
 * Colleagues by e-mail address, with their deputies, as Slack knows them; asked of Slack once a day each. Who is not there, or not
 * any more, is said once. Ends early where Slack does not answer.
 */
export async function findColleagues(
  services: Needs,
  addresses: Iterable<string | null>,
): Promise<Map<string, StoredColleague>> {
  const { chat, clock, db } = services;
  const emails = new Set<string>();
  for (const address of addresses) if (address !== null && !isChannelId(address)) emails.add(address);
  const known = await load(services, emails);
  const deputies = [...emails].flatMap((email) => known.get(email)?.deputyEmail ?? []);
  const asked = [...new Set([...emails, ...deputies])].filter((email) => !isFresh(known.get(email), clock()));
  const statements: InStatement[] = [];
  for (const email of asked.slice(0, LOOK_UPS_A_RUN)) {
    const answer = await chat.findPerson?.({ email });
    if (answer?.kind !== "found") break;
    statements.push(...foundStatements(email, answer.person, clock()));
  }
  if (statements.length === 0) return known;
  await db.batch(statements);
  return load(services, emails);
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
  const { email } = answer.person;
  await services.db.batch(foundStatements(email.toLowerCase(), answer.person, services.clock()));
  return look();
}

function foundStatements(email: string, person: ChatPerson | null, at: Instant): InStatement[] {
  const { userId = null, locale = null, timezone = null } = person ?? {};
  const found = putFoundStatement({ email, userId, locale, timezone }, at);
  return person === null ? [found, addAlerts([missingAlert(email)], at)] : [found];
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
