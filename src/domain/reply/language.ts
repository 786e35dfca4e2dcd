/** The languages whose words are known. */
export const LANGUAGES = ["en", "zh", "de", "fr", "es", "ja"] as const;
export type Language = (typeof LANGUAGES)[number];

const LOOKED_AT = 4000;
const KANA = /[\u3041-\u30ff]/g;
const HAN = /[\u4e00-\u9fff]/g;

const STOP_WORDS: Record<"en" | "de" | "fr" | "es", string> = {
  en: "the and is are we you your our this that will not have has for with please to of in on be was been by it i can could would from thanks thank hi hello payment invoice paid pay regards next week month already sorry tomorrow today yesterday monday tuesday wednesday thursday friday sent done us my but they so if what which when got been just do don did no not yes ok it’s run please cheers he she as at or there",
  de: "der die das und ist sind wir sie ihr ihre uns unser nicht haben hat für mit bitte zu von im am wird werden den dem ein eine auf bei ich kann können rechnung zahlung betrag danke hallo guten grüße noch woche monat moin erfolgt überweisung überwiesen bezahlt zahlen geht raus kw heute morgen montag dienstag mittwoch donnerstag freitag schon bereits nur mehr ab zum zur vom beim seit nach dann mal hab habe mir mich wurde aber auch doch dass es so wenn wieder geld gruß konto anbei",
  fr: "le les et est sont nous vous votre vos notre nos ne pas avons avez avec merci du des en un une sur je ce cette sera été être facture paiement virement bonjour cordialement qui au dans par pour payer régler semaine mois leur il elle plus c ai a ont été fait mon ma mes si mais déjà demain hier lundi mardi mercredi jeudi vendredi virement réglé payé svp ça d l n j on y aux tout mieux avant fin reçu de veuillez me moi la",
  es: "el los las y es son nosotros usted su sus nuestro no hemos han ha para con por favor del en un una que se lo le esta este será factura pago pagar transferencia gracias hola buenos saludos ya está al como vamos nos mi semana mes más me te os les pero si muy hoy ayer lunes martes miércoles jueves viernes sin sus fue hay eso esto todo cuando hace día días pagado hecho entrega faltaban dos buenas ni tengo tenemos de estamos estoy soy somos tiene puede puedo ahora solo nada hasta cliente habéis la según salió era son pues yo mi para ha fotos",
};
const WORDS = Object.entries(STOP_WORDS).map(([language, words]) => ({
  language: language as Language,
  words: new Set(words.split(" ")),
}));
const LETTERS: readonly (readonly [Language, RegExp])[] = [
  ["de", /[äöüß]/g],
  ["fr", /[àâçèêëîïôûœ]|[cdjlnst]['’](?=\p{L})/gu],
  ["es", /[ñ¿¡áíóú]|(?<=\p{L}{2})(?:mos|ción)(?!\p{L})/gu],
];

/** The language a text is written in, by its script and its most common words; English where nothing tells. */
export function detectLanguage(text: string): Language {
  const sample = text.slice(0, LOOKED_AT).toLowerCase();
  const han = count(sample, HAN);
  const kana = count(sample, KANA);
  const latin = count(sample, /[a-zà-ÿ]/g);
  if (han + kana > 0 && (han + kana) * 4 >= latin) return kana * 12 >= han && kana > 0 ? "ja" : "zh";
  const scores = new Map<Language, number>();
  const words = sample.match(/\p{L}+/gu) ?? [];
  for (const one of WORDS) scores.set(one.language, words.filter((word) => one.words.has(word)).length);
  for (const [language, letters] of LETTERS) {
    scores.set(language, scores.get(language)! + Math.min(3, count(sample, letters)) * 0.7);
  }
  let best: Language = "en";
  for (const [language, score] of scores) if (score > scores.get(best)!) best = language;
  return best;
}

/** The language of a locale like `de-AT`; null where its words are not known. */
export function languageOf(locale: string): Language | null {
  const primary = locale.toLowerCase().split(/[-_]/)[0];
  return LANGUAGES.find((language) => language === primary) ?? null;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
