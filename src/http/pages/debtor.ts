import { html } from "hono/html";
import type { LetterInvoice } from "../../domain/letter.ts";
import { webLink } from "../../email/inert-text.ts";
import { type Words, wordsFor } from "../../email/words.ts";
import type { DebtorAccount } from "../../reminders/debtor-account.ts";
import { type Html, layout } from "./layout.ts";

const WAYS = ["promise", "paid", "resend", "dispute", "plan", "contact"] as const;
type Way = (typeof WAYS)[number];

const LATE = new Set<LetterInvoice["status"]>(["overdue"]);

/** How the debtor's account stands, how to pay, and every way to answer. */
export function debtorPage(account: DebtorAccount): Html {
  const { creditor, debtorName, invoices } = account;
  const words = wordsFor(account.locale);
  const names = { creditor: creditor.legalName, debtor: debtorName, on: words.formats.day(account.on) };
  return layout({
    title: words.say("page.title", names),
    lang: words.locale,
    isNarrow: true,
    top: html`${creditor.legalName}`,
    main: html`<h1>${words.say("page.title", names)}</h1>
      <p class="quiet">${words.say("page.intro", names)}</p>
      ${invoices.length === 0 ? html`<div class="card"><p>${words.say("page.none")}</p></div>` : openPart(account, words)}
      ${answerPart(account, words)}`,
    bottom: html`<p>${words.say("page.footer")}</p>`,
  });
}

/** One page for every link that opens nothing; it tells nothing about why. */
export function gonePage(locale: string): Html {
  const words = wordsFor(locale);
  return layout({
    title: words.say("page.goneTitle"),
    lang: words.locale,
    isNarrow: true,
    top: html``,
    main: html`<div class="card"><h1>${words.say("page.goneTitle")}</h1><p>${words.say("page.gone")}</p></div>`,
  });
}

function openPart(account: DebtorAccount, words: Words): Html {
  return html`<section class="card">${totalsOf(account.invoices).map((total, _, { length }) => totalLine(total, length > 1, words))}</section>
    <section class="card" aria-labelledby="invoices"><h2 id="invoices">${words.say("page.invoices")}</h2>
      <ul class="plain">${account.invoices.map((invoice) => invoiceItem(invoice, words))}</ul></section>
    ${payPart(account, words)}`;
}

function totalLine(
  total: { currency: string; openMinor: number },
  isOneOfSeveral: boolean,
  words: Words,
): Html {
  const { currency, openMinor } = total;
  const label = words.say("page.total", { several: isOneOfSeveral ? "yes" : "no", currency });
  return html`<p class="label">${label}</p><p class="sum">${words.formats.money(openMinor, currency)}</p>`;
}

function invoiceItem(invoice: LetterInvoice, words: Words): Html {
  const { money, day } = words.formats;
  const { currency, amountMinor, dueOn, daysOverdue, status } = invoice;
  const openMinor = openOf(invoice);
  const notes = [words.say("page.amountDue", { due: day(dueOn) })];
  if (invoice.poNumber) notes.push(words.say("row.po", { po: invoice.poNumber }));
  if (invoice.issuedOn !== null) notes.push(words.say("row.issued", { issued: day(invoice.issuedOn) }));
  if (amountMinor !== openMinor)
    notes.push(words.say("row.original", { amount: money(amountMinor, currency) }));
  const links = [
    [webLink(invoice.paymentUrl), words.say("pay.online")],
    [webLink(invoice.invoiceUrl), words.say("invoice.view")],
  ].filter(([url]) => url);
  return html`<li><div class="row"><strong>${invoice.number}</strong><strong class="num">${money(openMinor, currency)}</strong></div>
    <div class="row small quiet"><span>${notes.join(" · ")}</span>
      <span class="tag ${LATE.has(status) ? "late" : ""}">${words.say(`status.${status}`, { days: daysOverdue })}</span></div>
    ${links.length > 0 ? html`<div class="row small">${links.map(([url, label]) => html`<a href="${url}">${label}</a>`)}</div>` : ""}</li>`;
}

function payPart({ creditor, invoices }: DebtorAccount, words: Words): Html {
  const { bank } = creditor;
  const reference = invoices.length === 1 ? invoices[0]!.number : words.say("pay.referenceMany");
  const lines = [
    [words.say("pay.holder"), bank?.holder],
    [words.say("pay.iban"), bank?.iban],
    [words.say("pay.bic"), bank?.bic],
    [words.say("pay.account"), bank?.account],
    [words.say("pay.bankCode"), bank?.bankCode],
    [words.say("pay.bank"), bank?.name],
    [words.say("pay.reference"), reference],
  ].filter(([, value]) => value);
  return html`<section class="card" id="pay"><h2>${words.say("pay.title")}</h2>
    ${bank ? html`<dl>${lines.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>` : ""}
    <p class="small quiet">${words.say("pay.unchanged")}</p></section>`;
}

function answerPart(account: DebtorAccount, words: Words): Html {
  const ways = account.invoices.length === 0 ? WAYS.filter((way) => way === "contact") : WAYS;
  return html`<section aria-labelledby="answer"><h2 id="answer">${words.say("page.answer")}</h2>
    ${ways.length > 1 ? html`<nav class="ways card" aria-labelledby="answer">${ways.map((way) => html`<a href="#${way}">${words.say(`way.${way}`)}</a>`)}</nav>` : ""}
    ${ways.map((way) => wayPart(way, account, words))}</section>`;
}

function wayPart(way: Way, { creditor, invoices }: DebtorAccount, words: Words): Html {
  const { name, email, phone } = creditor.contact;
  const title = words.say(`way.${way}`);
  const subject = encodeURIComponent(
    `${title}: ${invoices
      .map(({ number }) => number)
      .slice(0, 5)
      .join(", ")}`,
  );
  return html`<section class="card" id="${way}"><h3>${title}</h3>
    <p>${words.say(`page.${way}`, { name })}</p>
    <p class="row"><a href="mailto:${email}?subject=${subject}">${words.say("page.byMail")}</a>
      ${phone ? html`<a href="tel:${phone.replace(/[^+\d]/g, "")}">${words.say("page.byPhone", { phone })}</a>` : ""}</p></section>`;
}

function totalsOf(invoices: LetterInvoice[]): { currency: string; openMinor: number }[] {
  const totals = new Map<string, number>();
  for (const invoice of invoices)
    totals.set(invoice.currency, (totals.get(invoice.currency) ?? 0) + openOf(invoice));
  return [...totals].map(([currency, openMinor]) => ({ currency, openMinor }));
}

/** What is open, whether it is asked for now or held. */
function openOf({ askedMinor, heldMinor }: LetterInvoice): number {
  return askedMinor + heldMinor;
}
