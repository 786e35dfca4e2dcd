import type { Mailer, MailOutcome, OutgoingMail } from "../../src/ports.ts";

export type FakeMailer = Mailer & {
  /** What a recipient has got: accepted mails, and those of an unknown outcome that arrived all the same. */
  mails: OutgoingMail[];
  /** Every attempt, accepted or not. */
  attempts: OutgoingMail[];
  /** What it answers from now on; undefined accepts again. */
  answer(outcome: MailOutcome | ((mail: OutgoingMail) => MailOutcome | undefined) | undefined): void;
};

/** A mailer that keeps what it is given and accepts it unless told otherwise. */
export function createFakeMailer(): FakeMailer {
  const mails: OutgoingMail[] = [];
  const attempts: OutgoingMail[] = [];
  let told: (mail: OutgoingMail) => MailOutcome | undefined = () => undefined;
  return {
    name: "outbox",
    concurrency: 4,
    mails,
    attempts,
    answer(outcome) {
      told = typeof outcome === "function" ? outcome : () => outcome;
    },
    async send(mail) {
      attempts.push(mail);
      const outcome = told(mail) ?? accepted(attempts.length);
      if (outcome.kind === "accepted" || outcome.kind === "unknown") mails.push(mail);
      return outcome;
    },
  };
}

function accepted(attempt: number): MailOutcome {
  return { kind: "accepted", providerId: `fake-${attempt}`, messageId: `<fake-${attempt}@mail.example>` };
}
