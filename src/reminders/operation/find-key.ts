import { createHash } from "node:crypto";
import { findKeyByHash, noteUseStatement, type StoredKey } from "../../db/api-keys.ts";
import { civilDayAt } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";

/** How every key begins that we gave out: people recognise it, and so do scanners of what was published by mistake. */
export const KEY_BEGINS = "dw_";

/** What is kept of a key. Its 256 random bits cannot be gone through, so one quick hash does; passwords would want a slow one. */
export function hashOfKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** The key in force that this text is, its use noted once a day; undefined where it is none. */
export async function findKey(
  { db, clock }: Pick<Services, "db" | "clock">,
  text: string,
): Promise<StoredKey | undefined> {
  const key = await findKeyByHash(db, hashOfKey(text));
  const today = civilDayAt(clock(), "UTC");
  if (key && key.lastUsedOn !== today) await db.batch([noteUseStatement(key.id, today)]);
  return key;
}
