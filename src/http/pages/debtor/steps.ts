import { html } from "hono/html";
import type { Words } from "../../../email/words.ts";
import { isProof } from "../../debtor/files.ts";
import { entriesOf, type Filled } from "../../debtor/filled.ts";
import type { AnyWay, Mistake, Page, Understood, WayName } from "../../debtor/way.ts";
import { type Html, layout } from "../layout.ts";
import { fileField, hidden, inputField } from "./fields.ts";

const LONGEST_NAME = 100;

/** The first step: something to fill in. */
export function formPage(page: Page, way: AnyWay, filled: Filled, mistakes: Mistake[] = []): Html {
  const { words } = page;
  const title = titleOf(way.name, words);
  return stepPage(page, title, {
    mistakes,
    main: html`${introOf(way.name, page)}
      <form method="post" action="${pathOf(page, way.name)}" class="card" novalidate>
      ${way.form(filled, page, mistakes)}
      <p class="buttons"><button>${words.say("page.continue")}</button></p></form>`,
  });
}

/** The second: what was understood, and a name to confirm it with. */
export function confirmPage(
  page: Page,
  way: AnyWay,
  step: { filled: Filled; understood: Understood; form: string; name: string; mistakes: Mistake[] },
): Html {
  const { words } = page;
  const { filled, understood, form, name, mistakes } = step;
  const state = { filled: new Map([["name", [name]]]), mistakes, words };
  const carried = entriesOf(filled).flatMap(([field, texts]) => texts.map((text) => hidden(field, text)));
  const kind = way.files ? html`enctype="multipart/form-data"` : "";
  return stepPage(page, words.say("page.check"), {
    mistakes,
    main: html`<p>${words.say("page.checkIntro")}</p>
      <div class="card understood">${understoodPart(understood)}</div>
      <form method="post" action="${pathOf(page, way.name)}" ${kind} class="card" novalidate>
      ${hidden("form", form)}${carried}
      ${filesPart(way, state)}
      ${inputField(state, {
        name: "name",
        label: words.say("page.name"),
        hint: words.say("page.nameHint"),
        attributes: html`autocomplete="off" required maxlength="${LONGEST_NAME}"`,
      })}
      <p class="buttons"><button name="confirm" value="yes">${words.say("page.confirm")}</button>
        <button class="second" name="edit" value="yes">${words.say("page.edit")}</button></p></form>`,
  });
}

/** The end: what came of it. */
export function donePage(page: Page, { name, said }: { name: string; said: string }): Html {
  const { words } = page;
  return messagePage(page, words.say("page.done", { name }), [said, words.say("page.doneMail")]);
}

/** A page that only tells something, with the way back to the account. */
export function messagePage(page: Page, title: string, said: string[]): Html {
  return stepPage(page, title, {
    mistakes: [],
    main: html`<div class="card">${said.map((text) => html`<p>${text}</p>`)}</div>
      <p><a class="button" href="/p/${page.token}">${page.words.say("page.back")}</a></p>`,
  });
}

export function pathOf({ token }: Page, way: WayName): string {
  return `/p/${token}/${way}`;
}

function stepPage(page: Page, title: string, { main, mistakes }: { main: Html; mistakes: Mistake[] }): Html {
  const { words, account } = page;
  const { legalName, contact } = account.creditor;
  return layout({
    title: `${title} · ${legalName}`,
    lang: words.locale,
    isNarrow: true,
    top: html`<a href="/p/${page.token}">← ${words.say("page.back")}</a><span>${legalName}</span>`,
    main: html`${mistakesPart(mistakes, words)}<h1>${title}</h1>${main}`,
    bottom: html`<p>${words.say("page.talk")} ${[contact.name, contact.phone].filter(Boolean).join(words.say("comma"))}${words.say("comma")}<a href="mailto:${contact.email}">${contact.email}</a></p>`,
  });
}

/** First on the page, with the focus, each mistake leading to its field. */
function mistakesPart(mistakes: Mistake[], words: Words): Html {
  if (mistakes.length === 0) return html``;
  return html`<div class="mistakes" role="alert" tabindex="-1" autofocus>
    <p><strong>${words.say("page.mistakes", { count: mistakes.length })}</strong></p>
    <ul>${mistakes.map(({ field, text }) => html`<li><a href="#${field}">${text}</a></li>`)}</ul></div>`;
}

function understoodPart({ said, rows, notes }: Understood): Html {
  return html`${said.map((text) => html`<p class="said">${text}</p>`)}
    ${rows ? html`<table><tbody>${rows.map(([day, amount]) => html`<tr><td>${day}</td><td class="num">${amount}</td></tr>`)}</tbody></table>` : ""}
    ${notes.map((text) => html`<p class="quiet">${text}</p>`)}`;
}

function filesPart(way: AnyWay, state: Parameters<typeof fileField>[0]): Html {
  if (!way.files) return html``;
  const { words } = state;
  return fileField(state, {
    name: "files",
    label: words.say(way.files.label),
    hint: words.say("page.filesHint", { isProof: isProof(way) }),
    isOptional: true,
  });
}

/** What a way is called, on its link and on its page. */
export function titleOf(way: WayName, words: Words): string {
  return way === "change" || way === "withdrawal" ? words.say(`page.${way}`) : words.say(`way.${way}`);
}

/** A change says in its form what it is about. */
function introOf(way: WayName, { words, account }: Page): Html {
  if (way === "change" || way === "withdrawal") return html``;
  return html`<p>${words.say(`page.${way}`, { debtor: account.debtorName })}</p>`;
}
