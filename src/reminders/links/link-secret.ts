import { randomBytes } from "node:crypto";
import type { Db } from "../../db/open.ts";
import { findSetting } from "../../db/settings.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";

/** The secret that signs links: the first of `LINK_SECRET`, else one made once and kept in the database. */
export async function linkSecret(services: Pick<Services, "settings" | "db">): Promise<string> {
  return (await linkSecrets(services))[0]!;
}

/** All secrets whose links are good: the one that signs, then those from before a change of it. */
export async function linkSecrets({ settings, db }: Pick<Services, "settings" | "db">): Promise<string[]> {
  if (settings.LINK_SECRET) return settings.LINK_SECRET;
  const known = read.get(db) ?? (await keptSecret(db));
  read.set(db, known);
  return [known];
}

/** It never changes once it is made: every page and every guess asks for it. */
const read = new WeakMap<Db, string>();

async function keptSecret(db: Db): Promise<string> {
  const stored = await findSetting<string>(db, "link_secret");
  if (stored) return stored;
  const made = JSON.stringify(randomBytes(32).toString("base64url"));
  // Two processes that start together agree on the one that was first.
  await db.batch([
    {
      sql: "INSERT INTO settings (key, value) VALUES ('link_secret', ?) ON CONFLICT (key) DO NOTHING",
      args: [made],
    },
  ]);
  const kept = await findSetting<string>(db, "link_secret");
  if (!kept) throw new AppError("internal", "the secret of links could not be kept");
  return kept;
}
