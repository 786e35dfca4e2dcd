import type { App } from "@slack/bolt";
import type { AlertAction } from "../domain/alert-actions.ts";
import type { CustomerAction } from "../domain/customer-actions.ts";
import type { Services } from "../services.ts";
import {
  handCustomerBack,
  logCustomerCall,
  pauseCustomerUntil,
  pauseCustomerWeek,
  takeCustomerOver,
} from "./answers/customer.ts";
import {
  acceptDate,
  acceptProposed,
  agreeToPlan,
  answered,
  approveLetter,
  closeQuery,
  confirmNamed,
  declineDate,
  declineLetter,
  declinePlan,
  leaveNamed,
  release,
} from "./answers/matters.ts";
import { confirmMoney, reportAsPaid } from "./answers/paid.ts";
import { pauseUntil, pauseWeek } from "./answers/pause.ts";
import { listenToCommand } from "./command.ts";
import { type CustomerListener, listenToDeed } from "./customer-press.ts";
import { listenToHome } from "./home.ts";
import { listenToLooks } from "./looks.ts";
import { type AnswerListener, listenToAnswer } from "./press.ts";

/** The buttons of alerts. Each is known in Slack by its name here, as is the form that it opens. */
const ANSWERS: Record<AlertAction, AnswerListener> = {
  pause_week: pauseWeek,
  pause_until: pauseUntil,
  report_paid: reportAsPaid,
  confirm_money: confirmMoney,
  approve_letter: approveLetter,
  decline_letter: declineLetter,
  accept_promise: acceptDate,
  decline_promise: declineDate,
  agree_plan: agreeToPlan,
  decline_plan: declinePlan,
  close_dispute: closeQuery,
  confirm_contact: confirmNamed,
  decline_contact: leaveNamed,
  accept_proposal: acceptProposed,
  handle_reply: answered,
  release_backlog: release,
};

/** The buttons of a customer's card that change something; each is known as `customer.` and its name here. */
const DEEDS: Record<Exclude<CustomerAction, "copy_text">, CustomerListener> = {
  pause_week: pauseCustomerWeek,
  pause_until: pauseCustomerUntil,
  log_call: logCustomerCall,
  take_over: takeCustomerOver,
  hand_back: handCustomerBack,
};

/** Everything that Slack can ask of us. */
export function listen(app: App, services: Services): void {
  for (const [action, listener] of Object.entries(ANSWERS)) {
    listenToAnswer(app, services, action as AlertAction, listener);
  }
  for (const [action, listener] of Object.entries(DEEDS)) {
    listenToDeed(app, services, action as CustomerAction, listener);
  }
  listenToLooks(app, services);
  listenToCommand(app, services);
  listenToHome(app, services);
}
