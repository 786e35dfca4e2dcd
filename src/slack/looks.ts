import type { App, BlockAction, ButtonAction } from "@slack/bolt";
import { checkDeed } from "../reminders/alerts/act-on-customer.ts";
import { localeOf } from "../reminders/alerts/alert-view.ts";
import { findReader } from "../reminders/alerts/find-reader.ts";
import { lookAtCustomer } from "../reminders/records/look-at-customer.ts";
import { writeNextText } from "../reminders/sending/write-next-text.ts";
import { takeOnce } from "../reminders/webhooks/take-once.ts";
import type { Services } from "../services.ts";
import { ANSWER_WORDS } from "./answer-words.ts";
import { type Block, packed, section } from "./blocks.ts";
import { cardView, pageOf } from "./card.ts";
import { open, type Place, pressedAt, tell } from "./place.ts";
import { escaped } from "./plain-text.ts";
import { WORKPLACE_WORDS } from "./workplace-words.ts";

/** Parts of a line that fit into a section however they are escaped. */
const PARTS = /.{1,500}/gu;

/** Buttons that open something to read, and change nothing. */
export function listenToLooks(app: App, services: Services): void {
  listenToLook(app, services, "customer.show", show);
  listenToLook(app, services, "customer.copy_text", showText);
}

type Look = { id: string; place: Place; triggerId: string };

export function listenToLook(
  app: App,
  services: Services,
  name: string,
  look: (services: Services, look: Look) => Promise<void>,
): void {
  app.action<BlockAction<ButtonAction>>(name, async ({ ack, body, payload, client, respond }) => {
    await ack();
    if (!(await takeOnce(services, `slack ${body.trigger_id}`))) return;
    const place = pressedAt(body, client, respond);
    await look(services, { id: payload.value ?? "", place, triggerId: body.trigger_id });
  });
}

async function show(services: Services, { id: ref, place, triggerId }: Look): Promise<void> {
  const { userId } = place;
  const reader = await findReader(services, userId);
  const locale = localeOf(reader?.locale);
  if (!reader) return tell(place, WORKPLACE_WORDS[locale].stranger);
  const { card, standings } = await lookAtCustomer(services, { ref, userId });
  await open(place, triggerId, cardView(card, { locale, standings }), ANSWER_WORDS[locale]);
}

/** What a person may send another way, in the debtor's language. */
async function showText(services: Services, { id, place, triggerId }: Look): Promise<void> {
  const { userId } = place;
  const { about, answerer, against } = await checkDeed(services, { id, userId, action: "copy_text" });
  const locale = localeOf(answerer.locale);
  const words = ANSWER_WORDS[locale];
  if (against) return tell(place, words.forbidden);
  const text = await writeNextText(services, about.ref);
  if (text === null) return tell(place, WORKPLACE_WORDS[locale].noText);
  const page = pageOf(WORKPLACE_WORDS[locale].copy, copyable(text), locale);
  await open(place, triggerId, page, words);
}

/** A text as it is, to be copied. */
export function copyable(text: string): Block[] {
  const lines = text.replaceAll("```", "'''").split("\n");
  const pieces = lines
    .flatMap((line) => line.match(PARTS) ?? [""])
    .map((part) => escaped(part, part.length))
    .reduce(packed, []);
  return pieces.map((piece) => section(`\`\`\`${piece}\`\`\``));
}
