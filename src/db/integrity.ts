import { AppError } from "../errors.ts";
import { DAMAGED, type Db, isDamage } from "./open.ts";

/** Larger files are not looked through in passing: that would take longer than anybody waits. */
const LARGEST_QUICK_BYTES = 2 ** 30;

/**
 * Looks through an embedded database's file for damage: `quick` leaves out indexes, and files of more than 1 GB. Answers what is
 * wrong, in SQLite's words, or null.
 */
export async function findDamage(db: Db, how: "quick" | "whole"): Promise<string | null> {
  try {
    if (how === "quick" && (await sizeOf(db)) > LARGEST_QUICK_BYTES) return null;
    const { rows } = await db.client.execute(
      `PRAGMA ${how === "quick" ? "quick_check" : "integrity_check"}(1)`,
    );
    const said = String(Object.values(rows[0]!)[0]);
    return said === "ok" ? null : said.replace(/\s+/g, " ").replaceAll("*** in database main *** ", "");
  } catch (error) {
    if (isDamage(error)) return "it cannot be read";
    throw error;
  }
}

/** Throws AppError `unavailable` where a quick look finds an embedded database's file damaged. */
export async function requireSound(db: Db): Promise<void> {
  const damage = await findDamage(db, "quick");
  if (damage) throw new AppError("unavailable", `${DAMAGED} (${damage})`, { retry: false });
}

async function sizeOf({ client }: Db): Promise<number> {
  const { rows } = await client.execute(
    "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()",
  );
  return Number(rows[0]!.bytes);
}
