import { redeliverStatement } from "../../db/webhook-messages.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";

/** Has the next tick send a message again, under its own id. Throws `not_found` where its endpoint is closed, too. */
export async function redeliverMessage(
  { db, clock }: Pick<Services, "db" | "clock">,
  id: string,
): Promise<void> {
  const [again] = await db.batch([redeliverStatement(id, clock())]);
  if (again!.rowsAffected === 0)
    throw new AppError("not_found", `there is no message ${id} to an open endpoint`);
}
