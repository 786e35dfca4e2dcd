import PostalMime from "postal-mime";
import { expect, test } from "vitest";
import { sampleLetters } from "../../src/email/sample-letters.ts";
import { writeLetter } from "../../src/email/write-letter.ts";
import type { Envelope } from "../../src/ports.ts";

const [SAMPLE] = sampleLetters("overdue-3", "en");

const ENVELOPE: Envelope = {
  messageId: "<rem_2@acme.example>",
  at: Date.parse("2026-03-02T10:00:00Z"),
  from: "Acme Accounts <ar@acme.example>",
  to: [{ name: "Bo Fern", email: "billing@fern.example" }],
  replyTo: "reply+rem_2.abc@in.acme.example",
  references: ["<rem_0@acme.example>", "<rem_1@acme.example>"],
  rehearsalFor: null,
};

const write = async (envelope: Envelope) => {
  const { subject, raw } = writeLetter(SAMPLE!.letter, envelope);
  return { subject, mail: await PostalMime.parse(raw) };
};

test("a letter answers the thread of the reminders before it and says that a machine sent it", async () => {
  const { subject, mail } = await write(ENVELOPE);
  expect(mail).toMatchObject({
    subject,
    messageId: "<rem_2@acme.example>",
    inReplyTo: "<rem_1@acme.example>",
    references: "<rem_0@acme.example> <rem_1@acme.example>",
    replyTo: [{ address: "reply+rem_2.abc@in.acme.example" }],
    to: [{ address: "billing@fern.example", name: "Bo Fern" }],
  });
  expect(mail.headers).toContainEqual(
    expect.objectContaining({ key: "auto-submitted", value: "auto-generated" }),
  );
  expect(mail.html).toContain("<html");
  expect(mail.text).not.toBe("");
});

test("a rehearsal says for whom it is meant", async () => {
  const { mail } = await write({ ...ENVELOPE, rehearsalFor: ["billing@fern.example"] });
  expect(mail.subject).toMatch(/^\[→ billing@fern\.example\] ./);
});
