import { type AskedCustomer, findAskedCustomer } from "../../db/asked-customers.ts";
import type { CustomerAction } from "../../domain/customer-actions.ts";
import { mayDo } from "../../domain/permissions.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { within } from "../within.ts";
import { type Against, type Answerer, type AnswerOutcome, findAnswerer, refusedBy } from "./answer-alert.ts";
import { settleAlerts } from "./settle-alerts.ts";

export type { AskedCustomer };

/** What somebody does about a customer; `id` is the customer's. */
export type CustomerDeed = { id: string; userId: string; action: CustomerAction };

/** Whether this person may do this about this customer, by the same table as answers to alerts. Throws `not_found`. */
export async function checkDeed(
  services: Services,
  { id, userId, action }: CustomerDeed,
): Promise<{ about: AskedCustomer; answerer: Answerer; against: Against | null }> {
  const about = await findAskedCustomer(services.db, id);
  if (!about) throw new AppError("not_found", `there is no customer ${id}`);
  const answerer = await findAnswerer(services, about, userId);
  return { about, answerer, against: mayDo(action, answerer.standings) ? null : { kind: "forbidden" } };
}

/** Does what somebody pressed, in one transaction; alerts that it settles are settled. What a use case refuses is told in its words. */
export async function actOnCustomer(
  services: Services,
  deed: CustomerDeed,
  act: (services: Services, customer: AskedCustomer, answerer: Answerer) => Promise<void>,
): Promise<AnswerOutcome> {
  const { about, answerer, against } = await checkDeed(services, deed);
  if (against) return against;
  try {
    await services.db.write((tx) => act(within(services, tx), about, answerer));
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "internal") throw error;
    return refusedBy(error);
  }
  await settleAlerts(services, about.id);
  return { kind: "done" };
}
