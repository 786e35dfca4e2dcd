import type { App } from "@slack/bolt";
import type { AlertLook } from "../domain/alert-actions.ts";
import { localeOf } from "../reminders/alerts/alert-view.ts";
import { type AskedAlert, checkAnswer } from "../reminders/alerts/answer-alert.ts";
import { previewLetter } from "../reminders/decisions/preview-letter.ts";
import { writeNextText } from "../reminders/sending/write-next-text.ts";
import type { Services } from "../services.ts";
import { ANSWER_WORDS } from "./answer-words.ts";
import { type Block, context, section } from "./blocks.ts";
import { bringEvidence } from "./bring-evidence.ts";
import { pageOf } from "./card.ts";
import { copyable, listenToLook } from "./looks.ts";
import { open, type Place, tell } from "./place.ts";
import { escaped } from "./plain-text.ts";
import { orTell } from "./press.ts";
import type { Locale } from "./words.ts";
import { WORKPLACE_WORDS } from "./workplace-words.ts";

const LINE_LENGTH = 500;

/** What is to be read; null where there is nothing. */
type Read = (services: Services, alert: AskedAlert, locale: Locale) => Promise<Block[] | null>;

/** Somebody who may wants to see something of an alert. */
export type AlertLooking = {
  action: AlertLook;
  alert: AskedAlert;
  locale: Locale;
  place: Place;
  triggerId: string;
};

const LOOKS: Record<AlertLook, (services: Services, looking: AlertLooking) => Promise<void>> = {
  preview_letter: page(readLetter),
  copy_text: page(readText),
  bring_evidence: bringEvidence,
};

/** Buttons of alerts that show something: as often as anybody likes who may, and nothing is settled. */
export function listenToAlertLooks(app: App, services: Services): void {
  for (const [name, look] of Object.entries(LOOKS)) {
    const action = name as AlertLook;
    listenToLook(app, services, action, (_, { id, place, triggerId }) =>
      orTell(services, place, async () => {
        const { userId } = place;
        const { about, answerer, against } = await checkAnswer(services, { id, userId, action });
        const locale = localeOf(answerer.locale);
        if (against?.kind === "forbidden") return tell(place, ANSWER_WORDS[locale].forbidden);
        await look(services, { action, alert: about, locale, place, triggerId });
      }),
    );
  }
}

/** Opens what is to be read. */
function page(read: Read) {
  return async (services: Services, { action, alert, locale, place, triggerId }: AlertLooking) => {
    const words = ANSWER_WORDS[locale];
    const blocks = await read(services, alert, locale);
    if (!blocks) return tell(place, WORKPLACE_WORDS[locale].noText);
    await open(place, triggerId, pageOf(words.buttons[action], blocks, locale), words);
  };
}

async function readLetter(services: Services, { about }: AskedAlert, locale: Locale): Promise<Block[]> {
  const { subject, recipients, text } = await previewLetter(services, about!);
  const to = escaped(recipients.join(", "), LINE_LENGTH);
  const { asIfNow } = ANSWER_WORDS[locale];
  return [section(`*${escaped(subject, LINE_LENGTH)}*\n${to}`), context(asIfNow), ...copyable(text)];
}

/** The next reminder for a chat or a call, in the debtor's language. */
async function readText(services: Services, { payload }: AskedAlert): Promise<Block[] | null> {
  const text = payload.customer && (await writeNextText(services, payload.customer.ref));
  return text ? copyable(text) : null;
}
