import { html } from "hono/html";
import type { StandingDispute, StandingPromise } from "../../../db/debtor-answers.ts";
import type { LetterInvoice } from "../../../domain/letter.ts";
import { webLink } from "../../../email/inert-text.ts";
import type { Words } from "../../../email/words.ts";
import { openOf, standingGroup } from "../../debtor/standing.ts";
import type { Page } from "../../debtor/way.ts";
import type { Html } from "../layout.ts";
import { pathOf } from "./steps.ts";

/** One open invoice: balance, dates, status, what was said about it, and its links. */
export function invoiceItem(invoice: LetterInvoice, page: Page): Html {
  const { words, account } = page;
  const { money } = words.formats;
  const { number, currency, daysOverdue, status } = invoice;
  const promise = account.answers.promises.get(number);
  const dispute = account.answers.disputes.get(number);
  return html`<li><div class="row"><strong>${number}</strong><strong class="num">${money(openOf(invoice), currency)}</strong></div>
    <div class="row small quiet"><span>${notesOf(invoice, words).join(" · ")}</span>
      <span class="tag ${status === "overdue" ? "late" : ""}">${words.say(`status.${status}`, { days: daysOverdue })}</span></div>
    ${promise ? promiseNote(promise, currency, page) : ""}${dispute ? disputeNote(dispute, currency, page) : ""}
    ${linksOf(invoice, words)}</li>`;
}

function notesOf(invoice: LetterInvoice, words: Words): string[] {
  const { money, day } = words.formats;
  const { currency, amountMinor, dueOn, poNumber, issuedOn } = invoice;
  const notes = [words.say("page.amountDue", { due: day(dueOn) })];
  if (poNumber) notes.push(words.say("row.po", { po: poNumber }));
  if (issuedOn !== null) notes.push(words.say("row.issued", { issued: day(issuedOn) }));
  if (amountMinor !== openOf(invoice))
    notes.push(words.say("row.original", { amount: money(amountMinor, currency) }));
  return notes;
}

function promiseNote(promise: StandingPromise, currency: string, page: Page): Html {
  const { words, account } = page;
  const { money, day } = words.formats;
  const { id, state, on, amountMinor } = promise;
  const key = state === "asked" ? "page.promiseAsked" : "page.promised";
  const link = (way: "change" | "withdrawal", label: string) =>
    html`<a href="${pathOf(page, way)}?promise=${id}">${label}</a>`;
  return html`<div class="answer"><p>${words.say(key, { amount: money(amountMinor, currency), on: day(on) })}</p>
    <p class="links">${standingGroup(account, id)?.canChange ? link("change", words.say("page.promiseChange")) : ""}
    ${link("withdrawal", words.say("page.promiseWithdraw"))}</p></div>`;
}

function disputeNote({ id, amountMinor, reason }: StandingDispute, currency: string, page: Page): Html {
  const { words } = page;
  const said = words.say("page.disputed", {
    isWhole: amountMinor === null ? "yes" : "no",
    amount: words.formats.money(amountMinor ?? 0, currency),
    reason: words.say(`page.dispute.reason.${reason}`),
  });
  return html`<div class="answer"><p>${said}</p>
    <p class="links"><a href="${pathOf(page, "withdrawal")}?dispute=${id}">${words.say("page.promiseWithdraw")}</a></p></div>`;
}

function linksOf({ paymentUrl, invoiceUrl }: LetterInvoice, words: Words): Html {
  const links = [
    [webLink(paymentUrl), words.say("pay.online")],
    [webLink(invoiceUrl), words.say("invoice.view")],
  ].filter(([url]) => url);
  if (links.length === 0) return html``;
  return html`<p class="links small">${links.map(([url, label]) => html`<a href="${url}" rel="noreferrer">${label}</a> `)}</p>`;
}
