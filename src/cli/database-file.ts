import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Whether this is an embedded database that does not exist yet, in a folder that does. */
export function isDatabaseNew(url: string): boolean {
  const path = databasePath(url);
  return path !== null && existsSync(dirname(path)) && !existsSync(path);
}

/** Whether this is an embedded database's file without a byte in it: what a full disk or a copy cut short leaves. */
export function isDatabaseEmptied(url: string): boolean {
  const path = databasePath(url);
  const found = path === null ? undefined : statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size === 0;
}

export function describeEmptied(url: string): string {
  const cure = "`dunwell restore BACKUP --replace` puts a backup in its place, and removing it begins anew";
  return `the database at ${url.split("?")[0]} is a file without content: ${cure}`;
}

/** The address of an embedded database in a folder of its own, removed when the process ends. */
export function createThrowAway(): string {
  const folder = mkdtempSync(join(tmpdir(), "dunwell-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return `file:${join(folder, "empty.db")}`;
}

/** The file of an embedded database; null for a remote one. */
export function databasePath(url: string): string | null {
  if (!url.startsWith("file:")) return null;
  const [path = ""] = url.split("?");
  return path.startsWith("file://") ? fileURLToPath(path) : decodeURIComponent(path.slice("file:".length));
}
