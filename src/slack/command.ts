import type { App, RespondArguments, SlashCommand } from "@slack/bolt";
import { type CivilDay, parseCivilDay } from "../domain/civil-date.ts";
import { decidesAs } from "../domain/permissions.ts";
import { AppError } from "../errors.ts";
import { actOnCustomer } from "../reminders/alerts/act-on-customer.ts";
import { localeOf } from "../reminders/alerts/alert-view.ts";
import { refusedBy } from "../reminders/alerts/answer-alert.ts";
import { findReader, type Reader } from "../reminders/alerts/find-reader.ts";
import { setHold } from "../reminders/decisions/set-hold.ts";
import { findStop } from "../reminders/decisions/stop-all.ts";
import { forecast } from "../reminders/forecast/forecast.ts";
import { type WhyAnswer, why } from "../reminders/forecast/why.ts";
import { clearestOf, type FoundCustomer, findCustomers } from "../reminders/records/find-customers.ts";
import { lookAtCustomer } from "../reminders/records/look-at-customer.ts";
import type { SendLine } from "../reminders/sending/send-line.ts";
import { takeOnce } from "../reminders/webhooks/take-once.ts";
import type { Services } from "../services.ts";
import { ANSWER_WORDS } from "./answer-words.ts";
import { type Block, button, section, sectionsOf } from "./blocks.ts";
import { cardMessage, nextLine } from "./card.ts";
import { NAME_LENGTH } from "./lines.ts";
import { escaped } from "./plain-text.ts";
import { refusal, said, today } from "./press.ts";
import { type Locale, WORDS } from "./words.ts";
import { WORKPLACE_WORDS } from "./workplace-words.ts";

const FORECAST_DAYS = 30;
const MOST_FORECAST_DAYS = 92;
const MOST_LINES = 10;
const MOST_SAID = 500;
/** A name that only resembles what was typed is shown, and not acted upon. */
const SURELY = 0.9;

type Message = { text: string; blocks: Block[] };
type Asked = { services: Services; userId: string; reader: Reader; locale: Locale };

/** `/dunwell …`: what only whoever typed it reads. */
export function listenToCommand(app: App, services: Services): void {
  app.command("/dunwell", async ({ ack, command, respond }) => {
    await ack();
    if (!(await takeOnce(services, `slack ${command.trigger_id}`))) return;
    const answer = await answerTo(services, command);
    await respond({ ...answer, response_type: "ephemeral" } as unknown as RespondArguments);
  });
}

async function answerTo(services: Services, command: SlashCommand): Promise<Message> {
  const userId = command.user_id;
  const reader = await findReader(services, userId);
  const locale = localeOf(reader?.locale);
  if (!reader) return plain([WORKPLACE_WORDS[locale].stranger]);
  const [verb = "", ...rest] = command.text.trim().split(/\s+/);
  const asked = { services, userId, reader, locale };
  try {
    if (verb === "" || verb === "help") return plain([WORKPLACE_WORDS[locale].help]);
    if (verb === "forecast") return await sayForecast(asked, Number(rest[0] ?? FORECAST_DAYS));
    if (verb === "why" && rest.length > 0) return await sayWhy(asked, rest.join(" "));
    if (verb === "pause" && rest.length > 1)
      return await pause(asked, rest.slice(0, -1).join(" "), rest.at(-1)!);
    return await find(asked, command.text.trim());
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "internal") throw error;
    return plain([refusal(refusedBy(error), ANSWER_WORDS[locale])]);
  }
}

function plain(lines: string[]): Message {
  return { text: lines.join("\n"), blocks: sectionsOf(lines) };
}

async function find(asked: Asked, text: string): Promise<Message> {
  const { services, userId, locale } = asked;
  const found = await findCustomers(services, { text, limit: MOST_LINES });
  const meant = clearestOf(found, text);
  if (!meant) return listOf(found, text, locale);
  const { card, standings } = await lookAtCustomer(services, { ref: meant.ref, userId });
  return cardMessage(card, { locale, standings });
}

