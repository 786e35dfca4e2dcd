import { html } from "hono/html";
import type { StandingPlan } from "../../../db/debtor-answers.ts";
import type { Creditor } from "../../../domain/letter.ts";
import type { Words } from "../../../email/words.ts";
import { listOf } from "../../debtor/invoice-choice.ts";
import type { Page } from "../../debtor/way.ts";
import type { Html } from "../layout.ts";
import { pathOf } from "./steps.ts";

/** Instalments that were asked for or agreed. */
export function plansPart(page: Page): Html {
  const { account, words } = page;
  const { plans } = account.answers;
  if (plans.length === 0) return html``;
  return html`<section class="card" aria-labelledby="plans"><h2 id="plans">${words.say("page.plans")}</h2>
    ${plans.map((plan) => planItem(plan, page))}</section>`;
}

function planItem({ id, state, currency, instalments, numbers }: StandingPlan, page: Page): Html {
  const { words, account } = page;
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
  const way =
    state === "asked"
      ? html`<a href="${pathOf(page, "withdrawal")}?plan=${id}">${words.say("page.promiseWithdraw")}</a>`
      : whomToCall(account.creditor.contact, words);
  return html`<p>${said}</p><table><tbody>${rows}</tbody></table><p class="small quiet">${about}</p><p class="links">${way}</p>`;
}

/** What is agreed is changed by finance alone. */
function whomToCall({ name, email, phone }: Creditor["contact"], words: Words): string {
  return words.say("page.planChange", { name, email, phone: phone ?? "", hasPhone: phone ? "yes" : "no" });
}
