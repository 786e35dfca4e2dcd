import { html, raw } from "hono/html";
import type { Words } from "../../../email/words.ts";
import type { DebtorAccount } from "../../../reminders/links/debtor-account.ts";
import { openOf, sumsOf } from "../../debtor/standing.ts";
import type { Page } from "../../debtor/way.ts";
import { waysOpenTo } from "../../debtor/ways.ts";
import { type Html, layout } from "../layout.ts";
import { COPY_SCRIPT } from "./copy-script.ts";
import { invoiceItem } from "./invoice-item.ts";
import { payPart } from "./pay.ts";
import { plansPart } from "./plans.ts";
import { pathOf, titleOf } from "./steps.ts";

const SCRIPT_TAG = raw(`<script>${COPY_SCRIPT}</script>`);

/** How the debtor's account stands, how to pay, and every way to answer. */
export function accountPage(page: Page): Html {
  const { account, words } = page;
  const { creditor, debtorName, invoices } = account;
  const names = { creditor: creditor.legalName, debtor: debtorName, on: words.formats.day(account.on) };
  const isOpen = invoices.length > 0;
  return layout({
    title: words.say("page.title", names),
    lang: words.locale,
    isNarrow: true,
    top: html`<span>${creditor.legalName}</span>`,
    main: html`<h1>${words.say("page.title", names)}</h1>
      <p class="quiet">${words.say("page.intro", names)}</p>
      ${isOpen ? totalsPart(account, words) : html`<div class="card"><p>${words.say("page.none")}</p></div>`}
      ${waysPart(page)}
      ${isOpen ? html`${invoicesPart(page)}${plansPart(page)}${payPart(page)}` : ""}
      ${talkPart(account, words)}${isOpen ? SCRIPT_TAG : ""}`,
    bottom: html`<p>${words.say("page.footer")}</p>`,
  });
}

function totalsPart({ invoices }: DebtorAccount, words: Words): Html {
  const { money } = words.formats;
  const overdue = new Map(
    sumsOf(invoices, (invoice) => (invoice.daysOverdue > 0 ? openOf(invoice) : 0)).map((sum) => [
      sum.currency,
      sum.amountMinor,
    ]),
  );
  const totals = sumsOf(invoices, openOf);
  return html`<section class="card totals">${totals.map(({ currency, amountMinor }) => {
    const late = overdue.get(currency) ?? 0;
    const label = words.say("page.total", { several: totals.length > 1 ? "yes" : "no", currency });
    return html`<div><p class="label">${label}</p><p class="sum">${money(amountMinor, currency)}</p>
      ${late > 0 && late < amountMinor ? html`<p class="small quiet">${words.say("page.totalNote", { overdue: money(late, currency) })}</p>` : ""}</div>`;
  })}</section>`;
}

/** Each way is a link to its form; the ids are those that older mails lead to. */
function waysPart(page: Page): Html {
  const { words, account } = page;
  return html`<nav class="card ways" aria-labelledby="answer"><h2 id="answer">${words.say("page.answer")}</h2>
    <ul>${waysOpenTo(account).map((way) => html`<li id="${way}"><a href="${pathOf(page, way)}">${titleOf(way, words)}</a></li>`)}</ul>
    <p class="small quiet">${words.say("page.answerNote")}</p></nav>`;
}

function invoicesPart(page: Page): Html {
  const { account, words, token } = page;
  const statement = (kind: "pdf" | "csv", label: string) =>
    html`<a href="/p/${token}/statement.${kind}">${label}</a>`;
  return html`<section class="card" aria-labelledby="invoices"><h2 id="invoices">${words.say("page.invoices")}</h2>
    <ul class="plain">${account.invoices.map((invoice) => invoiceItem(invoice, page))}</ul>
    <p class="small statement">${words.say("page.statement")} ${page.hasPdf ? statement("pdf", words.say("page.statementPdf")) : ""}
      ${statement("csv", words.say("page.statementCsv"))}</p></section>`;
}

function talkPart({ creditor: { contact } }: DebtorAccount, words: Words): Html {
  const { name, email, phone } = contact;
  const call = (number: string) =>
    webPhone(number) &&
    html`<a class="button second" href="tel:${webPhone(number)}">${words.say("page.byPhone", { phone: number })}</a>`;
  return html`<section class="card" aria-labelledby="talk"><h2 id="talk">${words.say("page.talk")}</h2>
    <p>${words.say("page.talkNote", { name })}</p>
    <p class="buttons"><a class="button second" href="mailto:${email}">${words.say("page.byMail")}</a>${phone ? call(phone) : ""}</p></section>`;
}

function webPhone(phone: string): string {
  return phone.replace(/[^+\d]/g, "");
}
