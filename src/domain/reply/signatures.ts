/** What ends the words of a person: signature marks, what telephones add, and the formulas of goodbye. */

const MARK = /^\s{0,4}(?:-- ?|—|–|__{1,60}|\+{2,4}|={4}|\|\s{0,4}\|)\s{0,4}$/u;
const DEVICE = [
  /^(?:sent|written|typed) (?:from|via|with|using|by) /iu,
  /^get outlook for /iu,
  /^(?:von|aus) .{1,60} gesendet$/iu,
  /^(?:gesendet|diese nachricht wurde) (?:von|mit|aus|über) /iu,
  /^(?:envoyé|télécharger outlook|obtenez outlook) (?:depuis|de|à partir de|via|avec|pour) ?/iu,
  /^(?:enviado|obtener outlook|descargar outlook) (?:desde|con|mediante|de|do|via|para) /iu,
  /^(?:inviato|scarica outlook) (?:da|dal|con|per) /iu,
  /^(?:verzonden|verstuurd|outlook voor) (?:vanaf|met|via|vanuit|android|ios)/iu,
  /^(?:sendt|skickat|skickades|lähetetty|wysłane|wysłano|odesláno|отправлено) (?:fra|från|z|ze|с|из|mobil)?/iu,
  /^(?:发自|来自|從我的|从我的|發自|发送自|通过.{1,12}发送|由.{1,16}发送)/u,
  /^(?:iphone|ipad|android|スマートフォン|携帯).{0,12}から送信/iu,
  /^(?:나의|내) .{1,20}에서 보냄/u,
];
const DEVICE_LENGTH = 60;
const DEVICE_WORDS = 9;

const FAREWELL = new RegExp(
  `^(?:${[
    "(?:with )?(?:best|kind|kindest|warm|warmest|many|our|my)?(?: (?:and|best|kind))*\\s?(?:regards|wishes)",
    "(?:yours|respectfully|cordially)(?: (?:sincerely|faithfully|truly))?|(?:sincerely|faithfully)(?: yours)?|cheers|(?:br|rgds|kr|brgds)",
    "(?:mit )?(?:den )?(?:freundlichen|besten|herzlichen|vielen|freundliche|beste|herzliche|viele|liebe|lieben|schöne|schönen) grü(?:ß|ss)en?|(?:mfg|lg|vg|hochachtungsvoll|gruß|gruss|grüße)",
    "(?:bien |très |avec )?(?:cordialement|sincèrement|amicalement)(?: vôtre| à vous)?|cdlt|cdt|(?:mes |nos |avec nos )?(?:sincères |meilleures |respectueuses )?salutations(?: distinguées)?|bien à vous",
    "(?:un |muchos )?(?:cordial |atentos? |cordiales )?saludos?(?: cordial(?:es)?| atentos?)?|atentamente|(?:muy )?atte\\.?",
    "(?:cordiali|distinti) saluti|cordialmente|atenciosamente|com os melhores cumprimentos|met vriendelijke groet(?:en)?|(?:med )?vänliga? hälsning(?:ar)?|z poważaniem|с уважением|з повагою",
    "pozdrawiam(?:y)?|(?:s (?:pozdravem|úctou|přátelským pozdravem))|(?:en iyi dileklerimle|saygılar(?:ım(?:la|ızla))?|iyi çalışmalar)|(?:(?:med )?(?:ven+lig|bedste|beste|mange|de bedste) hilsen(?:er)?|hilsen|mvh|hälsningar)|(?:ystävällisin |parhain )?terveisin|(?:üdvözlettel|tisztelettel)|cu (?:stimă|respect)|με εκτίμηση|(?:saluti|cumprimentos|abraços|groet(?:en|jes)?|vriendelijke groet(?:en)?)",
    "此致|敬礼|敬禮|顺祝商祺|順頌商祺|祝好|顺颂商祺|敬上|谨启|敬具|草々|以上",
  ].join("|")})[\\s,.!，。！;]{0,4}$`,
  "iu",
);
const NOTICE =
  /^[\s*_]{0,4}(?:(?:this|the information (?:in|contained in) this) (?:e-?mail|message|communication)[^.]{0,120}(?:confidential|intended|privileged)|(?:confidentiality|legal) notice|please consider the environment|disclaimer\b|diese (?:e-?mail|nachricht)[^.]{0,120}vertraulich|(?:ce|le présent) (?:message|courriel|e-?mail)[^.]{0,120}confidentiel|este (?:mensaje|correo|e-?mail|mensagem)[^.]{0,120}confiden[ct]ial|(?:questo messaggio|questa e-?mail)[^.]{0,120}riservat|dit bericht[^.]{0,120}vertrouwelijk|(?:本邮件|本郵件|此邮件|本电子邮件)[^。]{0,60}(?:保密|机密|機密)|(?:本メール|このメール)[^。]{0,60}(?:機密|秘密)|(?:virus-?free|virenfrei|sans virus|libre de virus)\b)/iu;
