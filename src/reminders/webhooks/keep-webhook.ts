import { addAlerts } from "../../db/alerts.ts";
import { findCreditor } from "../../db/creditor.ts";
import { type KeptWebhook, keepWebhookStatement } from "../../db/kept-webhooks.ts";
import { DAY_MS } from "../../domain/civil-date.ts";
import type { Services } from "../../services.ts";
import { serviceProblem } from "../alerts/service-problem.ts";

/** Keeps what is genuine and that no rule settles, once; tells whoever runs the service, or finance of money, once a day for each reason. */
export async function keepWebhook(
  { db, clock, log }: Pick<Services, "db" | "clock" | "log">,
  kept: KeptWebhook,
): Promise<void> {
  const { id, source, reason } = kept;
  const at = clock();
  const toEmail = source === "stripe_event" ? ((await findCreditor(db))?.financeOwner ?? null) : null;
  const note = `A message from ${source} is kept for a person: ${reason}. Its id is ${id}.`;
  const fact = `webhook_kept ${source} ${reason} ${Math.floor(at / DAY_MS)}`;
  const [stored] = await db.batch([
    keepWebhookStatement(kept, at),
    addAlerts([{ ...serviceProblem(fact, note), toEmail }], at),
  ]);
  if (stored!.rowsAffected > 0) log("warn", "webhook_kept", { id, source, reason });
}
