import { inflateRawSync } from "node:zlib";
import type { RecordedMail } from "../../support/ses-recorder.ts";
import type { Finding } from "./findings.ts";
import type { Mailing, Records } from "./records.ts";
import type { Letter } from "./sends.ts";

const LEFT = new Set(["sent", "delivered", "bounced", "complained"]);
const UNSETTLED = new Set(["claimed", "sending", "unknown"]);

/** What SES took and is not on record as it was, and what is on record as sent and SES never took. */
export function unexplained(
  { reminders, notices }: Records,
  letters: Letter[],
  mails: RecordedMail[],
): Finding[] {
  const found: Finding[] = letters.flatMap((letter) => {
    const { reminder, mail } = letter;
    const what = isNotice(mail)
      ? whyOther(notices.get(reminder), mail)
      : whyUnexplained(reminders.get(reminder), letter);
    return what ? [{ what, reminder, mail: mail.id }] : [];
  });
  const taken = new Set(mails.map(({ tags }) => tags.reminder));
  for (const { id, state } of [...reminders.values(), ...notices.values()]) {
    if (LEFT.has(state) && !taken.has(id))
      found.push({ reminder: id, what: `${state} on record, and SES never took it` });
  }
  return found;
}

function whyUnexplained(known: Mailing | undefined, { sends, mail }: Letter): string | null {
  if (sends.length === 0) return "no ledger tells of these bytes";
  const to: string[] = sends[0]!.sending.data.to;
  if ([...to].sort().join() !== [...mail.to].sort().join()) return "it went to others than the ledger tells";
  return whyOther(known, mail);
}

function whyOther(known: Mailing | undefined, mail: RecordedMail): string | null {
  if (!known) return "nothing is on record for it";
  if (known.bytes === null) return "its message was not kept";
  return inflateRawSync(known.bytes).toString("utf8") === mail.raw
    ? null
    : "the message that was kept is another";
}

/** Reminders that are still under way or of which nobody knows, and notices that are still under way. */
export function unknownLeft({ reminders, notices }: Records): Finding[] {
  const left = [...reminders.values()].filter(({ state }) => UNSETTLED.has(state));
  const sending = [...notices.values()].filter(({ state }) => state === "sending");
  return [...left, ...sending].map(({ id, state }) => ({ reminder: id, what: state }));
}

/** A notice leaves once under its id; nobody lets it come again. */
export function noticesTwice(mails: RecordedMail[]): Finding[] {
  const byId = Map.groupBy(mails.filter(isNotice), ({ tags }) => tags.reminder!);
  return [...byId]
    .filter(([, own]) => own.length > 1)
    .map(([reminder, own]) => ({ reminder, what: `${own.length} times` }));
}

function isNotice({ tags }: RecordedMail): boolean {
  return tags.reminder?.startsWith("ntc_") ?? false;
}
