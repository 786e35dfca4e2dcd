import { expect, test } from "vitest";
import { NORDWIND } from "../../support/cast.ts";
import { deliver, FORGED, reminded, repliesIn, told, UNPROVED } from "../../support/incoming.ts";
import { ledgerOf } from "../../support/stored.ts";
import type { Story } from "../../support/story.ts";

type Report = { original?: string; status?: string; action?: string; recipient?: string; id?: string };

/** A report of a mail server, as RFC 3464 has it, with the headers of the mail that it returns. */
function report({
  original = "",
  status = "5.1.1",
  action = "failed",
  recipient,
  id = "dsn-1",
}: Report): Uint8Array {
  const parts = [
    "Content-Type: text/plain\r\n\r\nYour message could not be delivered.",
    `Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.nordwind.example\r\n\r\n` +
      `Final-Recipient: rfc822; ${recipient ?? "bills@nordwind.example"}\r\nAction: ${action}\r\nStatus: ${status}`,
    `Content-Type: text/rfc822-headers\r\n\r\n${original}Subject: Invoice\r\n`,
  ];
  return Buffer.from(
    `Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.nordwind.example\r\nTo: ar@acme.example\r\nSubject: Undelivered Mail\r\n` +
      `Message-ID: <${id}@mx.nordwind.example>\r\nMIME-Version: 1.0\r\n` +
      `Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n` +
      `${parts.map((part) => `--b\r\n${part}\r\n`).join("")}--b--\r\n`,
  );
}

async function stateOf({ db }: Story) {
  return (await db.client.execute("SELECT state FROM reminders ORDER BY id")).rows.map(({ state }) => state);
}

test("a report about a mail of ours counts as its bounce: the stage is open again, and the next contact takes over", async () => {
  const { story, mailId } = await reminded();
  await story.customers({ ...NORDWIND, contact: { email: "boss@nordwind.example", role: "manager" } });
  const raw = report({ original: `Message-ID: <${mailId}@acme.example>\r\n` });
  for (let i = 0; i < 3; i++) await deliver(story, raw, UNPROVED);
  expect(await stateOf(story)).toEqual(["bounced"]);
  expect((await ledgerOf(story.db, "A-100")).map(({ kind }) => kind).slice(-3)).toEqual([
    "reminder_bounced",
    "stage_reset",
    "reply_received",
  ]);
  await story.tickOnce();
  expect(story.mailer.mails.map(({ to }) => to)).toEqual([
    ["bills@nordwind.example"],
    ["boss@nordwind.example"],
  ]);
  expect(await told(story, "reply_received")).toEqual([]);
});

test("the mail is known by the id that SES gave it, and by the reply address that it carried", async () => {
  const originals = (replyTo: string) => [
    "Message-ID: <0100019-ses-000000@eu-central-1.amazonses.com>\r\n",
    `Reply-To: ${replyTo}\r\n`,
  ];
  for (const which of [0, 1]) {
    const { story, replyTo } = await reminded();
    await story.db.client.execute("UPDATE reminders SET provider_id = '0100019-ses-000000'");
    await deliver(story, report({ original: originals(replyTo)[which] }), UNPROVED);
    expect(await stateOf(story)).toEqual(["bounced"]);
  }
});

test("where nobody is left to write to, the owner is asked for a new address", async () => {
  const { story, mailId } = await reminded();
  await deliver(story, report({ original: `Message-ID: <${mailId}@acme.example>\r\n` }), UNPROVED);
  await story.tickOnce();
  expect(await told(story, "no_contact")).toMatchObject([
    {
      to: "rita.rep@acme.example",
      customer: { ref: "NORDWIND" },
      details: { proposal: { action: "new_address" } },
    },
  ]);
});

test("a delay is waited for", async () => {
  const { story, mailId } = await reminded();
  const original = `Message-ID: <${mailId}@acme.example>\r\n`;
  await deliver(story, report({ original, status: "4.4.1", action: "delayed" }), UNPROVED);
  expect(await stateOf(story)).toEqual(["sent"]);
  const { rows } = await story.db.client.execute("SELECT kind FROM deliveries");
  expect(rows).toMatchObject([{ kind: "delay" }]);
});

test("one that the server gave up on for now opens the stage again, and the address stays usable", async () => {
  const { story, mailId } = await reminded();
  const original = `Message-ID: <${mailId}@acme.example>\r\n`;
  await deliver(story, report({ original, status: "4.4.1", action: "failed" }), UNPROVED);
  expect(await stateOf(story)).toEqual(["bounced"]);
  expect((await story.db.client.execute("SELECT * FROM suppressions")).rows).toEqual([]);
});

/** A report of abuse, as RFC 5965 has it. */
function complaintAbout(original: string, type = "abuse", recipient = "") {
  const parts = [
    "Content-Type: text/plain\r\n\r\nThis is an email abuse report.",
    `Content-Type: message/feedback-report\r\n\r\nFeedback-Type: ${type}\r\nVersion: 1\r\n${recipient}`,
    `Content-Type: message/rfc822\r\n\r\n${original}Subject: Invoice\r\n\r\nWe ask for payment.`,
  ];
  return Buffer.from(
    `From: fbl@mail.example\r\nTo: ar@acme.example\r\nSubject: FW: Invoice\r\nMessage-ID: <${type}@mail.example>\r\n` +
      "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n" +
      `${parts.map((part) => `--b\r\n${part}\r\n`).join("")}--b--\r\n`,
  );
}

test("a report of abuse counts as a complaint: nobody is mailed there again, and the owner is told", async () => {
  for (const recipient of ["", "Original-Rcpt-To: <bills@nordwind.example>\r\n"]) {
    const { story, mailId } = await reminded();
    const original = `Message-ID: <${mailId}@acme.example>\r\n`;
    await deliver(story, complaintAbout(original, "not-spam", recipient), UNPROVED);
    await deliver(story, complaintAbout(original, "abuse", "Original-Rcpt-To: <x@y.example>\r\n"), UNPROVED);
    await deliver(story, complaintAbout(original, "opt-out", recipient), FORGED);
    expect((await story.db.client.execute("SELECT * FROM suppressions")).rows).toEqual([]);
    await deliver(story, complaintAbout(original, "fraud", recipient), UNPROVED);
    expect((await story.db.client.execute("SELECT address, reason FROM suppressions")).rows).toMatchObject([
      { address: "bills@nordwind.example", reason: "complaint" },
    ]);
    expect(await told(story, "complaint")).toMatchObject([{ to: "rita.rep@acme.example" }]);
    expect(await told(story, "reply_received")).toEqual([]);
  }
});

test("a report of a mail that is not ours, one that names somebody else, and one that is forged change nothing", async () => {
  const { story, mailId } = await reminded();
  const ours = `Message-ID: <${mailId}@acme.example>\r\n`;
  await deliver(story, report({ id: "a" }), UNPROVED);
  await deliver(
    story,
    report({ id: "b", original: "Message-ID: <rem_0000000000000000000000@acme.example>\r\n" }),
    UNPROVED,
  );
  await deliver(story, report({ id: "c", original: ours, recipient: "ceo@nordwind.example" }), UNPROVED);
  await deliver(story, report({ id: "d", original: ours }), FORGED);
  expect(await stateOf(story)).toEqual(["sent"]);
  expect((await story.db.client.execute("SELECT * FROM suppressions")).rows).toEqual([]);
  expect((await repliesIn(story)).map(({ state }) => state)).toEqual(Array(4).fill("noted"));
});
