import { beforeAll, describe, expect, it } from "vitest";
import type { MailReading } from "../../src/domain/reply/received-mail.ts";
import { htmlToText } from "../../src/email/html-text.ts";
import { readMail, readText } from "../../src/email/read-mail.ts";

const RECEIVED = { receivedAt: Date.UTC(2026, 10, 19) };
const moment = { sentAt: Date.UTC(2026, 10, 19), offsetMinutes: 0 };
// Of this thread's own time on a processor, so that a busy machine makes no difference.
const LIMIT_MS = 1000;
const MAIL = [
  "Return-Path: <anna@debtor.example>",
  "From: Anna <anna@debtor.example>",
  "To: r-token@reply.acme.example",
  "Subject: =?utf-8?B?UmU6IEludm9pY2U=?=",
  "Date: Thu, 19 Nov 2026 10:00:00 +0100",
  "MIME-Version: 1.0",
  'Content-Type: multipart/alternative; boundary="b1"',
  "",
  "--b1",
  "Content-Type: text/plain; charset=utf-8",
  "Content-Transfer-Encoding: quoted-printable",
  "",
  "Wir zahlen 1.200,00 =E2=82=AC am 27.11.2026.",
  "",
  "Am 19.11.26 um 10:00 schrieb Acme:",
  "> Bitte zahlen Sie.",
  "--b1",
  "Content-Type: text/html; charset=utf-8",
  "",
  "<p>Wir zahlen <b>1.200,00 &euro;</b> am 27.11.2026.</p><blockquote>Bitte</blockquote>",
  "--b1--",
  "",
].join("\r\n");

beforeAll(async () => {
  await readMail(MAIL, RECEIVED);
  for (const locale of ["en", "zh", "de", "fr", "es", "ja"]) readText("warm 1", { ...moment, locale });
});

async function timed(read: () => Promise<MailReading> | MailReading): Promise<MailReading> {
  const before = process.threadCpuUsage();
  const reading = await read();
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(LIMIT_MS);
  expect(Number.isFinite(reading.confidence)).toBe(true);
  return reading;
}

describe("a mail that was tampered with is read without a throw, in under a second", () => {
  it.each(["x-unknown", "utf-16", "iso-2022-jp", "gbk", "\u0000", "utf-8".repeat(1000)])(
    "of the charset %j",
    async (charset) => {
      await timed(() => readMail(MAIL.replaceAll("charset=utf-8", `charset=${charset}`), RECEIVED));
    },
  );

  it("of a line of ten megabytes", async () => {
    const long = `From: a@b.example\r\n\r\n${"We pay tomorrow ".repeat(655_360)}`;
    expect((await timed(() => readMail(long, RECEIVED))).isCut).toBe(true);
    await timed(() =>
      readMail(`From: a@b.example\r\nSubject: ${"a".repeat(10_000_000)}\r\n\r\nHello`, RECEIVED),
    );
  });

  it("of a large attachment, behind which the answer stands", async () => {
    const attachment = `--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${`${"QUJD".repeat(19)}\r\n`.repeat(60_000)}`;
    const answer = "--b\r\nContent-Type: text/plain\r\n\r\nWe pay tomorrow.\r\n--b--\r\n";
    const raw = `From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n${attachment}${answer}`;
    expect(await timed(() => readMail(raw, RECEIVED))).toMatchObject({
      text: "We pay tomorrow.",
      isCut: false,
    });
  });

  it("of a million short lines", async () => {
    await timed(() => readMail(`From: a@b.example\r\n\r\n${"a\n".repeat(1_000_000)}`, RECEIVED));
  });

  it("nested a thousand parts deep", async () => {
    const parts = Array.from(
      { length: 1000 },
      (_, at) => `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}\r\n`,
    );
    await timed(() => readMail(`From: a@b.example\r\n${parts.join("")}\r\nWe pay tomorrow.`, RECEIVED));
  });

  it("with headers put into its body, or a body of headers", async () => {
    const reading = await timed(() =>
      readMail(`${MAIL.replace("Wir zahlen", "Auto-Submitted: auto-replied=0D=0AWir zahlen")}`, RECEIVED),
    );
    expect(reading.isMachine).toBe(false);
    await timed(() => readMail("From: a@b.example\r\n".repeat(20_000), RECEIVED));
  });

  it("that is nothing, noise or zeros", async () => {
    for (const raw of ["", "\r\n\r\n", "\u0000".repeat(100_000), "=".repeat(100_000), "\ufffd\ud800"])
      await timed(() => readMail(raw, RECEIVED));
  });
});

describe("a text made to take long takes no second", () => {
  it.each([
    ["on", "On 1 a "],
    ["wrote", "On wrote: On 1 wrote "],
    ["headers", "From: "],
    ["labels", "From: a\nSent: b\n"],
    ["quotes", "> ".repeat(50)],
    ["dashes", "-----"],
    ["blanks", " \t"],
    ["digits", "1,2.3 4'5"],
    ["promises", "we will pay not if please can the invoice on 1/1 by next "],
    ["negations", "have not been not yet not paid not "],
    ["disputes", "amount price invoice wrong not match delivered only "],
    ["Chinese", "付款的发票已会请不能审批下周一三天内"],
    ["Japanese", "お支払い請求書の振込をいたします確認中来週の"],
    ["German", "nicht die rechnung wird am zahlung ist bezahlt überwiesen bis "],
    ["addresses", "a@b.example <c@d.example "],
  ])("of %s", async (_, piece) => {
    const text = piece.repeat(Math.ceil(120_000 / piece.length));
    await timed(() => readText(text, moment));
    await timed(() => readMail(`From: a@b.example\r\n\r\n${text}`, RECEIVED));
  });

  it.each(["<div>", "<", "<!--", "&#", "<a href='", "<blockquote><p>", '<p style="display:none">', "</p>"])(
    "of HTML like %s",
    (piece) => {
      const before = process.threadCpuUsage();
      htmlToText(piece.repeat(100_000));
      const { user, system } = process.threadCpuUsage(before);
      expect((user + system) / 1000).toBeLessThan(LIMIT_MS);
    },
  );
});
