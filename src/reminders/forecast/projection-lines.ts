import { newId } from "../../domain/ids.ts";
import type { ProjectedReminder } from "../../domain/project.ts";
import { type Send, sendsOf } from "../sending/send-line.ts";

/** Projected reminders as the command line prints them: by day, one line an invoice; their ids are for this output only. */
export function toLines(projected: ProjectedReminder[]): Send[] {
  const inOrder = [...projected].sort((a, b) => a.on - b.on || a.at - b.at);
  return inOrder.flatMap(({ on, at, reminder, context: { customer } }) =>
    sendsOf(reminder, { id: newId("rem", at), on, customer }),
  );
}
