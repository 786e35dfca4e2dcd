import { html } from "hono/html";
import type { Words } from "../../../email/words.ts";
import type { Page } from "../../debtor/way.ts";
import { type Html, layout } from "../layout.ts";
import { hidden, inputField } from "./fields.ts";

/**
 * One page for every link that opens nothing; it tells nothing about why. The form goes to the address it came from, so that the page
 * is the same for every link.
 */
export function gonePage(words: Words, { isNameMissing = false } = {}): Html {
  const mistakes = isNameMissing ? [{ field: "name", text: words.say("page.mistake.name") }] : [];
  const name = inputField(
    { filled: new Map(), mistakes, words },
    {
      name: "name",
      label: words.say("page.name"),
      attributes: html`autocomplete="off" required maxlength="100"`,
    },
  );
  return plainPage(
    words,
    words.say("page.goneTitle"),
    html`<p>${words.say("page.gone")}</p></div>
    <form method="post" class="card" novalidate><h2>${words.say("page.renewTitle")}</h2>
      <p>${words.say("page.renewIntro")}</p>${hidden("ask", "link")}${name}
      <p class="buttons"><button>${words.say("page.renew")}</button></p></form><div>`,
  );
}

/** The answer to whoever asks for a new link, the same whether one was mailed or not. */
export function renewedPage(words: Words): Html {
  return plainPage(words, words.say("page.renewedTitle"), html`<p>${words.say("page.renewed")}</p>`);
}

/** Where no link leads: whoever comes here lost a part of one on the way. */
export function startPage(words: Words): Html {
  return plainPage(words, words.say("page.startTitle"), html`<p>${words.say("page.start")}</p>`);
}

/** Where a statement has no PDF: the same rows are in the table. */
export function noPdfPage({ token, words }: Page): Html {
  const table = html`<a href="/p/${token}/statement.csv">${words.say("page.statementCsv")}</a>`;
  return plainPage(words, words.say("page.noPdfTitle"), html`<p>${words.say("page.noPdf")} ${table}</p>`);
}

/** A page that knows no account: something is the matter with the request, or with us. */
export function troublePage(words: Words, what: "trouble" | "tooLarge" | "elsewhere"): Html {
  return plainPage(words, words.say(`page.${what}Title`), html`<p>${words.say(`page.${what}`)}</p>`);
}

function plainPage(words: Words, title: string, content: Html): Html {
  return layout({
    title,
    lang: words.locale,
    isNarrow: true,
    top: html``,
    main: html`<h1>${title}</h1><div class="card">${content}</div>`,
  });
}
