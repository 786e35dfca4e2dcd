import type { Letter } from "../../src/domain/letter.ts";
import type { Notice } from "../../src/domain/notice.ts";
import type { Envelope, Writer } from "../../src/ports.ts";

/** A writer whose mails are the facts they would say, as JSON; `readFakeMail` reads them back. */
export function createFakeWriter(): Writer {
  return {
    letter: (letter, envelope) => ({
      subject: `${letter.template} ${letter.asked.map((invoice) => invoice.number).join(" ")}`,
      text: JSON.stringify(letter),
      raw: new TextEncoder().encode(JSON.stringify({ letter, envelope })),
    }),
    notice: (notice, envelope) => ({
      subject: `${notice.kind} ${notice.body.items.map(({ number }) => number).join(" ")}`,
      raw: new TextEncoder().encode(JSON.stringify({ notice, envelope })),
    }),
    alert: (view) => ({ text: JSON.stringify(view), blocks: [] }),
  };
}

export function readFakeMail(mail: { raw: Uint8Array }): { letter: Letter; envelope: Envelope } {
  return JSON.parse(new TextDecoder().decode(mail.raw));
}

export function readFakeNotice(mail: { raw: Uint8Array }): { notice: Notice; envelope: Envelope } {
  return JSON.parse(new TextDecoder().decode(mail.raw));
}
