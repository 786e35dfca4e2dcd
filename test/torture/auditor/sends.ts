import { createHash } from "node:crypto";
import type { RecordedMail } from "../../support/ses-recorder.ts";
import type { Run } from "../evidence.ts";
import { localTime } from "./days.ts";
import type { Invoice, LedgerRow, Records } from "./records.ts";

/** One invoice in one mail that SES took, as its ledger tells of it. */
export type Send = { invoice: Invoice; stage: string; sending: LedgerRow };

/** A mail that SES took, and the entries that were written before it left. */
export type Letter = {
  mail: RecordedMail;
  run: Run | undefined;
  reminder: string;
  sends: Send[];
  /** The moment of sending, and the civil day for the customer. */
  at: number;
  day: number;
};

export function lettersOf(mails: RecordedMail[], runs: Run[], { invoices }: Records): Letter[] {
  const byReminder = new Map<string, Send[]>();
  for (const invoice of invoices.values()) {
    for (const sending of invoice.ledger.filter(({ kind }) => kind === "reminder_sending")) {
      const key = `${sending.data.reminder} ${sending.data.message_sha256}`;
      byReminder.set(key, [...(byReminder.get(key) ?? []), { invoice, stage: sending.data.stage, sending }]);
    }
  }
  const runsByPath = new Map(runs.map((run) => [run.path, run]));
  return mails.map((mail) => {
    const reminder = mail.tags.reminder ?? "";
    const sends = byReminder.get(`${reminder} ${sha256(mail.raw)}`) ?? [];
    const at = sends[0]?.sending.at ?? 0;
    const zone = sends[0]?.invoice.customer.zone ?? "UTC";
    return { mail, run: runsByPath.get(mail.path), reminder, sends, at, day: localTime(at, zone).day };
  });
}

/** It was taken as not sent though nobody had said so: for want of evidence, or by a person's word. An answer of SES has a code. */
export function isTakenAsUnsent({ kind, data }: LedgerRow): boolean {
  return kind === "reminder_failed" && data.code === undefined;
}

function sha256(raw: string): string {
  return createHash("sha256").update(raw, "utf8").digest("hex");
}
