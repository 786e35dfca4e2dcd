import { parseInstalments } from "../../domain/instalment-lines.ts";
import { decidePlan } from "../../reminders/agreements/decide-plan.ts";
import { ANSWER, decision } from "./decision.ts";

export const agreeToPlan = decision((services, { id, author }) =>
  decidePlan(services, { planId: id, author, decision: "approve" }),
);

/** Agrees to other instalments, starting from those that were asked for. */
export const changePlan = decision(
  (services, { id, author, values: { instalments = "", answer } }) =>
    decidePlan(services, {
      planId: id,
      author,
      decision: "change",
      instalments: parseInstalments(instalments),
      answer,
    }),
  ({ payload }) => [{ id: "instalments", type: "lines", initial: askedLines(payload.note) }, ANSWER],
);

export const declinePlan = decision(
  (services, { id, author, values: { answer } }) =>
    decidePlan(services, { planId: id, author, decision: "decline", answer }),
  [ANSWER],
);

/** What was asked for heads the alert's note: `EUR 300.00 2026-03-13, EUR 700.00 2026-04-10 · …` */
function askedLines(note: string | null): string {
  return (note ?? "").split(" · ")[0]!.replaceAll(", ", "\n");
}
