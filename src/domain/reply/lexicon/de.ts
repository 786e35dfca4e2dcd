import { DISPUTES } from "./de/disputes.ts";
import { MONEY_CLUES } from "./de/money.ts";
import { OBJECTIONS } from "./de/objections.ts";
import type { Lexicon } from "./lexicon.ts";

export const DE: Lexicon = {
  isSpaced: true,
  clues: {
    ...OBJECTIONS,
    ...DISPUTES,
    ...MONEY_CLUES,
    question: [
      "(?:auf )?(?:welche[srnm]?|wofür|warum|wieso|wie|was|wann|wer|wohin|woher|worum)",
      "(?:können|könnten|würden) sie~(?:mitteilen|sagen|erklären|nennen|bestätigen|erläutern|geben)",
      "(?:bitte )?(?:teilen sie|nennen sie|sagen sie|erklären sie)",
    ],
  },
  negated:
    "(?:nicht|nie|noch nicht|noch keine?|keine|kein)~{20}(?:bezahl\\w*|zahl\\w*|überweis\\w*|überwiesen|beglichen|begleichen|angewiesen|veranlasst|erfolgt|raus|gezahlt|leisten|möglich)|unbezahlt",
  conditional: "(?:wenn|falls|sobald|sofern|erst nach|nach erhalt|nach eingang|vorausgesetzt|nachdem)",
  came: "bestellt|geliefert|gekommen|erhalten|bekommen|angekommen|geleistet|vereinbart|gearbeitet|angeboten|ausgemacht|kamen|angebot|auftrag|lieferschein|waren|vor ort",
  billed:
    "berechnet|berechnen|abgerechnet|fakturiert|verlangt|verlangen|in rechnung gestellt|(?:auf|in) (?:der|ihrer|eurer) rechnung|rechnung (?:steh\\w*|weist|lautet)|jetzt|nun|plötzlich",
  tells:
    "(?:sag\\w*|geb\\w*|teil\\w*) ~{12}(?:bescheid|ihnen|mit)|bescheid|meld\\w* (?:mich|uns)|(?:frage|fragen|nachfragen|frag)|(?:kläre|klären|klär)|(?:schaue|schauen|schau)|(?:nach|an)schauen|wann",
  future:
    "wird|werden|werde|will|wollen|soll|sollen|kann|können|nächste\\w*|kommende\\w*|geht|gehen|eingeplant|vorgesehen|bis|spätestens|kommt|folgt|erfolgt|zahlen|zahle|überweisen|überweise",
  moves:
    "\\w*zahl\\w*|\\w*überweis\\w*|zahllauf|konto|geld|betrag|euro|raus|rausgeh\\w*|anweis\\w*|begleich\\w*|abbuch\\w*|lastschrift|sepa|bank\\w*|erledig\\w*|fällig gestellt|ausgleich\\w*|mach\\w*|hol\\w*~nach|nachhol\\w*",
  defers:
    "urlaub|zurück|wieder da|wieder im|büro|meld\\w*|anruf\\w*|telefon\\w*|besprech\\w*|klär\\w*|prüf\\w*|frag\\w*|nachfrag\\w*|bescheid|rückmeld\\w*|termin|messe|krank\\w*|fällig|zahlungsziel|lieferung|liefern|geliefert|montage|abholen|geschlossen|offen|erreichbar|entscheid\\w*|unterschr\\w*|freigabe|freig\\w*|genehmig\\w*|weiß nicht|nicht|erst|schreib\\w*|schick\\w*~rechnung",
  asks: "(?:könnten sie|können sie|würden sie|bitte teilen)",
  courtesy: "(?:vielen dank|danke|schönes? (?:wochenende|tag|feier\\w*)|guten (?:tag|morgen))",
};
