import { revokeKeyStatement } from "../../db/api-keys.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";

/**
 * Takes a key out of force, and those that were made with it, from this moment on and for good. Returns how many these are together.
 * Throws `not_found` where none of this name is in force.
 */
export async function revokeKey(
  { db, clock, log }: Pick<Services, "db" | "clock" | "log">,
  { name, author }: { name: string; author: string },
): Promise<{ keys: number }> {
  const [ended] = await db.batch([revokeKeyStatement(name, { at: clock(), by: author })]);
  const keys = ended!.rowsAffected;
  if (keys === 0) throw new AppError("not_found", `no key named ${name} is in force`);
  log("info", "api_key_revoked", { name, author, keys });
  return { keys };
}
