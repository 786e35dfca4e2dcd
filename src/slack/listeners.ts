import type { App } from "@slack/bolt";
import type { AlertAction } from "../domain/alert-actions.ts";
import type { Services } from "../services.ts";
import { pauseUntil, pauseWeek } from "./answers/pause.ts";
import { type AnswerListener, listenToAnswer } from "./press.ts";

/** The buttons of alerts. Each is known in Slack by its name here, as is the form that it opens. */
const ANSWERS: Partial<Record<AlertAction, AnswerListener>> = {
  pause_week: pauseWeek,
  pause_until: pauseUntil,
};

/** Everything that Slack can ask of us. */
export function listen(app: App, services: Services): void {
  for (const [action, listener] of Object.entries(ANSWERS)) {
    listenToAnswer(app, services, action as AlertAction, listener);
  }
}
