import type { Letter } from "../domain/letter.ts";
import type { Envelope } from "../ports.ts";
import { buildMime } from "./mime.ts";
import { renderLetter } from "./render-letter.ts";

/** The finished mail of a letter: words, HTML and text twins, headers. A rehearsal says in its subject whom it is meant for. */
export function writeLetter(letter: Letter, envelope: Envelope): { subject: string; raw: Uint8Array } {
  const { html, text, locale, ...rendered } = renderLetter(letter);
  const { rehearsalFor, references } = envelope;
  const subject = rehearsalFor ? `[→ ${rehearsalFor.join(", ")}] ${rendered.subject}` : rendered.subject;
  const raw = buildMime({
    messageId: envelope.messageId,
    date: envelope.at,
    from: envelope.from,
    to: envelope.to,
    replyTo: envelope.replyTo,
    subject,
    text,
    html,
    locale,
    inReplyTo: references.at(-1) ?? null,
    references,
    headers: { "Auto-Submitted": "auto-generated" },
  });
  return { subject, raw };
}
