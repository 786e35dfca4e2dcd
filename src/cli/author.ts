import { userInfo } from "node:os";

/** Who the ledger says it was: the account that runs the command. */
export function author(): string {
  try {
    return `cli:${userInfo().username}`;
  } catch {
    // An account without a name, as containers have them.
    return "cli";
  }
}
