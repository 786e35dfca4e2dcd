import type { App, BlockAction, ButtonAction, ViewSubmitAction } from "@slack/bolt";
import type { AlertAction } from "../domain/alert-actions.ts";
import { type CivilDay, DAY_MS, formatCivilDay } from "../domain/civil-date.ts";
import { isFinanceOnly } from "../domain/permissions.ts";
import { localeOf } from "../reminders/alert-view.ts";
import {
  type Against,
  type AlertAnswer,
  type Answerer,
  type AskedAlert,
  answerAlert,
  checkAnswer,
} from "../reminders/answer-alert.ts";
import { confirmByMail } from "../reminders/confirm-by-mail.ts";
import { showAlerts } from "../reminders/show-alerts.ts";
import { takeOnce } from "../reminders/take-once.ts";
import type { Services } from "../services.ts";
import { ANSWER_WORDS, type AnswerWords, authorName } from "./answer-words.ts";
import { slackErrorCode } from "./failure.ts";
import { type Field, form, type Values, valuesOf } from "./forms.ts";

export type Deed = { alert: AskedAlert; answerer: Answerer; values: Values; words: AnswerWords };

/** How the answer to an alert is taken. */
export type AnswerListener = {
  /** What has to be said with it; absent, one press does it. */
  fields?: (alert: AskedAlert, services: Services) => Field[];
  /** Calls the use case, in the transaction that settles the alert. What it throws as AppError is told to whoever pressed. */
  act: (services: Services, deed: Deed) => Promise<void>;
};

type Client = App["client"];
type Place = { userId: string; channel?: string; threadTs?: string };

/** Takes a button of this action, and the form that it opens where it has one. */
export function listenToAnswer(
  app: App,
  services: Services,
  action: AlertAction,
  listener: AnswerListener,
): void {
  app.action<BlockAction<ButtonAction>>(action, async ({ ack, body, payload, client }) => {
    await ack();
    if (!(await takeOnce(services, `slack ${body.trigger_id}`))) return;
    const press = { alertId: payload.value ?? "", userId: body.user.id, action };
    const place = { userId: body.user.id, channel: body.channel?.id, threadTs: body.message?.thread_ts };
    if (!listener.fields) return answer(services, client, { press, place, listener, values: {} });
    const { alert, answerer, against } = await checkAnswer(services, press);
    const words = wordsOf(answerer);
    if (against) return tell(client, place, said(against, action, words));
    const fields = listener.fields(alert, services);
    const view = form({ name: action, about: alert.id, fields }, words.buttons[action], words);
    try {
      await client.views.open({ trigger_id: body.trigger_id, view });
    } catch (error) {
      if (slackErrorCode(error) !== "expired_trigger_id") throw error;
      await tell(client, place, words.tooSlow);
    }
  });

  if (!listener.fields) return;
  app.view<ViewSubmitAction>(action, async ({ ack, body, view, client }) => {
    await ack();
    if (!(await takeOnce(services, `slack ${view.id}`))) return;
    const press = { alertId: view.private_metadata, userId: body.user.id, action };
    const values = valuesOf(view.state.values);
    await answer(services, client, { press, place: { userId: body.user.id }, listener, values });
  });
}

/** Does it, brings the messages up to date, and tells whoever pressed what stood against it. */
async function answer(
  services: Services,
  client: Client,
  input: { press: AlertAnswer; place: Place; listener: AnswerListener; values: Values },
): Promise<void> {
  const { press, place, listener, values } = input;
  let words = ANSWER_WORDS.en;
  const outcome = await answerAlert(services, press, (writing, alert, answerer) => {
    words = wordsOf(answerer);
    place.channel ??= alert.channel ?? undefined;
    return listener.act(writing, { alert, answerer, values, words });
  });
  if (outcome.kind !== "done") await tell(client, place, said(outcome, press.action, words));
  else await confirmByMail(services);
  await showAlerts(services);
}

/** To whoever pressed alone: beside what was pressed, or in the app's own messages. */
async function tell(client: Client, { userId, channel, threadTs }: Place, text: string): Promise<void> {
  if (channel) await client.chat.postEphemeral({ channel, user: userId, text, thread_ts: threadTs });
  else await client.chat.postMessage({ channel: userId, text });
}

function said(outcome: Against, action: AlertAction, words: AnswerWords) {
  if (outcome.kind === "forbidden") return isFinanceOnly(action) ? words.forFinance : words.forbidden;
  if (outcome.kind === "refused") return words.refused(outcome.because);
  const on = formatCivilDay(Math.floor(outcome.at / DAY_MS));
  return words.before(words.done[outcome.as], authorName(outcome.by, words), on);
}

function wordsOf({ locale }: Answerer): AnswerWords {
  return ANSWER_WORDS[localeOf(locale)];
}

/** The day on which it is pressed; people and debtors are in many zones, and a day more or less is no harm. */
export function today({ clock }: Services): CivilDay {
  return Math.floor(clock() / DAY_MS);
}
