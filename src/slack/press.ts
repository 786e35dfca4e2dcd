import type { App, BlockAction, ButtonAction, ViewSubmitAction } from "@slack/bolt";
import type { AlertAction } from "../domain/alert-actions.ts";
import { type CivilDay, DAY_MS, formatCivilDay } from "../domain/civil-date.ts";
import type { CustomerAction } from "../domain/customer-actions.ts";
import { isFinanceOnly } from "../domain/permissions.ts";
import { AppError } from "../errors.ts";
import { localeOf } from "../reminders/alerts/alert-view.ts";
import {
  type Against,
  type Answerer,
  type AnswerOutcome,
  type AskedAlert,
  answerAlert,
  checkAnswer,
  type Refused,
  refusedBy,
} from "../reminders/alerts/answer-alert.ts";
import { findColleagueByUser } from "../reminders/alerts/find-colleagues.ts";
import { showAlerts } from "../reminders/alerts/show-alerts.ts";
import { confirmByMail } from "../reminders/notices/confirm-by-mail.ts";
import { takeOnce } from "../reminders/webhooks/take-once.ts";
import type { Services } from "../services.ts";
import { ANSWER_WORDS, type AnswerWords, authorName } from "./answer-words.ts";
import { type Field, form, type Values, valuesOf } from "./forms.ts";
import { publishHome } from "./home.ts";
import { open, type Place, pressedAt, tell } from "./place.ts";
import { escaped } from "./plain-text.ts";

const MOST_SAID = 500;

export type Deed = { alert: AskedAlert; answerer: Answerer; values: Values; words: AnswerWords };

/** How the answer to an alert is taken. */
export type AnswerListener = {
  /** What has to be said with it; absent, one press does it. */
  fields?: (alert: AskedAlert, services: Services) => Field[];
  /** Calls the use case, in the transaction that settles the alert. What it throws as AppError is told to whoever pressed. */
  act: (services: Services, deed: Deed) => Promise<void>;
};

/** Takes a button of this action, and the form that it opens where it has one. */
export function listenToAnswer(
  app: App,
  services: Services,
  action: AlertAction,
  { fields, act }: AnswerListener,
): void {
  listenToPress<AskedAlert>(app, services, {
    name: action,
    action,
    fields: fields && ((alert) => fields(alert, services)),
    check: (press) => checkAnswer(services, { ...press, action }),
    answer: (press, said) =>
      answerAlert(services, { ...press, action }, (writing, alert, answerer) =>
        act(writing, { alert, answerer, ...said }),
      ),
    placeOf: ({ channel }) => channel ?? undefined,
  });
}

/** What was said with a press, and the words of whoever pressed. */
export type Said = { values: Values; words: AnswerWords };
type Press = { id: string; userId: string };

/** A button whose value is the id of what it is about, and the form that it opens where something has to be said with it. */
export type Button<About extends { id: string }> = {
  /** By which Slack knows both. */
  name: string;
  action: AlertAction | CustomerAction;
  fields?: (about: About) => Field[];
  check: (press: Press) => Promise<{ about: About; answerer: Answerer; against: Against | null }>;
  answer: (press: Press, said: Said) => Promise<AnswerOutcome>;
  /** The channel in which it was asked. */
  placeOf: (about: About) => string | undefined;
  /** Shows, where it was pressed, what is so by now; the message of an alert is brought up to date anyway. */
  show?: (place: Place, about: About, answerer: Answerer) => Promise<void>;
};

export function listenToPress<About extends { id: string }>(
  app: App,
  services: Services,
  button: Button<About>,
): void {
  const { name, action, fields } = button;
  app.action<BlockAction<ButtonAction>>(name, async ({ ack, body, payload, client, respond }) => {
    await ack();
    if (!(await takeOnce(services, `slack ${body.trigger_id}`))) return;
    const press = { id: payload.value ?? "", userId: body.user.id };
    const place = pressedAt(body, client, respond);
    await orTell(services, place, async () => {
      if (!fields) return answer(services, { press, place, button, values: {} });
      const { about, answerer, against } = await button.check(press);
      const words = wordsOf(answerer);
      if (against) return tell(place, said(against, action, words));
      const view = form({ name, about: about.id, fields: fields(about) }, words.buttons[action], words);
      await open(place, body.trigger_id, view, words);
    });
  });

  if (!fields) return;
  app.view<ViewSubmitAction>(name, async ({ ack, body, view, client }) => {
    await ack();
    if (!(await takeOnce(services, `slack ${view.id}`))) return;
    const press = { id: view.private_metadata, userId: body.user.id };
    const values = valuesOf(view.state.values);
    const place = { client, userId: body.user.id, viewId: view.previous_view_id ?? undefined };
    await orTell(services, place, () => answer(services, { press, place, button, values }));
  });
}

/** What is gone that a button is about is said, too. */
export async function orTell(services: Services, place: Place, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "internal") throw error;
    // While the database is busy nobody knows who reads what; that it is so is said all the same.
    const found = await findColleagueByUser(services, place.userId).catch(() => undefined);
    await tell(place, refusal(refusedBy(error), ANSWER_WORDS[localeOf(found?.colleague.locale)]));
  }
}

/** Does it, brings the messages up to date, and tells whoever pressed what stood against it. */
async function answer<About extends { id: string }>(
  services: Services,
  input: { press: Press; place: Place; button: Button<About>; values: Values },
): Promise<void> {
  const { press, place, button, values } = input;
  const { about, answerer, against } = await button.check(press);
  const words = wordsOf(answerer);
  place.channel ??= button.placeOf(about);
  const outcome = against ?? (await button.answer(press, { values, words }));
  if (outcome.kind !== "done") await tell(place, said(outcome, button.action, words));
  else await confirmByMail(services);
  await showAlerts(services);
  if (outcome.kind === "done") await button.show?.(place, about, answerer);
  await publishHome(services, place.client, press.userId);
}

/** What stood against it, in words. */
export function said(outcome: Against, action: AlertAction | CustomerAction, words: AnswerWords) {
  if (outcome.kind === "forbidden") return isFinanceOnly(action) ? words.forFinance : words.forbidden;
  if (outcome.kind === "refused") return refusal(outcome, words);
  const on = formatCivilDay(Math.floor(outcome.at / DAY_MS));
  return words.before(words.done[outcome.as], authorName(outcome.by, words), on);
}

/** What was refused, in words. */
export function refusal({ code, because }: Refused, words: AnswerWords): string {
  return words.refused(escaped(because, MOST_SAID), code);
}

export function wordsOf({ locale }: Answerer): AnswerWords {
  return ANSWER_WORDS[localeOf(locale)];
}

/** The day on which it is pressed; people and debtors are in many zones, and a day more or less is no harm. */
export function today({ clock }: Services): CivilDay {
  return Math.floor(clock() / DAY_MS);
}
