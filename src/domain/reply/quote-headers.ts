/** How mail programs introduce what is quoted, in the languages they speak. */

// The verb of "On … NAME wrote:", which ends the line or stands before the name.
const WROTE =
  "wrote|schrieb|a écrit|ecrit|escribió|escribio|ha scritto|escreveu|schreef|skrev|pisze|napisał|napisal|kirjoitti|" +
  "написал|написала|написав|написала|пишет|пише|írta|yazdı|napsal|napísal|έγραψε|đã viết|menulis|a scris|va escriure|" +
  "写道|寫道|작성|のメール|のメッセージ|のメッセージを書きました|書きました|が送信|كتب|כתב";
const ENDS_WITH_VERB = new RegExp(`(?:${WROTE})(?:\\(a\\))?\\s{0,3}[:：]?\\s{0,3}-*$`, "iu");
const VERB_BEFORE_NAME =
  /\s(?:schrieb|schreef|skrev|kirjoitti|napisał|napsal|wrote|写道|寫道|a écrit)(?:\(a\))?\s[^:：]{1,200}[:：]$/iu;
const DATE_AND_ADDRESS = /^.{0,60}(?:19|20)\d\d.{0,200}<[^<>\s]{1,200}@[^<>\s]{1,200}>\)?\s{0,3}[:：]$/u;
const HAS_DATE_OR_ADDRESS = /\d|<[^<>]{1,200}@|\byou\b/iu;
const MAY_BE_WRAPPED =
  /^[-\s]{0,4}(?:(?:on|am|le|el|il|em|op|den|dne|dňa|w dniu|dnia)\s|在|于|於|\d|\p{L}{2,4}[.,] )/iu;
const LONGEST_LEAD = 400;

/** Whether a line, or several joined, says who wrote when what follows: "On 19 Nov 2026, Anna <a@b.example> wrote:". */
export function isAttribution(line: string): boolean {
  const text = line.trim();
  if (text.length < 6 || text.length > LONGEST_LEAD || !HAS_DATE_OR_ADDRESS.test(text)) return false;
  if (DATE_AND_ADDRESS.test(text)) return true;
  if (!/[:：-]$|wrote$/i.test(text)) return false;
  return ENDS_WITH_VERB.test(text) || VERB_BEFORE_NAME.test(text);
}

/** Whether the line may be the first of an attribution that was wrapped. */
export function mayStartAttribution(line: string): boolean {
  return MAY_BE_WRAPPED.test(line);
}

type HeaderField = "from" | "sent" | "to" | "subject";

const LABELS: Record<HeaderField, string> = {
  from:
    "from|von|de|expéditeur|remitente|da|van|från|fra|lähettäjä|od|від|от|kimden|feladó|odesílatel|odosielateľ|发件人|寄件者|寄件人|" +
    "差出人|送信者|보낸 사람|από|de la|dari|người gửi|من|מאת",
  sent:
    "sent|date|gesendet|datum|envoyé le|envoyé|message du|enviado el|enviado|fecha|data|inviato|verzonden|skickat|sendt|lähetetty|" +
    "wysłano|dato|отправлено|дата|надіслано|odesláno|odoslané|trimis|dikirim|gönderildi|tarih|发送时间|发送日期|发件时间|日期|时间|寄件日期|傳送時間|送信日時|日時|日付|보낸 날짜|날짜|elküldve",
  to:
    "to|cc|an|kopie|à|a|copie à|para|per|aan|till|til|vastaanottaja|do|кому|alıcı|kime|komu|către|címzett|" +
    "收件人|抄送|收件者|副本|宛先|受信者|받는 사람|προς|kepada|إلى|אל",
  subject:
    "subject|re|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|тема|konu|tárgy|předmět|predmet|subiect|主题|主　?题|主旨|主題|件名|제목|θέμα|subjek|الموضوع|נושא",
};
const FIELDS = Object.entries(LABELS).map(([field, labels]) => ({
  field: field as HeaderField,
  line: new RegExp(`^[\\s>|*_]{0,12}(?:${labels})[\\s*_]{0,6}[:：|]`, "iu"),
}));
const WINDOW = 8;

/** Whether a block of header lines as Outlook and its like put above what they quote starts at this line. */
export function startsHeaderBlock(lines: readonly string[], at: number): boolean {
  const first = fieldOf(lines[at]!);
  if (first !== "from" && first !== "sent") return false;
  const seen = new Set<HeaderField>([first]);
  let looked = 0;
  for (let next = at + 1; next < lines.length && looked < WINDOW; next++) {
    const line = lines[next]!;
    if (!line.trim()) {
      if (seen.size > 1) break;
      continue;
    }
    looked++;
    const field = fieldOf(line);
    if (field === first) break;
    if (field) seen.add(field);
  }
  return seen.has("from") && seen.size >= 3;
}

function fieldOf(line: string): HeaderField | null {
  if (line.length > 2000 || !/[:：|]/.test(line.slice(0, 60))) return null;
  return FIELDS.find((one) => one.line.test(line))?.field ?? null;
}

const ORIGINAL =
  "original message|original appointment|forwarded message|reply message|message d['’]origine|message transféré|message original|" +
  "ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht|mensaje original|mensaje reenviado|messaggio originale|" +
  "mensagem original|oorspronkelijk bericht|ursprungligt meddelande|oprindelig besked|opprinnelig melding|wiadomość oryginalna|" +
  "исходное сообщение|пересылаемое сообщение|orijinal ileti|original-nachricht|" +
  "原始邮件|原始郵件|原邮件|回复的原邮件|转发的邮件|转发邮件信息|轉寄郵件|元のメッセージ|元のメール|转发邮件|original e-?mail|원본 메시지";
const SEPARATOR = new RegExp(
  `^[\\s>*]{0,6}[-_=~]{2,40}\\s{0,4}(?:${ORIGINAL})\\s{0,4}[:：]?[-_=~]{0,40}\\s{0,4}$`,
  "iu",
);
const REPLY_ABOVE =
  /(?:reply|type|write|antwort|répon|respond|responda)[^.]{0,60}(?:above this line|oberhalb dieser linie|au-dessus de cette ligne|encima de esta línea)|请在此行上方回复|この行より上/iu;

/** Whether the line is all there is between a reply and what it answers: "-----Original Message-----". */
export function isSeparator(line: string): boolean {
  if (line.length > 200) return false;
  return SEPARATOR.test(line) || REPLY_ABOVE.test(line);
}
