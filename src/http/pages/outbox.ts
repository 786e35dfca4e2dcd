import { html } from "hono/html";
import type { Email } from "postal-mime";
import type { KeptMail } from "../../db/outbox.ts";
import { type Html, layout } from "./layout.ts";

const TOP = html`<a href="/outbox">Dunwell outbox</a>`;

export type MailView = "html" | "text" | "source";
const VIEWS: [MailView, string][] = [
  ["html", "HTML"],
  ["text", "Text"],
  ["source", "Source"],
];

/** The kept mails, newest first. `next` is where the older ones begin. */
export function outboxPage(mails: KeptMail[], next: string | null): Html {
  return layout({
    title: "Outbox",
    lang: "en",
    top: TOP,
    main: html`<h1>Outbox</h1>
      <div class="card">${mails.length === 0 ? nothing : table(mails)}</div>
      ${next && html`<p><a href="/outbox?before=${next}" rel="next">Older mails</a></p>`}`,
  });
}

const nothing = html`<p>No mail yet.</p>
  <p class="quiet">Every mail that leaves is kept here as it was sent.</p>`;

function table(mails: KeptMail[]): Html {
  return html`<table class="stack">
    <thead><tr><th>When (UTC)</th><th>Mail</th><th>Occasion</th><th>State</th></tr></thead>
    <tbody>${mails.map(
      (mail) => html`<tr>
        <td class="nowrap quiet">${when(mail)}</td>
        <td><a href="/outbox/${mail.id}">${mail.subject || "(no subject)"}</a>
          <div class="small quiet">${mail.customerName}, ${mail.recipients.join(", ")}</div></td>
        <td><code>${mail.occasion}</code></td>
        <td>${state(mail)}</td>
      </tr>`,
    )}</tbody></table>`;
}

/** One mail in one of its three views. */
export function mailPage(mail: KeptMail & { raw: Buffer }, email: Email, view: MailView): Html {
  const tab = ([key, name]: [MailView, string]) =>
    html`<a href="${pathOf(mail, key)}" ${key === view ? html`aria-current="page"` : ""}>${name}</a>`;
  return layout({
    title: mail.subject || "Mail",
    lang: "en",
    top: TOP,
    main: html`<h1>${mail.subject || "(no subject)"}</h1>
      <div class="card"><dl>
        <dt>From</dt><dd>${address(email.from)}</dd>
        <dt>To</dt><dd>${mail.recipients.join(", ")}</dd>
        ${email.replyTo?.length ? html`<dt>Reply to</dt><dd>${email.replyTo.map(address).join(", ")}</dd>` : ""}
        <dt>Customer</dt><dd>${mail.customerName} <span class="quiet">${mail.customerRef}</span></dd>
        <dt>Occasion</dt><dd><code>${mail.occasion}</code> ${state(mail)}</dd>
        ${attached(email)}
        <dt>When</dt><dd>${when(mail)} UTC</dd>
        <dt>Id</dt><dd><code>${mail.id}</code></dd>
        <dt>SHA-256</dt><dd><code>${mail.sha256}</code></dd>
      </dl></div>
      <nav class="tabs" aria-label="Views">${VIEWS.map(tab)}<a href="/outbox/${mail.id}/raw">Download</a></nav>
      ${body(mail, email, view)}`,
  });
}

function attached({ attachments }: Email): Html | "" {
  if (attachments.length === 0) return "";
  return html`<dt>Attached</dt><dd>${attachments.map(({ filename }) => filename).join(", ")}</dd>`;
}

function body(mail: KeptMail & { raw: Buffer }, email: Email, view: MailView): Html {
  if (view === "text")
    return html`<div class="card"><pre>${email.text ?? "This mail has no text part."}</pre></div>`;
  if (view === "source") return html`<div class="card"><pre>${mail.raw.toString("latin1")}</pre></div>`;
  return html`<iframe src="/outbox/${mail.id}/body" title="The mail as the recipient sees it"
    sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
}

function pathOf(mail: KeptMail, view: MailView): string {
  return view === "html" ? `/outbox/${mail.id}` : `/outbox/${mail.id}/${view}`;
}

function address(one: { name?: string; address?: string } | undefined): string {
  if (!one) return "";
  return one.name ? `${one.name} <${one.address}>` : (one.address ?? "");
}

function state(mail: KeptMail): Html {
  const isLate = ["bounced", "complained", "deferred", "failed", "unknown"].includes(mail.state);
  return html`<span class="tag ${isLate ? "late" : ""}">${mail.state.replaceAll("_", " ")}</span>`;
}

function when(mail: KeptMail): string {
  const at = mail.sentAt ?? mail.sendingAt;
  return at === null ? "not yet" : new Date(at).toISOString().slice(0, 16).replace("T", " ");
}
