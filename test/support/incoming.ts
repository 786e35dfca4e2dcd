import type { Db } from "../../src/db/open.ts";
import type { InvoiceRecord } from "../../src/domain/records.ts";
import type { MailVerdicts } from "../../src/domain/reply/sender-proof.ts";
import { takeMail } from "../../src/reminders/replies/take-mail.ts";
import { invoice } from "./cast.ts";
import { readFakeMail } from "./fake-writer.ts";
import { type Story, tellStory } from "./story.ts";

export const PROVED: MailVerdicts = {
  spf: "pass",
  dkim: "pass",
  dmarc: "pass",
  isHarmful: false,
  domains: [],
};
export const FORGED: MailVerdicts = { spf: "fail", dkim: null, dmarc: "fail", isHarmful: false, domains: [] };
export const UNPROVED: MailVerdicts = { spf: null, dkim: null, dmarc: null, isHarmful: false, domains: [] };

/** A debtor who got a first reminder on Monday, 9 March 2026, and the address to answer it. */
export type Reminded = { story: Story; mailId: string; replyTo: string };

export async function reminded(
  options: { policy?: Record<string, unknown>; invoices?: Partial<InvoiceRecord>[]; db?: Db } = {},
): Promise<Reminded> {
  const story = await tellStory({ at: "2026-03-09T10:00:00Z", ...options });
  Object.assign(story.settings, { MAIL_REPLY_DOMAIN: "in.acme.example" });
  await story.invoices(...(options.invoices ?? [{ number: "A-100" }]).map(invoice));
  await story.bankFile();
  await story.tickOnce();
  const [mail] = story.mailer.mails;
  story.clock.advance({ hours: 1 });
  return { story, mailId: mail!.id, replyTo: readFakeMail(mail!).envelope.replyTo };
}

let mails = 0;

export type Written = {
  text: string;
  to?: string;
  from?: string;
  subject?: string;
  /** As they stand, each line with its end. */
  headers?: string;
  messageId?: string;
};

/** A mail as a debtor's program writes it. */
export function writtenMail({ text, to, from, subject, headers = "", messageId }: Written): Uint8Array {
  return Buffer.from(
    `From: ${from ?? "Bela Buch <bills@nordwind.example>"}\r\nTo: ${to ?? "ar@acme.example"}\r\n` +
      `Subject: ${subject ?? "Re: your invoice"}\r\nDate: Mon, 9 Mar 2026 12:00:00 +0100\r\n` +
      `Message-ID: <${messageId ?? `m${++mails}`}@nordwind.example>\r\n${headers}` +
      `Content-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`,
  );
}

/** Delivers a mail, proved to be its sender's unless told otherwise. */
export function deliver(
  story: Story,
  raw: Uint8Array,
  verdicts: MailVerdicts = PROVED,
  recipients: string[] = [],
) {
  return takeMail(story, { raw, receivedAt: story.clock(), recipients, verdicts });
}

/** What people were told, as facts. */
export async function told(story: Story, kind: string) {
  const { rows } = await story.db.client.execute({
    sql: "SELECT to_email, payload FROM alerts WHERE kind = ? ORDER BY id",
    args: [kind],
  });
  return rows.map((row) => ({ to: row.to_email, ...JSON.parse(String(row.payload)) }));
}

export async function repliesIn(story: Story) {
  return (await story.db.client.execute("SELECT * FROM replies ORDER BY id")).rows;
}
