import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** Whether this is an embedded database that does not exist yet, in a folder that does. */
export function isDatabaseNew(url: string): boolean {
  const path = pathOf(url);
  return path !== null && existsSync(dirname(path)) && !existsSync(path);
}

/** The file of an embedded database; null for a remote one. */
function pathOf(url: string): string | null {
  if (!url.startsWith("file:")) return null;
  const [path = ""] = url.split("?");
  return path.startsWith("file://") ? fileURLToPath(path) : decodeURIComponent(path.slice("file:".length));
}
