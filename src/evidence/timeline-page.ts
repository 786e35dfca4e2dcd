import { html } from "hono/html";
import type { CivilDay } from "../domain/civil-date.ts";
import { type Html, layout } from "../http/pages/layout.ts";
import type { Evidence } from "../reminders/operation/gather-evidence.ts";
import { linkTo, moment, tablePart, utc } from "./page-parts.ts";
import type { Item } from "./paths.ts";
import { capital, type Detail, formats, inWords, type TimelineLine, whoIs } from "./timeline.ts";

type Shown = { items: Item[]; lines: TimelineLine[]; faults: string[] };

/** The record as one page to read or print: self-contained, without a script. */
export function timelinePage(evidence: Evidence, shown: Shown): Html {
  const { invoice, customer, world, zone } = evidence;
  return layout({
    title: `Evidence for invoice ${invoice.number}`,
    lang: "en",
    top: html`Evidence, packed by Dunwell`,
    main: html`<h1>Invoice ${invoice.number}</h1>
      <p class="quiet">${world.creditor?.legalName ?? "Creditor not on record"} to ${customer.legalName ?? customer.name}.
        Times are those of ${zone}, beneath them UTC.</p>
      ${faultsPart(shown.faults)}
      ${factsPart(evidence)}
      ${timelinePart(shown.lines, zone)}
      ${messagesPart(evidence, shown.items)}
      ${repliesPart(evidence, shown.items)}
      ${wordsPart(evidence)}
      ${moneyPart(evidence)}
      ${holdsPart(evidence)}
      ${documentsPart(evidence, shown.items)}`,
    bottom: endPart(evidence),
  });
}

function faultsPart(faults: string[]): Html {
  if (faults.length === 0) return html``;
  return html`<section class="card"><h2><span class="tag late">Does not hold</span></h2>
    <p>This record was changed after it was written. Do not rely on it before this is explained:</p>
    <ul>${faults.map((fault) => html`<li>${fault}</li>`)}</ul></section>`;
}

function factsPart({ invoice, customer, world }: Evidence): Html {
  const { currency, amountMinor, balanceMinor, issuedOn, dueOn } = invoice;
  const facts: [string, string | null][] = [
    ["Creditor", lines(world.creditor?.legalName, world.creditor?.address)],
    ["Customer", lines(`${customer.legalName ?? customer.name} (${customer.ref})`, customer.address)],
    ["Amount", formats.money(amountMinor, currency)],
    ["Left to pay", formats.money(balanceMinor, currency)],
    ["Issued on", dayOf(issuedOn)],
    ["Due on", dayOf(dueOn)],
    ["Purchase order", invoice.poNumber],
    ["Status", invoice.status === "open" ? null : capital(inWords(invoice.status))],
  ];
  return html`<section class="card"><dl>${facts.map(
    ([name, value]) => value && html`<dt>${name}</dt><dd>${value}</dd>`,
  )}</dl></section>`;
}

function timelinePart(entries: TimelineLine[], zone: string): Html {
  const rows = entries.map(({ at, title, who, details, file }) => [
    moment(at, zone),
    html`<strong>${title}</strong> ${linkTo(file)}<div class="small quiet">${sentence(details)}</div>`,
    who,
  ]);
  return tablePart("What happened", ["When", "What", "Who"], rows);
}

function sentence(details: Detail[]): string {
  return details
    .filter(({ isForPeople }) => isForPeople)
    .map(({ label, text }) => `${capital(label)}: ${text}`)
    .join(" · ");
}

function messagesPart({ reminders, notices, deliveries, zone }: Evidence, items: Item[]): Html {
  const paths = new Map(items.map(({ id, path }) => [id, path]));
  const all = [
    ...reminders.map((reminder) => ({ ...reminder, what: reminder.stage, when: reminder.sentAt })),
    ...notices.map((notice) => ({ ...notice, what: notice.kind, when: notice.sentAt })),
  ];
  const rows = all.map(({ id, what, when, subject, recipients, state }) => [
    when === null ? "not sent" : moment(when, zone),
    html`<strong>${capital(inWords(what))}</strong> ${linkTo(paths.get(id))}
      <div class="small">${subject}</div><div class="small quiet">To ${recipients.join(", ")}</div>`,
    html`${capital(inWords(state))}<div class="small quiet">${deliveries
      .filter(({ mailId }) => mailId === id)
      .map(
        ({ kind, address, detail, at }) =>
          html`${capital(inWords(kind))} ${utc(at)} ${address} ${detail}<br>`,
      )}</div>`,
  ]);
  return tablePart("Messages", ["Sent", "Message", "What became of it"], rows);
}

