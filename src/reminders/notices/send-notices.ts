import { countDueNotices, type DueNotice, dueNoticesQuery, readDueNotices } from "../../db/due-notices.ts";
import { isAnyNoticeLost } from "../../db/notice-outcomes.ts";
import { type NoticeResult, recordNotices } from "../../db/notice-sending.ts";
import { policyOf, readWorld, type World, worldQueries } from "../../db/world.ts";
import { calendarFor } from "../../domain/customer-context.ts";
import { decideNotice } from "../../domain/notice-fate.ts";
import { canSend, phaseOf } from "../../domain/sending.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { linkSecret } from "../links/link-secret.ts";
import { inParallel } from "../sending/in-parallel.ts";
import { learnQuota, waitsForCircuit } from "../sending/sending-limits.ts";
import { rateOf } from "../sending/slots.ts";
import { deliverNotices } from "./deliver-notices.ts";
import { again, cancelled, failed } from "./notice-results.ts";
import { type PreparedNotice, prepareNotice } from "./prepare-notice.ts";
import { settleLostNotices } from "./settle-notices.ts";

export type SendNoticesOptions = {
  /** At most so many in this run; the rest is said to be left. */
  limit?: number;
  /** Only this customer's. */
  customerId?: string;
  /** Once it is aborted no further batch begins. */
  stopping?: AbortSignal;
};

const NOTICES_A_BATCH = 50;
const WRITTEN_AT_ONCE = 4;
/** What is claimed at once leaves well within its lease, however few a second may. */
const ROUND_LASTS_S = 60;
/** Rounds in a row in which others changed what was decided on. */
const MOST_LOST_ROUNDS = 3;

/**
 * Sends the notices that are to leave by now, oldest first, in bounded batches. Safe to run twice at once; while everything is stopped,
 * while nobody said who the creditor is, or while the mail service fails, it sends nothing.
 */
export async function sendNotices(
  services: Services,
  options: SendNoticesOptions = {},
): Promise<{ sent: number; left: number }> {
  const { limit = Number.POSITIVE_INFINITY, customerId, stopping } = options;
  let sent = 0;
  for (let lost = 0; ; ) {
    const at = services.clock();
    const due = await load(services, { at, limit: Math.min(NOTICES_A_BATCH, limit - sent), customerId });
    if (due.isAnyLost && sent === 0) await settleLostNotices(services);
    const { world } = due;
    if (due.notices.length === 0 || sent >= limit || lost === MOST_LOST_ROUNDS || stopping?.aborted)
      return { sent, left: due.left };
    const notices = await mayLeave(services, { world, notices: due.notices, at });
    const round = await sendRound(services, { world, notices, at });
    sent += round.sent;
    lost = round.moved > 0 ? 0 : lost + 1;
    if (notices.length === 0) return { sent, left: due.left };
  }
}

async function load(services: Services, input: { at: Instant; limit: number; customerId?: string }) {
  const shared = worldQueries();
  const results = await services.db.batch(
    [...shared, dueNoticesQuery(input), countDueNotices(input), isAnyNoticeLost(input.at)],
    "read",
  );
  const [due, left, lost] = results.slice(shared.length);
  return {
    world: readWorld(results.slice(0, shared.length)),
    notices: readDueNotices(due!),
    left: Number(left!.rows[0]!.due),
    isAnyLost: Number(lost!.rows[0]!.lost) === 1,
  };
}

type Round = { world: World; notices: DueNotice[]; at: Instant };

/** Those for which the mail service is there: as many as soon leave, none, or the one that finds out whether it is back. */
async function mayLeave(services: Services, { world, notices, at }: Round): Promise<DueNotice[]> {
  if (world.stop || !world.creditor) return [];
  await learnQuota(services, world.sending, at);
  if (!canSend(world.sending, at)) return [];
  const rate = rateOf(services, world.sending) ?? Number.POSITIVE_INFINITY;
  const few = Math.max(1, Math.floor(rate * ROUND_LASTS_S));
  if (phaseOf(world.sending.circuit, at) === "closed") return notices.slice(0, few);
  return (await waitsForCircuit(services, world.sending, at)) === null ? notices.slice(0, 1) : [];
}

async function sendRound(services: Services, round: Round): Promise<{ sent: number; moved: number }> {
  const { notices, world, at } = round;
  if (notices.length === 0) return { sent: 0, moved: 0 };
  const secret = await linkSecret(services);
  const decided = await inParallel(notices, WRITTEN_AT_ONCE, (notice) =>
    decide(services, { notice, world, at, secret }),
  );
  const prepared = decided.filter((one): one is PreparedNotice => "ready" in one);
  const results = decided.filter((one): one is NoticeResult => !("ready" in one));
  await recordNotices(services.db, { from: ["planned"], results, at });
  const delivered = await deliverNotices(services, { prepared, world, at });
  return { sent: delivered.sent, moved: delivered.tried + results.length };
}

type Deciding = { notice: DueNotice; world: World; at: Instant; secret: string };

/** Written and ready to leave, or what else becomes of it. One that cannot be decided on or written keeps no other from leaving. */
async function decide(services: Services, input: Deciding): Promise<PreparedNotice | NoticeResult> {
  const { notice, at } = input;
  try {
    return await follow(services, input);
  } catch (error) {
    const name = error instanceof Error ? error.name : "unknown";
    services.log("error", "notice_unwritable", { notice: notice.id, error: name });
    return failed(notice, at, { because: "unwritable" });
  }
}

async function follow(
  services: Services,
  { notice, world, at, secret }: Deciding,
): Promise<PreparedNotice | NoticeResult> {
  const creditor = world.creditor!;
  const { policy } = policyOf(world, notice.customer.policyName);
  const calendar = calendarFor(notice.customer, policy, { creditorTimezone: creditor.timezone });
  const fate = decideNotice(notice, calendar, at);
  if (fate.action === "cancel") return cancelled(notice, fate.because);
  if (fate.action === "wait") return again(notice, fate.until);
  if (fate.action === "fail") return failed(notice, at, fate);
  const { zone } = calendar;
  return prepareNotice(services, { notice, contacts: fate.to, creditor, zone, secret, at });
}
