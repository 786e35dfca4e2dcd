import { afterAll, describe, expect, test } from "vitest";
import { readSettings } from "../../src/config.ts";
import { createSesMailer } from "../../src/email/ses-mailer.ts";
import { writeLetter } from "../../src/email/write-letter.ts";
import { settleReminder } from "../../src/reminders/outcomes/settle-reminder.ts";
import { tick } from "../../src/reminders/sending/tick.ts";
import { invoice, NORDWIND } from "../support/cast.ts";
import { remindersOf, tell } from "../support/deliveries.ts";
import { type Fault, startSesRecorder, TEST_KEY } from "../support/ses-recorder.ts";
import { tellStory } from "../support/story.ts";

const ses = await startSesRecorder();
afterAll(() => ses.close());

const SOFT = { key: "soft", offsetDays: 1, template: "overdue-3", to: ["billing"], retryUnknown: true };
const LOST: [string, Fault][] = [
  ["the line goes dead", { kind: "hang_up" }],
  ["the answer is rubbish", { kind: "garble" }],
  ["the answer takes too long", { kind: "delay", ms: 1_500 }],
];

let customers = 0;

/** A reminder that SES took, and whose answer did not come back. */
async function lostStory(fault: Fault) {
  const email = `bills${++customers}@nordwind.example`;
  const story = await tellStory({
    at: "2026-03-09T10:00:00Z",
    policy: { stages: [SOFT], minContactGapDays: 0 },
  });
  const settings = readSettings({
    MAILER: "ses",
    MAIL_FROM: "Acme Accounts <ar@acme.example>",
    AWS_REGION: "eu-central-1",
    AWS_ENDPOINT_URL_SES: ses.url,
    SES_CONFIGURATION_SET: "dunwell",
    SNS_TOPIC_ARNS: "arn:aws:sns:eu-central-1:123456789012:dunwell",
    ...TEST_KEY,
  });
  const writer = { ...story.writer, letter: writeLetter };
  const services = { ...story, settings, writer, mailer: createSesMailer(settings, 500) };
  await story.customers({ ...NORDWIND, ref: email, contact: { email, role: "billing" } });
  await story.invoices(invoice({ number: "A", customerRef: email }));
  await story.bankFile();
  ses.fail(fault, { to: email });
  const taken = () => ses.mails.filter(({ to }) => to.includes(email));
  const go = async (minutes: number) => {
    story.clock.advance({ minutes });
    await story.bankFile();
    await tick(services);
  };
  await go(0);
  const { id } = (await remindersOf(story.db))[0]!;
  return { story, id, taken, go };
}

describe.concurrent.each(LOST)("when %s after SES took the mail", (_, fault) => {
  test("its Send event settles it, and it is never sent again", async () => {
    const { story, id, taken, go } = await lostStory(fault);
    expect(await remindersOf(story.db)).toMatchObject([{ id, state: "unknown" }]);
    await go(15);
    await tell(story, id, { kind: "send" });
    for (const minutes of [15, 60, 24 * 60]) await go(minutes);
    expect(await remindersOf(story.db)).toMatchObject([{ state: "sent", settled_by: "evidence" }]);
    expect(taken()).toHaveLength(1);
  });

  test("no word of it within an hour, though of another mail, has it decided anew", async () => {
    const { story, taken, go } = await lostStory(fault);
    for (const minutes of [15, 44]) await go(minutes);
    await tell(story, "rem_other", { kind: "send" });
    expect(taken()).toHaveLength(1);
    await go(2);
    expect(taken()).toHaveLength(2);
    expect(await remindersOf(story.db)).toMatchObject([
      { state: "failed", settled_by: "no_evidence" },
      { state: "sent" },
    ]);
  });

  test("a person who has seen it settles it", async () => {
    const { story, id, taken, go } = await lostStory(fault);
    await settleReminder(story, {
      asked: "A",
      outcome: "sent",
      reason: "they called about it",
      author: "cli:rita",
    });
    for (const minutes of [15, 60, 24 * 60]) await go(minutes);
    expect(await remindersOf(story.db)).toMatchObject([{ id, state: "sent", settled_by: "person" }]);
    expect(taken()).toHaveLength(1);
  });
});
