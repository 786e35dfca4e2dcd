import { loadByRef } from "../../db/due.ts";
import { newId } from "../../domain/ids.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { projectStored } from "../forecast/forecast.ts";
import { contextNow } from "../forecast/why.ts";
import { letterText } from "./letter-text.ts";

const DAYS_AHEAD = 120;

/**
 * The plain text of the reminder that comes next to a customer, in its language and with the sums and ages of now, for a person to send
 * another way; nothing is recorded. Null where none comes, or where it is a letter that finance has to approve. Throws `not_found`.
 */
export async function writeNextText(services: Services, customerRef: string): Promise<string | null> {
  const { db, clock } = services;
  const at = clock();
  const { world, customers } = await loadByRef(db, customerRef);
  const [stored] = customers;
  if (!stored) throw new AppError("not_found", `there is no customer ${customerRef}`);
  const { creditor } = world;
  const opensOn = Number.NEGATIVE_INFINITY;
  const [next] = projectStored({ stored, world, at, days: DAYS_AHEAD, opensOn });
  if (!creditor || !next) return null;
  const { reminder } = next;
  const { facts: customer, policyName } = stored;
  const context = await contextNow(services, { world, customer, policyName });
  if (context.policy.stages[reminder.stageIndex]!.approval !== null) return null;
  const letter = { id: newId("rem", at), stored, context, reminder, creditor };
  return (await letterText(services, letter)).text;
}
