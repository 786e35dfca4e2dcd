import { describe, expect, it } from "vitest";
import { formatCivilDay } from "../../src/domain/civil-date.ts";
import { readMail, readText } from "../../src/email/read-mail.ts";

const RECEIVED = { receivedAt: Date.UTC(2026, 10, 19, 12) };
const moment = { sentAt: Date.UTC(2026, 10, 19, 9), offsetMinutes: 60 };

async function read({
  headers = [],
  subject = "Re: Invoice INV-7",
  body,
}: {
  headers?: string[];
  subject?: string;
  body: string;
}) {
  const lines = [
    "From: Anna <anna@debtor.example>",
    `Subject: ${subject}`,
    "Date: Thu, 19 Nov 2026 10:00:00 +0100",
  ];
  const type = ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8"];
  return readMail([...lines, ...headers, ...type, "", body].join("\r\n"), RECEIVED);
}

describe("a machine is known", () => {
  const marks = [
    "Auto-Submitted: auto-replied",
    "Auto-Submitted: auto-generated (vacation)",
    "X-Auto-Response-Suppress: All",
    "Precedence: auto_reply",
    "Precedence: bulk",
    "X-Autoreply: yes",
    "X-Autorespond: vacation",
    "Return-Path: <>",
  ];
  it.each(marks)("by %s", async (mark) => {
    expect((await read({ headers: [mark], body: "Thank you, we got your mail." })).isMachine).toBe(true);
  });

  const subjects = [
    "Automatic reply: Invoice INV-7",
    "Out of Office Re: Invoice",
    "自动回复: 付款提醒",
    "自動返信：お支払いについて",
    "Automatische Antwort: Rechnung",
    "Abwesenheitsnotiz",
    "Réponse automatique : Facture",
    "Respuesta automática: Factura",
    "Risposta automatica: fattura",
    "Autosvar: Faktura",
    "Автоматический ответ: счет",
  ];
  it.each(subjects)("by the subject %s", async (subject) => {
    expect((await read({ subject, body: "…" })).isMachine).toBe(true);
  });

  const texts = [
    "Your request (#48213) has been received and is being reviewed by our support staff.",
    "This is an automated message, please do not reply to this email.",
    "Ihre Anfrage ist bei uns eingegangen. Dies ist eine automatisch erzeugte Nachricht.",
    "Votre demande a bien été enregistrée sous le numéro 48213.",
    "Su solicitud ha sido registrada con el número 48213. No responda a este correo.",
    "此邮件由系统自动发送，请勿回复。",
    "このメールは自動送信されています。ご返信いただけません。",
  ];
  it.each(texts)("by the words %s", (text) => {
    expect(readText(text, moment)).toMatchObject({ isMachine: true, kind: "other" });
  });
});

describe("a person is not taken for a machine", () => {
  it("for telling of a leave that is over, with a promise", () => {
    const text = "Sorry, I was out of the office last week. We will pay on 27 November.";
    expect(readText(text, moment)).toMatchObject({ isMachine: false, kind: "promise" });
  });

  it("for an answer that a mailing list passed on", async () => {
    const headers = ["List-Id: <ap.debtor.example>", "Precedence: list", "In-Reply-To: <1@acme.example>"];
    expect((await read({ headers, body: "We will pay on Friday." })).isMachine).toBe(false);
  });

  it("for Auto-Submitted: no", async () => {
    expect((await read({ headers: ["Auto-Submitted: no"], body: "We will pay on Friday." })).isMachine).toBe(
      false,
    );
  });
});

describe("somebody away is back", () => {
  it.each([
    ["I am out of the office until 30 November with limited access to e-mail.", "2026-11-30"],
    ["I am on annual leave from 16 November and will be back on Monday, 7 December 2026.", "2026-12-07"],
    [
      "Ich bin vom 16.11. bis 27.11.2026 nicht im Büro. Ab dem 30.11.2026 bin ich wieder erreichbar.",
      "2026-11-30",
    ],
    ["Ich bin bis einschließlich 27.11. im Urlaub.", "2026-11-28"],
    ["Je suis absente du bureau jusqu'au 30 novembre 2026.", "2026-11-30"],
    ["Actuellement en congés, je serai de retour le 1er décembre.", "2026-12-01"],
    ["Estoy fuera de la oficina hasta el 30 de noviembre.", "2026-11-30"],
    ["您好，我正在休年假，11月30日返回办公室。", "2026-11-30"],
    ["休暇のため不在にしております。11月30日に出社いたします。", "2026-11-30"],
  ])("%s", (text, on) => {
    const { isMachine, kind, returnsOn } = readText(text, moment);
    expect({ isMachine, kind, on: returnsOn && formatCivilDay(returnsOn) }).toEqual({
      isMachine: true,
      kind: "other",
      on,
    });
  });
});
