import { expect, test } from "vitest";
import { readSesEvent } from "../../src/email/ses-events.ts";

test.each([
  ["Permanent", "General", true],
  ["Permanent", undefined, true],
  ["Transient", "MailboxFull", false],
  ["Transient", "ContentRejected", false],
  ["Transient", "General", null],
  ["Transient", undefined, null],
  ["Undetermined", "Undetermined", null],
])("a bounce that is %s and %s is for good: %s", (bounceType, bounceSubType, isPermanent) => {
  const timestamp = "2026-03-09T10:00:00.000Z";
  const bouncedRecipients = [{ emailAddress: "bills@nordwind.example" }];
  const body = {
    eventType: "Bounce",
    mail: { messageId: "1", timestamp },
    bounce: { bounceType, bounceSubType, bouncedRecipients, feedbackId: "f1", timestamp },
  };
  expect(readSesEvent(JSON.stringify(body))).toMatchObject({
    events: [{ kind: "bounce", address: "bills@nordwind.example", isPermanent }],
  });
});
