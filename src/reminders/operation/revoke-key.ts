import { revokeKeyStatement } from "../../db/api-keys.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";

/** Takes a key out of force, from this moment on and for good. Throws `not_found` where none of this name is in force. */
export async function revokeKey(
  { db, clock, log }: Pick<Services, "db" | "clock" | "log">,
  { name, author }: { name: string; author: string },
): Promise<void> {
  const [revoked] = await db.batch([revokeKeyStatement(name, { at: clock(), by: author })]);
  if (revoked!.rowsAffected === 0) throw new AppError("not_found", `no key named ${name} is in force`);
  log("info", "api_key_revoked", { name, author });
}
