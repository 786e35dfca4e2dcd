import { seenStatement } from "../../db/kept-webhooks.ts";
import type { Services } from "../../services.ts";

/** Whether this message from outside comes for the first time; from now on it does not. */
export async function takeOnce({ db, clock }: Pick<Services, "db" | "clock">, id: string): Promise<boolean> {
  const [seen] = await db.batch([seenStatement(id, clock())]);
  return seen!.rowsAffected > 0;
}
