import type { Letter } from "../domain/letter.ts";
import type { Envelope, Writer } from "../ports.ts";
import { buildMime, type MimeMail } from "./mime.ts";
import { type RenderedLetter, renderLetter } from "./render-letter.ts";

/** The finished mail of a letter: words, HTML and text twins, headers. */
export function writeLetter(letter: Letter, envelope: Envelope): ReturnType<Writer["letter"]> {
  const mail = mimeOf(renderLetter(letter), envelope);
  return { subject: mail.subject, text: mail.text, raw: buildMime(mail) };
}

/** What was rendered in its envelope. A rehearsal says in its subject whom it is meant for. */
export function mimeOf(rendered: RenderedLetter, envelope: Envelope): MimeMail {
  const { rehearsalFor, references, messageId, at, from, to, replyTo } = envelope;
  return {
    ...rendered,
    subject: rehearsalFor ? `[→ ${rehearsalFor.join(", ")}] ${rendered.subject}` : rendered.subject,
    messageId,
    date: at,
    from,
    to,
    replyTo,
    inReplyTo: references.at(-1) ?? null,
    references,
    headers: { "Auto-Submitted": "auto-generated" },
  };
}
