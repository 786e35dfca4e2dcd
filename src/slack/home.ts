import type { App } from "@slack/bolt";
import { type CivilDay, formatCivilDay } from "../domain/civil-date.ts";
import { localeOf, viewOf } from "../reminders/alerts/alert-view.ts";
import { amountOf } from "../reminders/alerts/alerts-of-plan.ts";
import { findReader } from "../reminders/alerts/find-reader.ts";
import { myQueue, type Queue } from "../reminders/alerts/my-queue.ts";
import { takeOnce } from "../reminders/webhooks/take-once.ts";
import type { Services } from "../services.ts";
import { type Block, button, context, section, sectionsOf } from "./blocks.ts";
import { slackErrorCode } from "./failure.ts";
import { NAME_LENGTH } from "./lines.ts";
import { alertMessage } from "./messages.ts";
import { escaped } from "./plain-text.ts";
import { day, type Locale, WORDS } from "./words.ts";
import { WORKPLACE_WORDS } from "./workplace-words.ts";

/** A view has 100 blocks at most, and an alert some three, six at most: https://docs.slack.dev/surfaces/app-home */
const MOST_WAITING = 12;
const MOST_CUSTOMERS = 15;

export function listenToHome(app: App, services: Services): void {
  app.event("app_home_opened", async ({ event, body, client }) => {
    if (event.tab !== "home" || !(await takeOnce(services, `slack ${body.event_id}`))) return;
    await publishHome(services, client, event.user);
  });
}

/** Shows somebody's Home as it is by now. That it cannot be shown disturbs nothing else. */
export async function publishHome(services: Services, client: App["client"], userId: string): Promise<void> {
  try {
    const reader = await findReader(services, userId);
    const locale = localeOf(reader?.locale);
    const view = reader
      ? homeView(await myQueue(services, reader.email), locale)
      : { type: "home" as const, blocks: [section(WORKPLACE_WORDS[locale].stranger)] as never[] };
    await client.views.publish({ user_id: userId, view });
  } catch (error) {
    services.log("warn", "slack_home_not_shown", { code: slackErrorCode(error) ?? (error as Error).name });
  }
}

/** What waits for somebody, with its buttons; the own customers by age; and what those promised. */
function homeView(queue: Queue, locale: Locale) {
  const { home } = WORKPLACE_WORDS[locale];
  const { waiting, customers, promises, left, today } = queue;
  const shownWaiting = waiting.slice(0, MOST_WAITING);
  const shownCustomers = customers.slice(0, MOST_CUSTOMERS);
  const blocks: Block[] = [
    heading(home.waiting),
    ...(waiting.length === 0 ? [section(home.nothing)] : []),
    ...shownWaiting.flatMap((alert) => waitingBlocks(alert, locale)),
    ...moreOf(left.waiting + waiting.length - shownWaiting.length, locale),
    ...(customers.length > 0 ? [heading(home.customers)] : []),
    ...shownCustomers.map((customer) => customerBlock(customer, { today, locale })),
    ...moreOf(left.customers + customers.length - shownCustomers.length, locale),
    ...(promises.length > 0 ? [heading(home.promises)] : []),
    ...sectionsOf(promises.map((promise) => promiseLine(promise, locale))),
    ...moreOf(left.promises, locale),
  ];
  return { type: "home" as const, blocks: blocks as never[] };
}

function heading(text: string): Block {
  return { type: "header", text: { type: "plain_text", text } };
}

function moreOf(count: number, locale: Locale): Block[] {
  return count > 0 ? [context(WORDS[locale].more(count))] : [];
}

function waitingBlocks(alert: Queue["waiting"][number], locale: Locale): Block[] {
  return alertMessage(viewOf([{ ...alert, settled: null }], locale)).blocks;
}

function customerBlock(
  { ref, name, currency, totalMinor, invoices, oldestDueOn }: Queue["customers"][number],
  { today, locale }: { today: CivilDay; locale: Locale },
): Block {
  const own = WORKPLACE_WORDS[locale];
  const days = oldestDueOn === null ? 0 : today - oldestDueOn;
  const facts = [
    amountOf(totalMinor, currency),
    days > 0 ? own.oldest(days) : own.notDue,
    own.invoices(invoices),
  ];
  const text = `*${escaped(name, NAME_LENGTH)}*\n${facts.join(" · ")}`;
  return section(text, button("customer.show", ref, own.show));
}

function promiseLine(promise: Queue["promises"][number], locale: Locale): string {
  const { on, customer, number, currency, amountMinor } = promise;
  const names = [customer, number].map((text) => escaped(text, NAME_LENGTH));
  return `• ${[day(formatCivilDay(on), locale), ...names, amountOf(amountMinor, currency)].join(" · ")}`;
}
