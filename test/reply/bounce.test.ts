import { describe, expect, it } from "vitest";
import { readMail } from "../../src/email/read-mail.ts";

const RECEIVED = { receivedAt: Date.UTC(2026, 10, 19, 12) };

function report(fields: string): string {
  return [
    "From: MAILER-DAEMON@mx.acme.example",
    "Subject: Undelivered Mail Returned to Sender",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    "I'm sorry to have to inform you that your message could not be delivered.",
    "",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.acme.example",
    "",
    fields,
    "",
    "--b",
    "Content-Type: message/rfc822",
    "",
    "From: ar@acme.example",
    "Subject: Invoice INV-7",
    "",
    "We will pay on Friday.",
    "--b--",
    "",
  ].join("\r\n");
}

function plain(from: string, subject: string, text: string): string {
  return [
    `Return-Path: <>`,
    `From: ${from}`,
    `Subject: ${subject}`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    text,
  ].join("\r\n");
}

describe("a delivery report (RFC 3464)", () => {
  it.each([
    [
      "Final-Recipient: rfc822; ap@debtor.example\r\nAction: failed\r\nStatus: 5.1.1",
      { type: "hard", address: "ap@debtor.example", status: "5.1.1" },
    ],
    [
      "Final-Recipient: rfc822;ap@debtor.example\r\nAction: delayed\r\nStatus: 4.4.1",
      { type: "soft", address: "ap@debtor.example", status: "4.4.1", isFinal: false },
    ],
    [
      "Final-Recipient: RFC822; <ap@debtor.example>\r\nAction: failed\r\nStatus: 4.2.2",
      { type: "soft", address: "ap@debtor.example", status: "4.2.2", isFinal: true },
    ],
    [
      "Final-Recipient: rfc822; ap@debtor.example\r\nAction: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n unknown user",
      { type: "hard", address: "ap@debtor.example", status: "5.1.1" },
    ],
  ])("tells of %s", async (fields, bounce) => {
    expect(await readMail(report(fields), RECEIVED)).toMatchObject({
      isMachine: true,
      kind: "other",
      bounce,
    });
  });

  it("of a delivery that succeeded is no bounce, and still a machine's", async () => {
    const read = await readMail(
      report("Final-Recipient: rfc822; ap@debtor.example\r\nAction: delivered\r\nStatus: 2.0.0"),
      RECEIVED,
    );
    expect(read).toMatchObject({ isMachine: true, bounce: null });
  });
});

describe("a bounce in words of", () => {
  it.each([
    [
      "qmail",
      plain(
        "MAILER-DAEMON@mx.example",
        "failure notice",
        "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<ap@debtor.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 <ap@debtor.example>: Recipient address rejected: User unknown\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n\nFrom: ar@acme.example",
      ),
      { type: "hard", address: "ap@debtor.example", status: "5.1.1" },
    ],
    [
      "Exim",
      plain(
        "Mailer-Daemon@mx.example",
        "Mail delivery failed: returning message to sender",
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ap@debtor.example\n    Unrouteable address",
      ),
      { type: "hard", address: "ap@debtor.example", status: "5.1.2" },
    ],
    [
      "Exim, delayed",
      plain(
        "Mailer-Daemon@mx.example",
        "Warning: message 1kX delayed 24 hours",
        "This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue.\n\nThe address to which the message has not yet been delivered is:\n\n  ap@debtor.example\n    Delay reason: connection timed out",
      ),
      { type: "soft", address: "ap@debtor.example", status: "4.4.1", isFinal: false },
    ],
    [
      "Exim, given up",
      plain(
        "Mailer-Daemon@mx.example",
        "Mail delivery failed: returning message to sender",
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered. The following address(es) failed:\n\n  ap@debtor.example\n    host mx.debtor.example: 451 4.3.0 try again later: retry timeout exceeded",
      ),
      { type: "soft", address: "ap@debtor.example", status: "4.3.0", isFinal: true },
    ],
    [
      "Exchange",
      plain(
        "postmaster@debtor.example",
        "Undeliverable: Invoice INV-7",
        "Your message did not reach some or all of the intended recipients.\n\n      Subject:  Invoice INV-7\n\nThe following recipient(s) cannot be reached:\n\n      'ap@debtor.example' on 19/11/2026 10:00\n            The e-mail account does not exist at the organization this message was sent to.\n            <mx.debtor.example #5.1.1>",
      ),
      { type: "hard", address: "ap@debtor.example", status: "5.1.1" },
    ],
    [
      "Postfix",
      plain(
        "MAILER-DAEMON@mx.example",
        "Undelivered Mail Returned to Sender",
        "This is the mail system at host mx.example.\n\n<ap@debtor.example>: host mx.debtor.example[192.0.2.9] said: 452 4.2.2 Mailbox full (in reply to RCPT TO command)",
      ),
      { type: "soft", address: "ap@debtor.example", status: "4.2.2" },
    ],
    [
      "QQ mail",
      plain(
        "PostMaster@qq.com",
        "退信通知",
        "抱歉，您的邮件被退回来了。\n收件人：ap@debtor.example\n原因：收件人邮箱不存在",
      ),
      { type: "hard", address: "ap@debtor.example", status: "5.1.1" },
    ],
    [
      "Gmail",
      plain(
        "mailer-daemon@googlemail.com",
        "Delivery Status Notification (Failure)",
        "** Address not found **\n\nYour message wasn't delivered to ap@debtor.example because the address couldn't be found, or is unable to receive mail.\n\nThe response was:\n550 5.1.1 The email account that you tried to reach does not exist.",
      ),
      { type: "hard", address: "ap@debtor.example", status: "5.1.1" },
    ],
  ])("%s is understood", async (_, raw, bounce) => {
    expect(await readMail(raw, RECEIVED)).toMatchObject({ isMachine: true, bounce });
  });

  it("nobody is no bounce: a person may write of one", async () => {
    const raw =
      "From: anna@debtor.example\r\nSubject: Re: invoice\r\n\r\nYour message could not be delivered to my colleague, bob@debtor.example.";
    expect((await readMail(raw, RECEIVED)).bounce).toBeNull();
  });
});