const BOX_RULE = /^\s{0,4}[-_=*~─—―━＝＊]{6,}\s{0,4}$/u;
const BOX_LINES = 12;
const REACHES = /@|\b(?:tel|fax|phone|mobile?)\b|電話|电话|〒|\d{2,4}-\d{2,4}-\d{3,4}/iu;
const FAREWELL_LENGTH = 60;
const LINES_AFTER_FAREWELL = 14;
const DASHED_NAME = /^[-–—] ?\p{Lu}[\p{L}.'’-]{1,30}(?: \p{Lu}[\p{L}.'’-]{0,30}){0,3}$/u;

/** Whether everything from this line on is no longer what the person wrote. */
export function startsSignature(lines: readonly string[], at: number): boolean {
  const line = lines[at]!;
  if (NOTICE.test(line.slice(0, 300))) return true;
  if (line.length > 200) return false;
  if (MARK.test(line)) return true;
  const text = line.trim().replace(/^[*_“"]+|[*_”"]+$/gu, "");
  if (isDeviceLine(text) || isBox(lines, at)) return true;
  return isFarewell(text) && filledAfter(lines, at) <= LINES_AFTER_FAREWELL;
}

/** Whether the line is the mark of a signature itself (RFC 3676, 4.3), which holds even above all words. */
export function isSignatureMark(line: string): boolean {
  return /^-- ?$/.test(line);
}

/** Whether the line is a name after a dash, which only at the very end signs. */
export function isDashedName(line: string): boolean {
  return line.length <= 100 && DASHED_NAME.test(line.trim());
}

// "Sent from my desk, is much easier than my phone." is a sentence.
function isDeviceLine(text: string): boolean {
  if (text.length > DEVICE_LENGTH || text.split(/\s+/).length > DEVICE_WORDS || /[,.!?。]$|, /.test(text))
    return false;
  return DEVICE.some((pattern) => pattern.test(text));
}

/** Between two drawn lines, by which somebody is reached. */
function isBox(lines: readonly string[], at: number): boolean {
  if (!BOX_RULE.test(lines[at]!)) return false;
  const inside = lines.slice(at + 1, at + 1 + BOX_LINES);
  const end = inside.findIndex((line) => BOX_RULE.test(line));
  if (end < 1) return false;
  const card = inside.slice(0, end);
  return (
    card.every((line) => line.length < 80 && !/[。.!?:：]\s*$/u.test(line)) &&
    card.some((line) => REACHES.test(line))
  );
}

function isFarewell(text: string): boolean {
  return text.length > 1 && text.length <= FAREWELL_LENGTH && FAREWELL.test(text);
}

function filledAfter(lines: readonly string[], at: number): number {
  let filled = 0;
  for (let next = at + 1; next < lines.length && filled <= LINES_AFTER_FAREWELL; next++) {
    if (lines[next]!.trim()) filled++;
  }
  return filled;
}
