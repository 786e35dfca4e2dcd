import type { CivilDay } from "../../domain/civil-date.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { LONGEST_NAME, takeLine } from "../../domain/taken.ts";
import type { Services } from "../../services.ts";
import { tell } from "../agreements/case-news.ts";
import { writeCase } from "../agreements/debtor-case.ts";
import { openTargetCase } from "../agreements/target-case.ts";
import { within } from "../within.ts";
import { setHold } from "./set-hold.ts";

export type TakeOver = {
  customerRef: string;
  /** Who handles the customer from now on. */
  handler: "owner" | "finance";
  /** Whose word it is: an account owner's is a pause within the policy's bounds. */
  by: "owner" | "finance";
  /** The last day; as long as the policy lets anybody pause unless told otherwise. */
  until?: CivilDay;
  reason?: string;
  author: string;
};

/**
 * A person handles a customer instead of us: nothing is sent to it through a day, and the other of owner and finance is told.
 * Ending that hold (`endHold`) hands the customer back. Throws as setting a hold does.
 */
export async function takeOver(services: Services, word: TakeOver): Promise<{ heldUntil: CivilDay }> {
  const { customerRef, handler, by, author } = word;
  const reason = takeLine("reason", word.reason, LONGEST_NAME);
  const at = services.clock();
  return services.db.write(async (tx) => {
    const matter = await openTargetCase(tx, { customerRef }, { author, at });
    const { today, policy } = matter.context;
    const until = word.until ?? today + policy.pauses.maxDays;
    const who = handler === "owner" ? "the account owner handles it" : "finance handles it";
    const hold = { customerRef, until, reason: reason ? `${who}: ${reason}` : who, author, by };
    const { id, changed } = await setHold(within(services, tx), hold);
    if (changed) {
      const details = { heldUntil: formatCivilDay(until) };
      const note = [handler === "owner" ? "owner_handles" : "finance_handles", reason];
      const to = by === "owner" ? "finance" : "owner";
      tell(matter, { kind: "taken_over", to, about: id, shares: [], note, details });
      await writeCase(tx, matter);
    }
    return { heldUntil: until };
  });
}
