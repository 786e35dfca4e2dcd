import { addAlerts } from "../db/alerts.ts";
import { type KeptWebhook, keepWebhookStatement } from "../db/kept-webhooks.ts";
import type { Services } from "../services.ts";
import { serviceProblem } from "./service-problem.ts";

/** Keeps what is genuine and cannot be understood, once, and tells whoever runs the service. */
export async function keepWebhook(
  { db, clock, log }: Pick<Services, "db" | "clock" | "log">,
  kept: KeptWebhook,
): Promise<void> {
  const { id, source, reason } = kept;
  const at = clock();
  const note = `A message from ${source} was not understood and is kept: ${reason}. Its id is ${id}.`;
  const [stored] = await db.batch([
    keepWebhookStatement(kept, at),
    addAlerts([serviceProblem(`webhook_kept ${source} ${reason}`, note)], at),
  ]);
  if (stored!.rowsAffected > 0) log("warn", "webhook_kept", { id, source, reason });
}
