import { type AskedAlert, findAlert, settleStatement, touchHeads } from "../../db/alert-answers.ts";
import type { Settlement } from "../../db/alerts.ts";
import { findCreditor } from "../../db/creditor.ts";
import { type AlertAction, type AlertLook, actionsOf } from "../../domain/alert-actions.ts";
import { mayDo, type Standing, standingsOf } from "../../domain/permissions.ts";
import { isAway } from "../../domain/routing.ts";
import { civilDayAt } from "../../domain/zone.ts";
import { AppError, type ErrorCode } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { within } from "../within.ts";
import { findColleagueByUser } from "./find-colleagues.ts";
import { settleAlerts } from "./settle-alerts.ts";

export type { AskedAlert };

/** Who answers: `author` is what the ledger says. */
export type Answerer = { userId: string; author: string; standings: Standing[]; locale: string | null };

export type AlertAnswer = {
  /** The alert's. */
  id: string;
  userId: string;
  action: AlertAction;
};

type Look = Omit<AlertAnswer, "action"> & { action: AlertLook };

/**
 * What came of it. `settled`: it was answered before, by whom; `forbidden`: not this person's to answer; `refused`: it cannot be
 * done, in words.
 */
export type AnswerOutcome =
  | { kind: "done" }
  | ({ kind: "settled" } & Settlement)
  | { kind: "forbidden" }
  | Refused;

/** A use case refused it; `because` is its own sentence. */
export type Refused = { kind: "refused"; code: ErrorCode; because: string };

export type Against = Exclude<AnswerOutcome, { kind: "done" }>;

/** Whether this person may answer this alert so, and what stands against it; `null` where nothing does. */
export async function checkAnswer(
  services: Services,
  { id, userId, action }: AlertAnswer | Look,
): Promise<{ about: AskedAlert; answerer: Answerer; against: Against | null }> {
  const alert = await findAlert(services.db.client, id);
  if (!alert || !actionsOf(alert).includes(action)) {
    throw new AppError("not_found", `there is no alert ${id} with an action ${action}`);
  }
  const answerer = await findAnswerer(services, alert, userId);
  if (!mayDo(action, answerer.standings)) return { about: alert, answerer, against: { kind: "forbidden" } };
  const against = alert.settled && { kind: "settled" as const, ...alert.settled };
  return { about: alert, answerer, against };
}

/**
 * Does what somebody pressed, once, whoever presses it again: what `act` does and that the question is settled become one
 * transaction. What a use case refuses is told in its words, or as settled where that is why.
 */
export async function answerAlert(
  services: Services,
  answer: AlertAnswer,
  act: (services: Services, alert: AskedAlert, answerer: Answerer) => Promise<void>,
): Promise<AnswerOutcome> {
  const { db, clock } = services;
  const { about: alert, answerer, against } = await checkAnswer(services, answer);
  if (against) return against;
  const { id, customerId } = alert;
  try {
    const first = await db.write(async (tx) => {
      const { settled } = (await findAlert(tx, id))!;
      if (settled) return settled;
      await act(within(services, tx), alert, answerer);
      const settlement = { id, as: answer.action, by: answerer.author, at: clock() };
      await tx.batch([settleStatement([settlement]), touchHeads([id])]);
      return null;
    });
    await settleAlerts(services, customerId);
    return first ? { kind: "settled", ...first } : { kind: "done" };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "internal") throw error;
    await settleAlerts(services, customerId);
    const { settled } = (await findAlert(db.client, id))!;
    return settled ? { kind: "settled", ...settled } : refusedBy(error);
  }
}

/** What came of it where a use case refused it. */
export function refusedBy({ code, message }: AppError): Refused {
  return { kind: "refused", code, because: message };
}

/** Who presses, and as what that one acts for a customer. */
export async function findAnswerer(
  services: Services,
  customer: Pick<AskedAlert, "ownerEmail" | "alertsTo">,
  userId: string,
): Promise<Answerer> {
  const author = `slack:${userId}`;
  const found = await findColleagueByUser(services, userId);
  if (!found) return { userId, author, standings: [], locale: null };
  const { colleague, standsInFor } = found;
  const today = civilDayAt(services.clock(), "UTC");
  const away = standsInFor.filter((one) => isAway(one, today)).map(({ email }) => email);
  const financeOwner = (await findCreditor(services.db))?.financeOwner ?? null;
  const { ownerEmail, alertsTo } = customer;
  const standings = standingsOf(
    { email: colleague.email, standsInFor: away },
    {
      ownerEmail: ownerEmail?.toLowerCase() ?? null,
      alertsTo: alertsTo?.toLowerCase() ?? null,
      financeOwner,
    },
  );
  return { userId, author, standings, locale: colleague.locale };
}
