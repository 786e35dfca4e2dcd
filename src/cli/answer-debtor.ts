import { isIdOf } from "../domain/ids.ts";
import { acceptPromise } from "../reminders/agreements/accept-promise.ts";
import { confirmContact } from "../reminders/agreements/confirm-contact.ts";
import { decidePlan } from "../reminders/agreements/decide-plan.ts";
import { declineContact } from "../reminders/agreements/decline-contact.ts";
import { declinePromise } from "../reminders/agreements/decline-promise.ts";
import { confirmByMail } from "../reminders/notices/confirm-by-mail.ts";
import type { CliContext } from "./context.ts";

type Answer = { decision: "approve" | "decline"; author: string; answer?: string };

/** Whether the id is that of something that a debtor asked for: a promise, a plan, another contact. */
export function isOfDebtor(id: string): boolean {
  return isIdOf("prm", id) || isIdOf("pln", id) || isIdOf("con", id);
}

/** Answers what a debtor asked for, and lets the debtor know. */
export async function answerDebtor(context: CliContext, id: string, answer: Answer): Promise<void> {
  const services = await context.services();
  if (isIdOf("prm", id)) await answerPromise(services, id, answer);
  else if (isIdOf("pln", id)) await decidePlan(services, { planId: id, ...answer });
  else if (answer.decision === "approve") await confirmContact(services, { id, author: answer.author });
  else await declineContact(services, { id, author: answer.author });
  await confirmByMail(services);
  const { decision } = answer;
  if (context.json) context.out(JSON.stringify({ id, decision }));
  else context.out(decision === "approve" ? `Approved: ${id}.` : `Declined: ${id}.`);
}

async function answerPromise(
  services: Parameters<typeof acceptPromise>[0],
  promiseId: string,
  { decision, author, answer }: Answer,
): Promise<void> {
  if (decision === "approve") await acceptPromise(services, { promiseId, author });
  else await declinePromise(services, { promiseId, author, answer });
}
