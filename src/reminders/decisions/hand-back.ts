import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { endHold } from "./end-hold.ts";
import { loadTarget, ofKind } from "./hold-target.ts";

/**
 * Lets reminders to a customer go on that a person held: finance whoever did it, an account owner what that one did. Throws `not_found`
 * where nothing is held, `conflict` where finance has to.
 */
export async function handBack(
  services: Services,
  word: { customerRef: string; author: string; by: "owner" | "finance" },
): Promise<void> {
  const { customerRef, author, by } = word;
  await services.db.write(async (tx) => {
    const held = ofKind(await loadTarget(tx, { customerRef }), "manual");
    const other = held.find((hold) => hold.author !== author);
    if (by === "owner" && other)
      throw new AppError("conflict", `it was held by ${other.author}: finance decides`);
  });
  await endHold(services, { customerRef, author });
}
