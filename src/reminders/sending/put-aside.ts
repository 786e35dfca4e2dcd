import { addAlerts } from "../../db/alerts.ts";
import { forgetKeptStatements, keepWebhookStatement, listKept } from "../../db/kept-webhooks.ts";
import { postponeLooks } from "../../db/looks.ts";
import { touchCustomers } from "../../db/touch.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { civilDayAt } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { serviceProblem } from "../alerts/service-problem.ts";

const ASIDE_MS = 24 * 3600 * 1000;
const WHY = "the work on it ended without an answer, again and again";

/**
 * Puts a message of the queue aside that failed for good, and its customers for a day, so that they keep nobody waiting; whoever
 * runs the service is told once a day. Without customers it was a ring of the clock, which the next one makes good.
 */
export async function putAside(
  { db, clock, log }: Pick<Services, "db" | "clock" | "log">,
  { id, customers }: { id: string; customers: string[] },
): Promise<void> {
  const at = clock();
  const note =
    customers.length > 0
      ? `What customer ${customers.join(", ")} owes could not be worked on: it is put aside for a day. Once mended, \`dunwell replay\` takes it up at once.`
      : "A run of the clock could not be done; the next one tries anew.";
  const kept = {
    id: `queue ${id}`,
    source: "queue" as const,
    reason: WHY,
    body: JSON.stringify({ customers }),
  };
  const today = formatCivilDay(civilDayAt(at, "UTC"));
  await db.batch([
    ...(customers.length > 0
      ? [keepWebhookStatement(kept, at), postponeLooks(customers, at + ASIDE_MS)]
      : []),
    addAlerts([serviceProblem(`queue_dead ${customers.length > 0 ? "batch" : "tick"} ${today}`, note)], at),
  ]);
  log("error", "put_aside", { message: id, customers });
}

const MOST_AT_ONCE = 1000;

/** Has the next tick look at all that was put aside. Returns how many messages these were. */
export async function replay({ db, clock }: Pick<Services, "db" | "clock">): Promise<{ replayed: number }> {
  for (let replayed = 0; ; ) {
    const kept = await listKept(db, "queue", MOST_AT_ONCE);
    if (kept.length === 0) return { replayed };
    const customers = kept.flatMap(({ body }) => (JSON.parse(body) as { customers: string[] }).customers);
    await db.batch([
      ...touchCustomers(customers, clock()),
      ...kept.flatMap(({ id }) => forgetKeptStatements(id)),
    ]);
    replayed += kept.length;
  }
}
