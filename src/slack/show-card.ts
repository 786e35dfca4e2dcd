import type { CustomerAction } from "../domain/customer-actions.ts";
import { localeOf } from "../reminders/alerts/alert-view.ts";
import type { Answerer } from "../reminders/alerts/answer-alert.ts";
import { getCustomerCard } from "../reminders/records/get-customer-card.ts";
import type { Services } from "../services.ts";
import { ANSWER_WORDS } from "./answer-words.ts";
import { cardMessage, cardView } from "./card.ts";
import { type Place, tell } from "./place.ts";
import { escaped } from "./plain-text.ts";

/** Shows the card anew where it was pressed, with what was done; who filled in a form over a message is told. */
export async function showCard(
  services: Services,
  place: Place,
  input: { customer: { ref: string; name: string }; answerer: Answerer; done: CustomerAction },
): Promise<void> {
  const { customer, answerer, done } = input;
  const locale = localeOf(answerer.locale);
  const { client, viewId, respond } = place;
  const name = escaped(customer.name, 80);
  if (!viewId && !respond) return tell(place, `✓ ${name}: ${ANSWER_WORDS[locale].done[done]}`);
  const card = await getCustomerCard(services, customer.ref);
  const reader = { locale, standings: answerer.standings, done };
  if (viewId) await client.views.update({ view_id: viewId, view: cardView(card, reader) });
  else await respond!({ ...cardMessage(card, reader), replace_original: true } as never);
}
