import { describe, expect, it } from "vitest";
import { visibleText } from "../../src/domain/reply/visible-text.ts";
import { htmlToText } from "../../src/email/html-text.ts";

const OLD = "Dear customer,\nyour invoice INV-7 is due.\nPlease pay on Friday.";

describe("what is quoted below an answer is not seen, as written by", () => {
  const leads: [program: string, lead: string][] = [
    ["Gmail", "On Thu, Nov 19, 2026 at 10:00 AM Acme AR <ar@acme.example> wrote:\n\n"],
    [
      "Gmail, wrapped",
      "On Thu, Nov 19, 2026 at 10:00 AM Acme Accounts Receivable Department\n<ar@acme.example> wrote:\n\n",
    ],
    ["Gmail, German", "Am Do., 19. Nov. 2026 um 10:00 Uhr schrieb Acme AR <ar@acme.example>:\n\n"],
    ["Thunderbird, German", "Am 19.11.26 um 10:00 schrieb Acme AR:\n"],
    ["Gmail, French", "Le jeu. 19 nov. 2026 à 10:00, Acme AR <ar@acme.example> a écrit :\n\n"],
    ["Gmail, Spanish", "El jue, 19 nov 2026 a las 10:00, Acme AR (<ar@acme.example>) escribió:\n\n"],
    ["Gmail, Italian", "Il giorno gio 19 nov 2026 alle ore 10:00 Acme AR <ar@acme.example> ha scritto:\n\n"],
    ["Gmail, Portuguese", "Em qui., 19 de nov. de 2026 às 10:00, Acme AR <ar@acme.example> escreveu:\n\n"],
    ["Gmail, Dutch", "Op do 19 nov 2026 om 10:00 schreef Acme AR <ar@acme.example>:\n\n"],
    ["Gmail, Polish", "czw., 19 lis 2026 o 10:00 Acme AR <ar@acme.example> napisał(a):\n\n"],
    ["Gmail, Russian", "чт, 19 нояб. 2026 г. в 10:00, Acme AR <ar@acme.example>:\n\n"],
    ["Gmail, Swedish", "Den tors 19 nov. 2026 kl 10:00 skrev Acme AR <ar@acme.example>:\n\n"],
    ["Gmail, Chinese", "Acme AR <ar@acme.example> 于2026年11月19日周四 10:00写道：\n\n"],
    ["Apple Mail, Chinese", "在 2026年11月19日，10:00，Acme AR <ar@acme.example> 写道：\n\n"],
    ["Gmail, Japanese", "2026年11月19日(木) 10:00 Acme AR <ar@acme.example>:\n\n"],
    ["Apple Mail, Japanese", "2026/11/19 10:00、Acme AR <ar@acme.example>のメール:\n\n"],
    ["Gmail, Korean", "2026년 11월 19일 (목) 오전 10:00, Acme AR <ar@acme.example>님이 작성:\n\n"],
    [
      "Outlook",
      "From: Acme AR <ar@acme.example>\nSent: Thursday, November 19, 2026 10:00 AM\nTo: Anna <anna@debtor.example>\nSubject: Invoice\n\n",
    ],
    ["Outlook, old", "-----Original Message-----\nFrom: Acme AR\nSent: Thursday\n\n"],
    [
      "Outlook, German",
      "Von: Acme AR <ar@acme.example>\nGesendet: Donnerstag, 19. November 2026 10:00\nAn: Anna\nBetreff: Rechnung\n\n",
    ],
    ["Outlook, German, old", "-----Ursprüngliche Nachricht-----\nVon: Acme AR\n\n"],
    [
      "Outlook, French",
      "De : Acme AR <ar@acme.example>\nEnvoyé : jeudi 19 novembre 2026 10:00\nÀ : Anna\nObjet : Facture\n\n",
    ],
    [
      "Outlook, Spanish",
      "De: Acme AR <ar@acme.example>\nEnviado el: jueves, 19 de noviembre de 2026 10:00\nPara: Anna\nAsunto: Factura\n\n",
    ],
    [
      "Outlook, Chinese",
      "发件人: Acme AR <ar@acme.example>\n发送时间: 2026年11月19日 10:00\n收件人: Anna\n主题: 付款提醒\n\n",
    ],
    [
      "Outlook, Japanese",
      "差出人: Acme AR <ar@acme.example>\n送信日時: 2026年11月19日 10:00\n宛先: Anna\n件名: お支払い\n\n",
    ],
    ["Foxmail", "发件人： Acme AR\n发送时间： 2026-11-19 10:00\n收件人： Anna\n主题： 付款提醒\n"],
    [
      "QQ mail",
      '------------------ 原始邮件 ------------------\n发件人: "Acme AR" <ar@acme.example>;\n发送时间: 2026年11月19日(星期四) 上午10:00\n\n',
    ],
    [
      "163",
      "---- 回复的原邮件 ----\n| 发件人 | Acme AR<ar@acme.example> |\n| 日期 | 2026年11月19日 10:00 |\n| 收件人 | Anna |\n| 主题 | 付款提醒 |\n",
    ],
    ["163, old", '在 2026-11-19 10:00:00，"Acme AR" <ar@acme.example> 写道：\n'],
  ];
  it.each(leads)("%s", (_, lead) => {
    expect(visibleText(`We pay tomorrow.\n\n${lead}${OLD}`)).toBe("We pay tomorrow.");
    expect(visibleText(`We pay tomorrow.\r\n${lead}${OLD.replace(/^/gm, "> ")}`)).toBe("We pay tomorrow.");
  });
});

