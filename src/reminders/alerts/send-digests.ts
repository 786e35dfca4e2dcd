import { agingQueries, toAging } from "../../db/aging.ts";
import { addAlerts, type NewAlert } from "../../db/alerts.ts";
import {
  claimDigest,
  type DigestReader,
  digestFact,
  formerDigestQuery,
  listDigestReaders,
  markDigested,
  newsQuery,
  readFormerDigest,
  readNews,
} from "../../db/digests.ts";
import {
  type DatedMoney,
  fallingDueQuery,
  leftOf,
  promisedQuery,
  type Reader,
  readDatedMoney,
  readWaiting,
  waitingQuery,
} from "../../db/portfolio.ts";
import { readWorld, type World, worldQueries } from "../../db/world.ts";
import type { AlertKind } from "../../domain/alert.ts";
import { type Calendar, createCalendar } from "../../domain/calendar.ts";
import { type CivilDay, formatCivilDay, parseCivilDay } from "../../domain/civil-date.ts";
import { type Digest, type DigestLine, digestDay, hasNews } from "../../domain/digest.ts";
import { civilDayAt, type Instant, isZone } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { enoughFor, type Worked, workThrough } from "../work-through.ts";
import { amountOf } from "./alerts-of-plan.ts";

const PEOPLE_A_RUN = 100;
const MOST_NEWS = 500;
const MOST_LINES = 15;
const WEEK = 7;
/** Comparing goes back at most so far: on days without news there was no digest. */
const OLDEST_FORMER_DAYS = 20;

/**
 * Tells each account owner and the finance owner once a working morning, where they are, what is new, due and waiting; nobody whose
 * digest would say nothing. Routine news goes with it. One that fails is logged and comes with the next run.
 */
export async function sendDigests(
  services: Services,
  { limit = PEOPLE_A_RUN }: { limit?: number } = {},
): Promise<Worked> {
  const { db, clock, log } = services;
  const at = clock();
  const most = Math.min(limit, PEOPLE_A_RUN);
  const readers = await listDigestReaders(db, at, enoughFor(most));
  if (readers.length === 0) return { isCut: false, failed: 0 };
  const world = readWorld(await db.batch(worldQueries(), "read"));
  return workThrough(readers, {
    limit: most,
    work: (reader) => sendDigest(services, { reader, world, at }),
    onFailed: (_, error) => log("error", "digest_failed", { error }),
  });
}

async function sendDigest(
  services: Services,
  { reader, world, at }: { reader: DigestReader; world: World; at: Instant },
): Promise<void> {
  const { digestAt } = reader;
  const { on, nextAt } = digestDay({ digestAt, at, calendar: calendarOf(reader, world) });
  const made = on === null ? null : await digestFor(services, { email: reader.email, on, world });
  await services.db.write(async (tx) => {
    const { rows } = await tx.execute(claimDigest(reader, nextAt));
    if (rows.length === 0 || made === null || !hasNews(made.digest)) return;
    await tx.batch([addAlerts([alertOf(reader.email, made.digest)], at), markDigested(made.newsIds, at)]);
  });
}

function calendarOf({ timezone }: DigestReader, { creditor, policies }: World): Calendar {
  const zone = timezone !== null && isZone(timezone) ? timezone : (creditor?.timezone ?? "UTC");
  const rules = policies.get("standard")!.policy.calendar;
  return createCalendar({ rules, zone, country: creditor?.country ?? null });
}

function alertOf(email: string, digest: Digest): NewAlert {
  return {
    fact: digestFact(email, digest.on),
    kind: "digest",
    customerId: null,
    invoiceId: null,
    toEmail: email,
    payload: { customer: null, invoices: digest.sent, note: null, details: { digest } },
  };
}

/** What this person's digest of a day says, and the ids of the news in it. The cost follows what the person's customers owe. */
async function digestFor(
  { db }: Pick<Services, "db">,
  { email, on, world }: { email: string; on: CivilDay; world: World },
): Promise<{ digest: Digest; newsIds: string[] }> {
  const financeOwner = world.creditor?.financeOwner ?? null;
  const reader: Reader = { email, isFinance: financeOwner?.toLowerCase() === email };
  const spellings = reader.isFinance ? [email, financeOwner!] : [email];
  const daysAgo = (days: number) => formatCivilDay(on - days);
  const [news, due, promised, waiting, former, ...aging] = await db.batch(
    [
      newsQuery(spellings, MOST_NEWS),
      fallingDueQuery(reader, { from: on, through: on + WEEK - 1, limit: MOST_LINES }),
      promisedQuery(reader, { from: on, through: on, limit: MOST_LINES }),
      waitingQuery(reader, MOST_LINES),
      formerDigestQuery(email, { from: daysAgo(OLDEST_FORMER_DAYS), through: daysAgo(WEEK) }),
      ...agingQueries(on, reader.isFinance ? null : email),
    ],
    "read",
  );
  const stored = readNews(news!);
  const digest: Digest = {
    on: formatCivilDay(on),
    sent: stored.filter(({ kind }) => kind === "reminder_sent").flatMap(({ payload }) => payload.invoices),
    news: stored
      .filter(({ kind }) => kind !== "reminder_sent")
      .map(({ kind, payload }) => ({
        kind: kind as AlertKind,
        customer: payload.customer?.name ?? null,
        invoices: payload.invoices,
      })),
    dueThisWeek: readDatedMoney(due!).map(lineOf),
    dueMore: leftOf(due!),
    promises: readDatedMoney(promised!).map(lineOf),
    promisesMore: leftOf(promised!),
    waiting: readWaiting(waiting!).map(({ kind, payload, createdAt }) => ({
      kind: kind as AlertKind,
      customer: payload.customer?.name ?? null,
      numbers: payload.invoices.map(({ number }) => number),
      daysOverdue: Math.max(
        0,
        ...payload.invoices.map(({ dueOn }) => on - (parseCivilDay(dueOn ?? "") ?? on)),
      ),
      since: formatCivilDay(civilDayAt(createdAt, world.creditor?.timezone ?? "UTC")),
    })),
    waitingMore: leftOf(waiting!),
    aging: toAging(aging).map(({ currency, buckets, totalMinor }) => ({ currency, buckets, totalMinor })),
    lastWeek: formerTotals(readFormerDigest(former!)),
  };
  return { digest, newsIds: stored.map(({ id }) => id) };
}

function lineOf({ on, customer, number, currency, amountMinor }: DatedMoney): DigestLine {
  return { on: formatCivilDay(on), customer, number, amount: amountOf(amountMinor, currency) };
}

function formerTotals(former: Digest | null): Digest["lastWeek"] {
  if (former === null) return null;
  const totals = former.aging.map(({ currency, totalMinor }) => [currency, totalMinor] as const);
  return { on: former.on, totals: Object.fromEntries(totals) };
}
