import type { App } from "@slack/bolt";
import type { AlertAction } from "../domain/alert-actions.ts";
import type { CustomerAction } from "../domain/customer-actions.ts";
import type { Services } from "../services.ts";
import { listenToAlertLooks } from "./alert-looks.ts";
import { logCall, takeOver } from "./answers/call.ts";
import { confirmNamed, correctContact, leaveNamed } from "./answers/contacts.ts";
import {
  handCustomerBack,
  logCustomerCall,
  pauseCustomerUntil,
  pauseCustomerWeek,
  takeCustomerOver,
} from "./answers/customer.ts";
import {
  approveLetter,
  declineLetter,
  itLeft,
  itStayed,
  objectToLetter,
  postponeLetter,
} from "./answers/letters.ts";
import { acceptDate, acceptProposed, answered, closeQuery, declineDate, release } from "./answers/matters.ts";
import { allocateMoney, askForRest, creditRest, paymentsComplete } from "./answers/money.ts";
import { CHECK_ANSWERS, WARNING_LISTENERS } from "./answers/owner-answers.ts";
import { confirmMoney, reportAsPaid } from "./answers/paid.ts";
import { pauseUntil, pauseWeek } from "./answers/pause.ts";
import { agreeToPlan, changePlan, declinePlan } from "./answers/plans.ts";
import { listenToCommand } from "./command.ts";
import { type CustomerListener, listenToDeed } from "./customer-press.ts";
import { listenToHome } from "./home.ts";
import { listenToLooks } from "./looks.ts";
import { type AnswerListener, listenToAnswer } from "./press.ts";

/** The buttons of alerts. Each is known in Slack by its name here, as is the form that it opens. */
const ANSWERS: Record<AlertAction, AnswerListener> = {
  ...CHECK_ANSWERS,
  ...WARNING_LISTENERS,
  pause_week: pauseWeek,
  pause_until: pauseUntil,
  log_call: logCall,
  report_paid: reportAsPaid,
  confirm_money: confirmMoney,
  take_over: takeOver,
  correct_contact: correctContact,
  approve_letter: approveLetter,
  postpone_letter: postponeLetter,
  decline_letter: declineLetter,
  object_to_letter: objectToLetter,
  it_left: itLeft,
  it_stayed: itStayed,
  accept_promise: acceptDate,
  decline_promise: declineDate,
  agree_plan: agreeToPlan,
  change_plan: changePlan,
  decline_plan: declinePlan,
  close_dispute: closeQuery,
  confirm_contact: confirmNamed,
  decline_contact: leaveNamed,
  accept_proposal: acceptProposed,
  handle_reply: answered,
  allocate_money: allocateMoney,
  credit_rest: creditRest,
  ask_for_rest: askForRest,
  payments_complete: paymentsComplete,
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
  listenToAlertLooks(app, services);
  listenToLooks(app, services);
  listenToCommand(app, services);
  listenToHome(app, services);
}
