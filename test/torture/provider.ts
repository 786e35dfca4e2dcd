import type { RecordedMail } from "../support/ses-recorder.ts";
import type { Run } from "./evidence.ts";
import type { Random } from "./random.ts";

export type MailEvent = {
  id: string;
  mailId: string;
  kind: "send" | "delivery" | "bounce" | "complaint" | "delay";
  address: string | null;
  isPermanent: boolean | null;
  detail: string | null;
  at: number;
};

export type Provider = {
  /** Events whose turn has come, in no order to rely on. */
  due(round: number): MailEvent[];
  /** All that is left to be told. */
  rest(): MailEvent[];
  tally: { told: number; twice: number; lost: number };
};

const LONGEST_DELAY = 8;
const SECOND = 1000;

/** Tells of what SES took: late, twice, out of order, and of some mails nothing or not everything. */
export function watchMails(mails: RecordedMail[], runs: Run[], random: Random): Provider {
  const planned: { round: number; event: MailEvent }[] = [];
  const tally = { told: 0, twice: 0, lost: 0 };
  let seen = 0;
  const plan = (round: number) => {
    for (; seen < mails.length; seen++) {
      const mail = mails[seen]!;
      const events = eventsOf(mail, runs.find(({ path }) => path === mail.path)?.at ?? 0);
      const isSilent = random.chance(0.12);
      for (const event of events) {
        if (isSilent || random.chance(0.06)) tally.lost++;
        else planned.push({ round: round + random.whole(0, LONGEST_DELAY), event });
        if (isSilent || !random.chance(0.15)) continue;
        planned.push({ round: round + random.whole(0, LONGEST_DELAY), event });
        tally.twice++;
      }
    }
  };
  const take = (until: number) => {
    const taken = planned.filter(({ round }) => round <= until);
    planned.splice(0, planned.length, ...planned.filter(({ round }) => round > until));
    tally.told += taken.length;
    return taken.map(({ event }) => event).sort(() => random.next() - 0.5);
  };
  return {
    tally,
    due: (round) => {
      plan(round);
      return take(round);
    },
    rest: () => {
      plan(0);
      return take(Number.POSITIVE_INFINITY);
    },
  };
}

/** What becomes of a mail is written in its addresses. */
function eventsOf(mail: RecordedMail, at: number): MailEvent[] {
  const mailId = mail.tags.reminder ?? "";
  const event = (kind: MailEvent["kind"], address: string | null, seconds: number): MailEvent => ({
    id: `${mail.id} ${kind} ${address ?? ""}`,
    mailId,
    kind,
    address,
    isPermanent: kind === "bounce" ? true : null,
    detail: kind === "bounce" ? "smtp; 550 5.1.1 no such mailbox" : null,
    at: at + seconds * SECOND,
  });
  const fates = mail.to.flatMap((address) => {
    if (address.startsWith("bounces-")) return [event("bounce", address, 3)];
    const delivery = event("delivery", address, 2);
    return address.startsWith("complains-") ? [delivery, event("complaint", address, 3600)] : [delivery];
  });
  return [event("send", null, 1), ...fates];
}
