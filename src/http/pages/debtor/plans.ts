import { html } from "hono/html";
import type { StandingPlan } from "../../../db/debtor-answers.ts";
import { listOf } from "../../debtor/invoice-choice.ts";
import type { Page } from "../../debtor/way.ts";
import type { Html } from "../layout.ts";

/** Instalments that were asked for or agreed. */
export function plansPart(page: Page): Html {
  const { account, words } = page;
  const { plans } = account.answers;
  if (plans.length === 0) return html``;
  return html`<section class="card" aria-labelledby="plans"><h2 id="plans">${words.say("page.plans")}</h2>
    ${plans.map((plan) => planItem(plan, page))}</section>`;
}

function planItem({ state, currency, instalments, numbers }: StandingPlan, { words }: Page): Html {
  const { money, day } = words.formats;
  const total = instalments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const said = words.say(state === "asked" ? "page.planAsked" : "page.planAgreed", {
    amount: money(total, currency),
  });
  const rows = instalments.map(
    ({
      on,
      amountMinor,
      state: came,
    }) => html`<tr><td>${day(on)}</td><td class="num">${money(amountMinor, currency)}</td>
      <td class="num quiet">${state === "agreed" ? words.say(`page.instalment.${came}`) : ""}</td></tr>`,
  );
  const about = listOf(
    numbers.map((number) => ({ number })),
    words,
  );
  return html`<p>${said}</p><table><tbody>${rows}</tbody></table><p class="small quiet">${about}</p>`;
}
