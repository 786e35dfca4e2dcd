import { link, rename } from "node:fs/promises";
import type { Instant } from "../domain/zone.ts";
import { isThere } from "./whole-file.ts";

/** What SQLite keeps beside a database, and would take for that of another one put in its place. */
export const BESIDE = ["-wal", "-shm"] as const;

/**
 * Keeps a database file, with what stands beside it, under a dated name next to it; the file itself stays until another takes its
 * name. Returns that name, or null where there was nothing.
 */
export async function putAway(path: string, at: Instant): Promise<string | null> {
  const moment = new Date(at).toISOString().slice(0, 19).replaceAll(":", "");
  const kept = await freeName(`${path}.replaced-${moment}Z`);
  for (const ending of BESIDE) await rename(path + ending, kept + ending).catch(ignoreAbsence);
  if (!(await isThere(path))) return null;
  await link(path, kept).catch(() => rename(path, kept));
  return kept;
}

async function freeName(wanted: string): Promise<string> {
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}-${count}`;
    if (!(await isThere(name))) return name;
  }
}

function ignoreAbsence(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
