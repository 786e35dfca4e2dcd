import { html } from "hono/html";
import type { Instant } from "../domain/zone.ts";
import type { Html } from "../http/pages/layout.ts";

/** A card with a table in it; nothing where the table would be empty. */
export function tablePart(title: string, heads: string[], rows: (Html | string)[][]): Html {
  if (rows.length === 0) return html``;
  return html`<section class="card"><h2>${title}</h2><table class="stack">
    <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></section>`;
}

export function moment(at: Instant, zone: string): Html {
  return html`<span class="nowrap">${localTime(at, zone)}</span><div class="small quiet nowrap">${utc(at)}</div>`;
}

function localTime(at: Instant, zone: string): string {
  const day = { weekday: "short", day: "numeric", month: "short", year: "numeric" } as const;
  const time = { hour: "2-digit", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat("en-GB", { ...day, ...time, timeZone: zone }).format(at);
}

export function utc(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

export function linkTo(path: string | null | undefined): Html {
  if (!path) return html``;
  return html`<a class="small" href="${path}">${path.startsWith("messages/") ? "message" : "file"}</a>`;
}