describe("a signature is not seen", () => {
  it.each([
    ["-- \nAnna Arnold\nDebtor Ltd"],
    ["--\nAnna"],
    ["Sent from my iPhone"],
    ["Von meinem iPhone gesendet"],
    ["Gesendet von Outlook für Android"],
    ["Envoyé de mon iPhone"],
    ["Enviado desde mi iPhone"],
    ["发自我的iPhone"],
    ["iPhoneから送信"],
    ["Get Outlook for iOS"],
    ["Best regards,\nAnna Arnold\nAccounts Payable\n+44 20 7946 0000"],
    ["Mit freundlichen Grüßen\n\nAnna Arnold"],
    ["Cordialement,\nAnna"],
    ["Saludos cordiales,\nAnna"],
  ])("%s", (signature) => {
    expect(visibleText(`We pay tomorrow.\n\n${signature}`)).toBe("We pay tomorrow.");
  });

  it("though a sentence that begins like one stays", () => {
    const text = "We pay tomorrow.\n\nSent from my desk, is much easier than my phone.";
    expect(visibleText(text)).toBe(text);
  });
});

describe("an answer is seen", () => {
  it("below what it answers", () => {
    expect(
      visibleText("On 19 Nov 2026, Acme <ar@acme.example> wrote:\n> When do you pay?\n\nTomorrow."),
    ).toBe("Tomorrow.");
  });

  it("between what it answers", () => {
    const mail =
      "On 19 Nov 2026, Acme wrote:\n> When do you pay?\n\nTomorrow.\n\n> How much?\n\nAll of it.\n\n> Regards\n";
    expect(visibleText(mail)).toBe("Tomorrow.\n\nAll of it.");
  });

  it("whole where a Chinese sentence begins like the lead of a quote", () => {
    const text = "在本月底之前付款。";
    expect(visibleText(`${text}\n\n在 2026年11月19日，Acme <ar@acme.example> 写道：\n\n> 请付款`)).toBe(text);
  });
});

describe("HTML is seen as its reader sees it", () => {
  it("without what is hidden, styled, scripted or quoted", () => {
    const html =
      '<html><head><style>p{}</style><title>t</title></head><body><p>We pay&nbsp;<b>1&#46;200,00&euro;</b> &uuml;bermorgen.</p><div style="display:none">We dispute</div>' +
      '<script>alert("paid")</script><div class="gmail_quote"><div>On 19 Nov 2026 Acme &lt;ar@acme.example&gt; wrote:</div><blockquote>Please pay<br>now</blockquote></div></body></html>';
    expect(visibleText(htmlToText(html))).toBe("We pay 1.200,00€ übermorgen.");
  });

  it("from Outlook, whose quotes have a header alone", () => {
    const html =
      '<div>Paid today.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Acme<br><b>Sent:</b> Thursday<br></div><div>Pay</div>';
    expect(visibleText(htmlToText(html))).toBe("Paid today.");
  });
});
