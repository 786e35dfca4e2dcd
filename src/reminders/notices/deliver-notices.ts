import { claimNotices, recordNotices } from "../../db/notice-sending.ts";
import { tooLateFrom } from "../../db/reminders.ts";
import type { World } from "../../db/world.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { deliver } from "../sending/deliver.ts";
import { settleDelivery } from "../sending/sending-limits.ts";
import { createSlots } from "../sending/slots.ts";
import { suppressRefused } from "../sending/suppress-refused.ts";
import { resultOfSending } from "./notice-results.ts";
import type { PreparedNotice } from "./prepare-notice.ts";

/**
 * Claims written notices, sends those whose facts still hold, and records what became of them. What changed meanwhile is not sent; the
 * next round decides anew. `tried` counts those that were claimed.
 */
export async function deliverNotices(
  services: Services,
  { prepared, world, at }: { prepared: PreparedNotice[]; world: World; at: Instant },
): Promise<{ sent: number; tried: number }> {
  const { db, mailer, clock, log, settings } = services;
  if (prepared.length === 0) return { sent: 0, tried: 0 };
  const slots = createSlots(services, world.sending);
  const { claimed, besides } = await claimNotices(db, {
    notices: prepared.map(({ ready }) => ready),
    worldVersion: world.version,
    at,
    besides: slots.statements(prepared.map(({ mail }) => mail)),
  });
  const leaving = prepared.filter(({ ready }) => claimed.has(ready.id));
  if (leaving.length === 0) return { sent: 0, tried: 0 };
  const mails = leaving.map(({ mail }) => mail);
  const { take: takeSlots } = slots;
  const { sending } = world;
  const delivery = await deliver(mailer, {
    mails,
    isInTime: () => clock() < tooLateFrom(at),
    slots: slots.read(besides),
    takeSlots,
    sending,
  });
  const tried = leaving.map((one, i) => ({ ...one, outcome: delivery.outcomes[i]! }));
  await suppressRefused(
    services,
    tried.map(({ mail, outcome }) => ({ id: mail.id, outcome })),
  );
  const isRehearsal = settings.MAIL_REDIRECT_TO !== undefined;
  const results = tried.map(({ notice, tooLarge, ready: { recipients: to, message }, outcome }) => {
    const { sha256 } = message;
    return resultOfSending(notice, outcome, { at: clock(), to, sha256, isRehearsal, tooLarge });
  });
  const settled = settleDelivery(world, { delivery, mails, at: clock() });
  await recordNotices(db, {
    from: ["sending", "unknown"],
    results,
    at: clock(),
    besides: settled.statements,
  });
  const sent = results.filter(({ state }) => state === "sent").length;
  log("info", "notices", { tried: tried.length, sent });
  return { sent, tried: tried.length };
}
