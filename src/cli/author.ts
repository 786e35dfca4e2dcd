import { userInfo } from "node:os";

/** Who the ledger says it was: the person who was named, else the account that runs the command. */
export function author(name?: string): string {
  if (name?.trim()) return `cli:${name.trim()}`;
  try {
    return `cli:${userInfo().username}`;
  } catch {
    // An account without a name, as containers have them.
    return "cli";
  }
}
