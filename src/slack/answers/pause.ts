import { parseCivilDay } from "../../domain/civil-date.ts";
import { PAUSE_DAYS } from "../../domain/pause.ts";
import { decidesAs } from "../../domain/permissions.ts";
import { setHold } from "../../reminders/decisions/set-hold.ts";
import type { Services } from "../../services.ts";
import type { Field } from "../forms.ts";
import { type AnswerListener, type Deed, today } from "../press.ts";

/** One press: the invoices of the alert are on hold for a week. */
export const pauseWeek: AnswerListener = {
  act: (services, deed) =>
    pause(services, deed, { until: today(services) + PAUSE_DAYS, reason: deed.words.pausedFromSlack }),
};

export const PAUSE_FIELDS: Field[] = [
  { id: "until", type: "date" },
  { id: "reason", type: "line" },
];

/** Through a day that the person names, with a reason. */
export const pauseUntil: AnswerListener = {
  fields: () => PAUSE_FIELDS,
  act: (services, deed) => {
    const { until, reason } = deed.values;
    return pause(services, deed, {
      until: parseCivilDay(until ?? "") ?? today(services),
      reason: reason ?? "",
    });
  },
};

async function pause(
  services: Services,
  { alert, answerer }: Deed,
  hold: { until: number; reason: string },
): Promise<void> {
  const by = decidesAs(answerer.standings);
  for (const { number } of alert.payload.invoices) {
    await setHold(services, { invoiceNumber: number, ...hold, author: answerer.author, by });
  }
}