/** The mails that came back. */
function repliesPart({ replies, zone }: Evidence, items: Item[]): Html {
  const paths = new Map(items.map(({ id, path }) => [id, path]));
  const rows = replies.map(({ id, kind, fromAddress, subject, proof, receivedAt, state, decidedBy }) => [
    moment(receivedAt, zone),
    html`<strong>${capital(inWords(kind))}</strong> ${linkTo(paths.get(id))}
      <div class="small">${subject}</div><div class="small quiet">From ${fromAddress} (${SENDERS[proof]})</div>`,
    html`${capital(inWords(state))}<div class="small quiet">${decidedBy === null ? "" : whoIs(decidedBy)}</div>`,
  ]);
  return tablePart("Replies", ["Received", "Reply", "What became of it"], rows);
}

const SENDERS: Record<string, string> = {
  passed: "sender proved",
  none: "sender not proved",
  failed: "sender may be forged",
};

/** What was promised, contested and agreed. */
function wordsPart({ promises, disputes, plans, instalments, invoice, zone }: Evidence): Html {
  const money = (minor: number | null) =>
    minor === null ? "the whole" : formats.money(minor, invoice.currency);
  const by = (name: string | null, author: string) => name ?? whoIs(author);
  return html`${tablePart(
    "Promises to pay",
    ["Made", "Promise", "Outcome"],
    promises.map(({ madeAt, amountMinor, promisedOn, name, author, note, state }) => [
      moment(madeAt, zone),
      html`${money(amountMinor)} by ${formats.day(promisedOn)}<div class="small quiet">${by(name, author)} ${note}</div>`,
      capital(inWords(state)),
    ]),
  )}${tablePart(
    "Disputes",
    ["Opened", "Dispute", "Outcome"],
    disputes.map(({ openedAt, amountMinor, reason, text, name, author, state, answer }) => [
      moment(openedAt, zone),
      html`${capital(inWords(reason))}: ${money(amountMinor)}<div class="small">${text}</div>
        <div class="small quiet">${by(name, author)}</div>`,
      html`${capital(inWords(state))}<div class="small quiet">${answer}</div>`,
    ]),
  )}${tablePart(
    "Instalments",
    ["Asked for", "Plan", "Outcome"],
    plans.map(({ id, askedAt, shareMinor, invoices, name, author, note, state, answer }) => [
      moment(askedAt, zone),
      html`${money(shareMinor)} of this invoice${invoices > 1 ? `, in a plan for ${invoices} invoices` : ""}
        <div class="small">${instalments
          .filter(({ planId }) => planId === id)
          .map(
            (part) =>
              html`${formats.day(part.dueOn)}: ${money(part.amountMinor)}, ${inWords(part.state)}<br>`,
          )}</div>
        <div class="small quiet">${by(name, author)} ${note}</div>`,
      html`${capital(inWords(state))}<div class="small quiet">${answer}</div>`,
    ]),
  )}`;
}

function moneyPart({ payments, invoice }: Evidence): Html {
  const rows = payments.map(({ paidOn, kind, reference, allocatedMinor }) => [
    formats.day(paidOn),
    html`${capital(inWords(kind))} <span class="quiet">${reference}</span>`,
    formats.money(allocatedMinor, invoice.currency),
  ]);
  return tablePart("Money on this invoice", ["Paid on", "What", "For this invoice"], rows);
}

function holdsPart({ holds, invoice, zone }: Evidence): Html {
  const rows = holds.map(({ fromAt, until, endedAt, kind, isOnCustomer, reason, amountMinor, author }) => [
    html`${moment(fromAt, zone)}<div class="small">${until === null ? "" : `through ${formats.day(until)}`}</div>`,
    html`${capital(inWords(kind))}${isOnCustomer ? ", on all that the customer owes" : ""}${
      amountMinor === null ? "" : `, for ${formats.money(amountMinor, invoice.currency)}`
    }<div class="small">${reason}</div><div class="small quiet">${whoIs(author)}</div>`,
    endedAt === null ? "" : html`Ended ${moment(endedAt, zone)}`,
  ]);
  return tablePart("Times without reminders", ["From", "Why", "End"], rows);
}

function documentsPart({ documents, zone }: Evidence, items: Item[]): Html {
  const paths = new Map(items.map(({ id, path }) => [id, path]));
  const rows = documents.map(({ id, at, kind, name, author, sha256 }) => [
    moment(at, zone),
    html`<strong>${capital(inWords(kind))}</strong> ${name} ${linkTo(paths.get(id))}
      <div class="small quiet">SHA-256 <code>${sha256}</code></div>`,
    whoIs(author),
  ]);
  return tablePart("Documents", ["Attached", "Document", "Who"], rows);
}

function endPart({ ledger }: Evidence): Html {
  const last = ledger.at(-1);
  return html`<p>${ledger.length} entries in the ledger${last && html`, the last with the hash <code>${last.hash}</code>`}.
    README.txt says how to check that nothing was changed.</p>`;
}

function lines(...parts: (string | null | undefined)[]): string | null {
  return parts.filter(Boolean).join(", ") || null;
}

function dayOf(day: CivilDay | null): string {
  return day === null ? "not on record" : formats.day(day);
}
