import { formatCivilDay } from "../../domain/civil-date.ts";
import { newId } from "../../domain/ids.ts";
import type { ProjectedReminder } from "../../domain/project.ts";
import type { SendLine } from "../sending/run.ts";

/** Projected reminders as the command line prints them: by day, one line an invoice; their ids are for this output only. */
export function toLines(projected: ProjectedReminder[]): SendLine[] {
  const inOrder = [...projected].sort((a, b) => a.on - b.on || a.at - b.at);
  return inOrder.flatMap(({ on, at, reminder, context }) => {
    const id = newId("rem", at);
    return reminder.items.map(
      ({ invoice, stage }): SendLine => ({
        date: formatCivilDay(on),
        invoice: invoice.number,
        customer: context.customer.ref,
        stage,
        action: "send",
        reminder: id,
      }),
    );
  });
}