/** Several, to press one of them; or that there is none. */
function listOf(found: FoundCustomer[], text: string, locale: Locale): Message {
  const own = WORKPLACE_WORDS[locale];
  const quoted = escaped(text, NAME_LENGTH);
  if (found.length === 0) return plain([own.unknown(quoted), own.help]);
  const lines = found.map(
    ({ ref, name }) => `*${escaped(name, NAME_LENGTH)}* (${escaped(ref, NAME_LENGTH)})`,
  );
  return {
    text: [own.several(quoted), ...lines].join("\n"),
    blocks: [
      section(own.several(quoted)),
      ...found.map(({ ref }, i) => section(lines[i]!, button("customer.show", ref, own.show))),
    ],
  };
}

async function sayWhy({ services, locale }: Asked, number: string): Promise<Message> {
  const answer = await whyAnyCase(services, number);
  const stop = await findStop(services);
  const own = WORKPLACE_WORDS[locale];
  return plain([
    `*${escaped(answer.invoice, NAME_LENGTH)}* · ${nextLine(answer, locale)}`,
    ...(locale === "en"
      ? answer.explanation.map((sentence) => escaped(sentence, MOST_SAID))
      : stop
        ? [own.halted]
        : []),
  ]);
}

/** Invoice numbers are mostly in capitals, and what people type is not. */
async function whyAnyCase(services: Services, number: string): Promise<WhyAnswer> {
  try {
    return await why(services, { invoiceNumber: number });
  } catch (error) {
    const capitals = number.toUpperCase();
    if (!(error instanceof AppError) || error.code !== "not_found" || capitals === number) throw error;
    return why(services, { invoiceNumber: capitals });
  }
}

async function sayForecast({ services, reader, locale }: Asked, asked: number): Promise<Message> {
  const own = WORKPLACE_WORDS[locale];
  const days = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), MOST_FORECAST_DAYS) : FORECAST_DAYS;
  const ownerEmail = reader.isFinance ? undefined : reader.email;
  const byDay = [...Map.groupBy(await forecast(services, { days, ownerEmail }), ({ date }) => date)];
  const shown = byDay.slice(0, MOST_LINES);
  const left = byDay.slice(MOST_LINES).reduce((sum, [, lines]) => sum + lines.length, 0);
  return plain([
    ...((await findStop(services)) ? [own.halted] : []),
    ...(byDay.length === 0 ? [own.forecastNothing] : [`*${own.forecast(days)}*`]),
    ...shown.map(([on, lines]) => `• ${own.forecastDay({ on, ...countsOf(lines) })}`),
    ...(left > 0 ? [WORDS[locale].more(left)] : []),
  ]);
}

function countsOf(lines: SendLine[]) {
  return { customers: new Set(lines.map(({ customer }) => customer)).size, invoices: lines.length };
}

async function pause(asked: Asked, text: string, until: string): Promise<Message> {
  const { services, userId, locale } = asked;
  const own = WORKPLACE_WORDS[locale];
  const through = lastDay(services, until);
  if (through === null) return plain([own.notADay(escaped(until, NAME_LENGTH))]);
  const found = await findCustomers(services, { text, limit: MOST_LINES });
  const meant = clearestOf(found, text);
  if (!meant || meant.score < SURELY) return listOf(found, text, locale);
  const { card } = await lookAtCustomer(services, { ref: meant.ref, userId });
  const invoice = card.invoices.find(({ number }) => number === text || number === text.toUpperCase());
  const target =
    invoice && meant.ref !== text ? { invoiceNumber: invoice.number } : { customerRef: meant.ref };
  const words = ANSWER_WORDS[locale];
  const deed = { id: card.customer.id, userId, action: "pause_until" as const };
  const outcome = await actOnCustomer(services, deed, async (writing, _, { author, standings }) => {
    const reason = words.pausedFromSlack;
    await setHold(writing, { ...target, until: through, reason, author, by: decidesAs(standings) });
  });
  if (outcome.kind !== "done") return plain([said(outcome, deed.action, words)]);
  const { card: after, standings } = await lookAtCustomer(services, { ref: meant.ref, userId });
  return cardMessage(after, { locale, standings, done: deed.action });
}

/** `7d`, `7天`, or an ISO day. */
function lastDay(services: Services, text: string): CivilDay | null {
  const days = /^(\d{1,3})\s*(?:d|天)$/i.exec(text)?.[1];
  return days ? today(services) + Number(days) : parseCivilDay(text);
}
