import { findDamage } from "../../db/integrity.ts";
import { appliedMigrations, migrate, unknownMigrations } from "../../db/migrate.ts";
import type { Db } from "../../db/open.ts";
import { deleteSettingStatement, findSetting, putSettingStatement } from "../../db/settings.ts";
import { touchWorld } from "../../db/touch.ts";
import type { Stop } from "../../db/world.ts";
import type { Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { findStop } from "../decisions/stop-all.ts";
import { type BrokenLink, type VerifiedLedger, verifyLedger } from "./verify-ledger.ts";

export type Restored = {
  /** When the backup was taken; of a mere copy, when something was last recorded in it. */
  takenAt: Instant;
  /** The migrations that it lacked. */
  migrated: string[];
  ledger: VerifiedLedger & { first: BrokenLink | null };
  stop: Stop;
};

/**
 * Makes a copy of a backup fit to be the database: checked, brought up to date, and with everything stopped, for what was sent
 * after the backup is not on record in it and would be sent twice. Throws `invalid` for what is damaged, none of Dunwell's or a
 * newer one's, `conflict` for a broken ledger unless that is accepted.
 */
export async function prepareRestored(
  services: Pick<Services, "db" | "clock">,
  told: { author: string; despiteBrokenLedger: boolean },
): Promise<Restored> {
  const { db, clock } = services;
  await requireOurs(db);
  const migrated = await migrate(db, clock());
  const takenAt = (await findSetting<Instant>(db, "backup_taken_at")) ?? (await lastRecordedAt(db));
  const ledger = await checkLedger(services, told.despiteBrokenLedger);
  const stop = { at: clock(), author: told.author, reason: reasonOf(takenAt, await findStop({ db })) };
  await db.batch([
    putSettingStatement("stop", stop),
    deleteSettingStatement("backup_taken_at"),
    touchWorld(),
  ]);
  return { takenAt, migrated, ledger, stop };
}

async function requireOurs(db: Db): Promise<void> {
  const damage = await findDamage(db, "whole");
  if (damage) throw new AppError("invalid", `it is damaged: ${damage}`);
  const applied = await appliedMigrations(db);
  if (applied.length === 0) throw new AppError("invalid", "it is no database of Dunwell's");
  const unknown = unknownMigrations(applied);
  if (unknown.length === 0) return;
  throw new AppError("invalid", `a newer Dunwell made it (${unknown.join(", ")}): restore it with that one`);
}

async function checkLedger(
  services: Pick<Services, "db">,
  isBrokenAccepted: boolean,
): Promise<Restored["ledger"]> {
  let first: BrokenLink | null = null;
  const verified = await verifyLedger(services, (link) => {
    first ??= link;
  });
  const broken = first as BrokenLink | null;
  if (broken && !isBrokenAccepted) {
    const { invoice, seq, detail } = broken;
    const where = `first at invoice ${invoice}, entry ${seq}: ${detail}`;
    throw new AppError(
      "conflict",
      `its ledger is broken for ${verified.broken} ${verified.broken === 1 ? "invoice" : "invoices"}, ${where}`,
    );
  }
  return { ...verified, first: broken };
}

async function lastRecordedAt(db: Db): Promise<Instant> {
  const { rows } = await db.client.execute(
    "SELECT max(coalesce((SELECT max(at) FROM ledger), 0), coalesce((SELECT max(started_at) FROM runs), 0)) AS at",
  );
  return Number(rows[0]!.at);
}

function reasonOf(takenAt: Instant, before: Stop | null): string {
  const since = `restored from a backup of ${new Date(takenAt).toISOString().replace(".000Z", "Z")}`;
  const duty = "what was sent, paid and promised since then is not on record: look it up and enter it first";
  const earlier = before ? `; stopped before that by ${before.author}: ${before.reason}` : "";
  return `${since}; ${duty}${earlier}`;
}
