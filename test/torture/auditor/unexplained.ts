import { inflateRawSync } from "node:zlib";
import type { RecordedMail } from "../../support/ses-recorder.ts";
import type { Finding } from "./findings.ts";
import type { Records } from "./records.ts";
import type { Letter } from "./sends.ts";

const LEFT = new Set(["sent", "delivered", "bounced", "complained"]);
const UNSETTLED = new Set(["claimed", "sending", "unknown"]);

/** What SES took and is not on record as it was, and what is on record as sent and SES never took. */
export function unexplained({ reminders }: Records, letters: Letter[], mails: RecordedMail[]): Finding[] {
  const found: Finding[] = letters.flatMap(({ mail, reminder, sends }) => {
    const known = reminders.get(reminder);
    const tell = (what: string) => [{ what, reminder, mail: mail.id }];
    if (!known) return tell("no reminder is on record for it");
    if (sends.length === 0) return tell("no ledger tells of these bytes");
    const to = sends[0]!.sending.data.to as string[];
    if ([...to].sort().join() !== [...mail.to].sort().join())
      return tell("it went to others than the ledger tells");
    if (known.bytes === null) return tell("its message was not kept");
    return inflateRawSync(known.bytes).toString("utf8") === mail.raw
      ? []
      : tell("the message that was kept is another");
  });
  const taken = new Set(mails.map(({ tags }) => tags.reminder));
  for (const { id, state } of reminders.values()) {
    if (LEFT.has(state) && !taken.has(id))
      found.push({ reminder: id, what: `${state} on record, and SES never took it` });
  }
  return found;
}

/** Reminders that are still under way, or of which nobody knows. */
export function unknownLeft({ reminders }: Records): Finding[] {
  return [...reminders.values()]
    .filter(({ state }) => UNSETTLED.has(state))
    .map(({ id, state }) => ({ reminder: id, what: state }));
}
