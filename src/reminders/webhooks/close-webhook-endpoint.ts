import { closeEndpointStatements } from "../../db/webhook-endpoints.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";

/** Tells a system nothing any more, for good. Throws `not_found`. */
export async function closeWebhookEndpoint(
  { db, clock }: Pick<Services, "db" | "clock">,
  { id, author }: { id: string; author: string },
): Promise<void> {
  const [closed] = await db.batch(closeEndpointStatements(id, { at: clock(), author }));
  if (closed!.rowsAffected === 0) throw new AppError("not_found", `there is no open endpoint ${id}`);
}
