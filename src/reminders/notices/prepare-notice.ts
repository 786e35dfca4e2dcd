import type { DueNotice } from "../../db/due-notices.ts";
import { findInvoiceFiles } from "../../db/invoice-files.ts";
import type { ReadyNotice } from "../../db/notice-sending.ts";
import type { ContactFacts } from "../../domain/facts.ts";
import type { Creditor } from "../../domain/letter.ts";
import { civilDayAt, type Instant } from "../../domain/zone.ts";
import type { OutgoingMail } from "../../ports.ts";
import type { Services } from "../../services.ts";
import { pageUrl } from "../links/page-url.ts";
import { addressed } from "../sending/envelope.ts";
import { keptMessage } from "../sending/kept-message.ts";

export type PreparedNotice = {
  notice: DueNotice;
  ready: ReadyNotice;
  mail: OutgoingMail;
  /** Numbers of invoices whose copy is too large for a mail. */
  tooLarge: string[];
};

/** A third more once encoded: SES takes 10 MB. */
const MOST_FILE_BYTES = 7_000_000;

/** Writes a notice: what leaves, and what is kept of it. `zone` is where its day is told. */
export async function prepareNotice(
  services: Pick<Services, "settings" | "writer" | "db">,
  input: {
    notice: DueNotice;
    contacts: ContactFacts[];
    creditor: Creditor;
    zone: string;
    secret: string;
    at: Instant;
  },
): Promise<PreparedNotice> {
  const { settings, writer } = services;
  const { notice, contacts, creditor, secret, at, zone } = input;
  const { id, customer, thread } = notice;
  const { envelope, recipients } = addressed(settings, {
    id,
    secret,
    creditor,
    contacts,
    references: thread,
    at,
  });
  const { files, tooLarge } = await filesOf(services, notice);
  const { subject, raw } = writer.notice(
    {
      kind: notice.kind,
      locale: customer.locale ?? creditor.locale,
      on: civilDayAt(at, zone),
      creditor,
      debtor: {
        name: customer.name,
        legalName: customer.legalName ?? customer.name,
        address: customer.address,
        country: customer.country,
        contactName: contacts.length === 1 ? contacts[0]!.name : null,
      },
      body: notice.body,
      files,
      pageUrl: pageUrl(settings, { secret, customerId: customer.id, mailId: id, at }),
    },
    envelope,
  );
  return {
    notice,
    tooLarge,
    mail: { id, from: envelope.from, to: recipients, raw },
    ready: {
      id,
      customerId: customer.id,
      customerVersion: customer.version,
      recipients,
      subject,
      message: await keptMessage(raw),
    },
  };
}

async function filesOf({ db }: Pick<Services, "db">, { kind, invoices }: DueNotice) {
  if (kind !== "invoice_resent") return { files: [], tooLarge: [] };
  return findInvoiceFiles(db, { invoiceIds: invoices.map(({ id }) => id), mostBytes: MOST_FILE_BYTES });
}
