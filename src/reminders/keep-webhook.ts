import { addAlerts } from "../db/alerts.ts";
import type { Services } from "../services.ts";
import { serviceProblem } from "./service-problem.ts";

export type KeptWebhook = {
  /** The source and the message's own id. */
  id: string;
  source: string;
  /** What it is, as far as that shows, in words that tell nothing of its content. */
  reason: string;
  body: string;
};

/** Keeps what is genuine and cannot be understood, once, and tells whoever runs the service. */
export async function keepWebhook(
  { db, clock, log }: Pick<Services, "db" | "clock" | "log">,
  { id, source, reason, body }: KeptWebhook,
): Promise<void> {
  const at = clock();
  const note = `A message from ${source} was not understood and is kept: ${reason}. Its id is ${id}.`;
  const [kept] = await db.batch([
    {
      sql: `INSERT INTO kept_webhooks (id, source, reason, body, received_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      args: [id, source, reason, body, at],
    },
    addAlerts([serviceProblem(`webhook_kept ${source} ${reason}`, note)], at),
  ]);
  if (kept!.rowsAffected > 0) log("warn", "webhook_kept", { id, source, reason });
}
