import { decidesAs } from "../../domain/permissions.ts";
import type { AskedAlert } from "../../reminders/alerts/answer-alert.ts";
import type { Services } from "../../services.ts";
import type { Field } from "../forms.ts";
import type { AnswerListener, Deed } from "../press.ts";

/** What the customer reads. */
export const ANSWER: Field = { id: "answer", type: "lines", isOptional: true };

type Decision = Pick<Deed, "values"> & { id: string; author: string; by: "owner" | "finance" };

/** An answer to a matter with an id of its own. */
export function decision(
  decide: (services: Services, decision: Decision) => Promise<unknown>,
  fields?: Field[] | ((alert: AskedAlert, services: Services) => Field[]),
): AnswerListener {
  return {
    fields: Array.isArray(fields) ? () => fields : fields,
    async act(services, { alert, answerer: { author, standings }, values }) {
      await decide(services, { id: alert.about!, author, values, by: decidesAs(standings) });
    },
  };
}
