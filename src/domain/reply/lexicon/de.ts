import { HINT, type Lexicon } from "./lexicon.ts";

const PAID =
  "(?:bezahlt|gezahlt|überwiesen|ueberwiesen|beglichen|angewiesen|ausgeglichen|veranlasst|abgebucht|eingezahlt|raus|rausgegangen|erledigt|getätigt|ausgeführt|freigegeben und überwiesen|vorgenommen|transferiert)";
const TO_PAY =
  "(?:bezahlen|zahlen|überweisen|ueberweisen|begleichen|anweisen|ausgleichen|veranlassen|tätigen|vornehmen|regulieren|auszahlen)";
const MONEY =
  "(?:zahlung|überweisung|betrag|rechnung(?:en)?|geld|summe|forderung|saldo|restbetrag|teilbetrag|posten|er|sie|es|das|diese|dies)";
const INVOICE =
  "(?:rechnung(?:en)?|rechnungskopie|beleg|rechnungsdokument|re-?\\s?\\w*\\d+|dokument|original)";

export const DE: Lexicon = {
  isSpaced: true,
  clues: {
    insolvency: [
      "insolvenz\\w*",
      "insolvent|zahlungsunfähig\\w*|konkurs\\w*|nachlassstundung",
      "gläubigerversammlung|forderung(?:en)?~(?:zur tabelle|anmelden)|liquidation|eröffnungsbeschluss|schutzschirm\\w*",
    ],
    dispute: [
      {
        says: "falsch",
        unless:
          "(?:bei (?:mir|uns)|hier)~falsch|falsch (?:bei|verbunden|adressiert)|falsche[nr]? (?:ansprechpartner|person|adress\\w*|empfänger)",
      },
      "(?:abgerechnet|berechnet|fakturiert|in rechnung gestellt)~(?:aber|jedoch|obwohl|statt|tatsächlich|nur)|(?:vereinbart|bestellt|ausgemacht|angeboten|abgemacht) (?:war|waren|wurden?|hatten)|fehlt auf der rechnung|zahlen~(?:keinen cent|nichts)|funktionier\\w*~nicht|läuft~nicht",
      "(?:fehlerhaft|unkorrekt|nicht korrekt|nicht richtig|inkorrekt|unstimmig\\w*|abweichung\\w*|abweichend\\w*|zu hoch|überhöht|doppelt (?:berechnet|fakturiert|abgerechnet)|nicht nachvollzieh\\w*)",
      "(?:stimmt|stimmen|passt|deckt sich) nicht|(?:stimmt|stimmen|passt)~nicht (?:mit|überein|zu)|weicht~ab",
      "(?:mangelhaft\\w*|mängel\\w*|mangel|beschädigt\\w*|defekt\\w*|schadhaft\\w*|kaputt\\w*|reklamation|reklamier\\w*|beanstand\\w*|unvollständig\\w* (?:geliefert|lieferung))",
      "(?:widersprech\\w*|widerspruch|bestreiten|strittig|nicht einverstanden|akzeptieren~nicht|nicht (?:akzeptieren|anerkennen)|erkennen~nicht an|einwand|einwände)",
      "gutschrift|rechnungskorrektur|korrigierte rechnung|storn\\w*|minderung|zurückbehalt\\w*|einbehalt\\w*",
      {
        says: "(?:zahlen|bezahlen)~(?:erst nach|nicht)(?! (?:vor|möglich))",
        unless: "(?:vorher|früher|eher)",
      },
      "(?:ware|lieferung|leistung|artikel)~(?:nicht|nie|noch nicht)~(?:erhalten|bekommen|geliefert|erbracht|angekommen|eingetroffen|bestellt)|nie bestellt|nicht bestellt|nicht beauftragt",
      {
        says: "(?:angebot|auftrag|vertrag|bestellung)~(?:lautete|besagt|steht)~nicht|zahlen wir nicht|nicht (?:vereinbart|abgesprochen|gekommen)|nie da|falsch geliefert|fehlten",
        surety: HINT,
      },
      {
        says: "(?:nur|lediglich)~(?:geliefert|erhalten|angekommen)|korrektur|korrigier\\w*|berichtig\\w*|laut (?:angebot|vertrag|auftrag)",
        unless: "mahnung|erinnerung|e-?mail|freigabe",
        surety: HINT,
      },
    ],
    wrong_person: [
      "(?:nicht|nicht mehr|nicht länger)~zuständig|falscher? (?:ansprechpartner|adressat|empfänger|person|adresse)|falsche[nr]? (?:ansprechpartner|person|adresse|empfänger)|an die falsche",
      "(?:arbeite|bin|ist|arbeitet)~nicht mehr (?:in|bei|für|im|tätig|beschäftigt)|(?:unternehmen|firma)~verlassen|ausgeschieden",
      "(?:wenden|richten|schicken|senden)~(?:sie )?(?:sich |dies |das |ihre \\w+ )?(?:bitte )?(?:künftig |zukünftig |direkt )?an (?:die|den|das|unsere|frau|herrn|meine)~(?:buchhaltung|kolleg\\w*|abteilung|frau|herrn?|kreditoren\\w*|zentrale|rechnungswesen|@)",
      "(?:neuer? )?ansprechpartner(?:in)? (?:ist|für)|(?:bei (?:mir|uns)|hier)~falsch|falsch (?:bei|verbunden)|(?:buchhaltung|rechnungen|kreditoren\\w*) (?:macht|bearbeitet|betreut)",
      {
        says: "dafür (?:ist|sind)~(?:verantwortlich|zuständig)|(?:verantwortlich|zuständig) (?:ist|sind)",
        surety: HINT,
      },
    ],
    not_received: [
      `${INVOICE}~(?:nicht|nie|noch nicht|niemals|leider nicht|keine)~(?:erhalten|bekommen|eingegangen|zugegangen|angekommen|vor(?:liegen)?|finden|auffindbar|gesehen|eingetroffen)`,
      `(?:keine|nie eine|nicht)~${INVOICE}~(?:erhalten|bekommen|zugegangen|eingegangen|vorliegen|finden|vor|vorliegend|gefunden)`,
      `(?:kein|keine)~${INVOICE}~(?:zu|ein|vor)|liegt~(?:uns|mir|hier)?~nicht vor|liegt~(?:uns|mir) nicht~vor`,
      "(?:erneut|nochmals?|noch einmal|nochmal|kopie|zweitschrift|duplikat|als pdf)~(?:zusenden|zuschicken|senden|schicken|zukommen|mailen|übermitteln|zustellen)|(?:senden|schicken|mailen|übersenden|zusenden)~(?:erneut|nochmals?|noch einmal|kopie|rechnungskopie|zweitschrift|duplikat|rechnung)",
      "(?:bei (?:uns|mir)|hier|haben|habe)~{16}nichts~{16}(?:angekommen|eingegangen|erhalten|bekommen|gekommen)",
      "(?:anhang|datei|link)~(?:fehlt|nicht öffnen|fehlte|leer)",
      {
        says: "welche rechnung~(?:kein\\w*|nicht\\w*)|(?:kenne|hab|habe|haben)~keine rechnung",
        surety: HINT,
      },
      { says: "(?:nur|lediglich)~(?:mahnung|erinnerung)|rechnung (?:selbst )?fehlt", surety: HINT },
    ],
    paid: [
      `(?:habe|haben|hat|wurde|wurden|ist|sind|worden|bereits|schon|längst)~${PAID}`,
      `${PAID} (?:habe|haben|hat|wurde|worden|ist|sind)`,
      `${MONEY}~(?:ist|sind|war)~(?:raus|rausgegangen|unterwegs|erfolgt|erledigt|abgegangen|abgebucht|ausgeglichen)`,
      {
        says: "(?:anbei|beigefügt|angehängt|im anhang|beiliegend|hier)~(?:überweisungsbeleg|zahlungsbeleg|zahlungsnachweis|überweisungsbestätigung|zahlungsavis|avis|kontoauszug|zahlungsbestätigung|beleg über die (?:zahlung|überweisung))",
        surety: 0.9,
      },
      "zahlungsavis|zahlungsnachweis|überweisungsbeleg",
      "prüfen sie~(?:zahlungseingang|konto|kontoauszug)|zahlungseingang~prüfen",
      "(?:überwies|zahlten?|bezahlten?|beglich)",
      {
        says: "(?:rausgeschickt|abgeschickt|losgeschickt|echtzeitüberweisung)|(?:auf|als) bezahlt",
        surety: HINT,
      },
    ],
    hardship: [
      "(?:raten|ratenzahlung\\w*|ratenplan|teilzahlung\\w*|teilbeträge\\w*|abschlagszahlung\\w*|in (?:zwei|drei|mehreren|vier) (?:teilen|tranchen))",
      "(?:stundung|stunden|zahlungsaufschub|aufschub|fristverlängerung|verlängerung|zahlungsziel~verläng\\w*|mehr zeit|geduld|zahlungspause|später~zahlen)",
      "(?:liquidität\\w*|finanziell\\w*|zahlungsschwierigkeit\\w*|engpass|zahlungsengpass|wirtschaftlich\\w*)~(?:engpass|schwierig\\w*|problem\\w*|lage|situation|angespannt)?|schwierige[nrs]? (?:lage|situation|zeit)|knapp bei kasse",
      "(?:können|kann|könnten)~(?:nicht|derzeit nicht|aktuell nicht|momentan nicht)~(?:zahlen|bezahlen|begleichen|überweisen|aufbringen|leisten|vollen betrag)|nicht in der lage",
      {
        says: "wasser bis zum hals|(?:monatlich|pro monat|im monat) \\d+|\\d+ (?:euro |€ )?(?:monatlich|pro monat|im monat)|(?:umsätze?|geschäft|aufträge)~(?:eingebrochen|schlecht|weggebrochen|mau)|kein (?:geld|guthaben)",
        surety: HINT,
      },
    ],
    in_approval: [
      "(?:in|zur|zwecks|auf|im|bei|noch)~(?:freigabe|prüfung|genehmigung|rechnungsprüfung|freigabeprozess|klärung|bearbeitung|kontierung|unterschrift)",
      "(?:muss|müssen|fehlt|fehlen|warten?)~(?:unterschreiben|unterzeichnen|gegenzeichnen|freigeben|absegnen|genehmigen|zustimmen|abzeichnen|unterschrift|freigabe)",
      "\\w*freigabe\\w*|genehmigung|genehmigt werden|freigegeben werden|freizeichnung|abzeichn\\w*|rechnungsprüfung|wird (?:derzeit |gerade |noch |aktuell )?(?:geprüft|bearbeitet|freigegeben)|(?:weitergeleitet|weitergegeben|vorgelegt)(?!~instanz)|(?:warten|wartet|warte)~(?:freigabe|bestellnummer|unterschrift|rückmeldung|zustimmung)|kläre~intern|in bearbeitung",
      {
        says: "(?:liegt|hängt|steckt|wartet)~(?:chef\\w*|geschäftsführ\\w*|\\w*leit\\w*|einkauf|fachabteilung|prokurist\\w*)|grünes licht",
        surety: HINT,
      },
    ],
    promise: [
      `(?:werde|werden|wird|können|kann|wollen|möchten|sollen|soll|sollte|könnten)~${TO_PAY}`,
      `(?:wird|werden|soll|sollte)~(?:überwiesen|bezahlt|gezahlt|beglichen|angewiesen|ausgeglichen|ausgeführt|veranlasst|eingeplant|raus|rausgehen|erfolgen|ausgezahlt|eingehen|ankommen)`,
      `(?:wir|ich)~(?:zahle|zahlen|überweise|überweisen|begleiche|begleichen|bezahle|bezahlen|veranlasse|veranlassen)|(?:zahle|zahlen|überweise|überweisen|begleiche|begleichen|bezahle|bezahlen) (?:wir|ich)`,
      `${MONEY}~(?:erfolgt|geht|folgt|kommt|erhalten sie|trifft ein|wird)~(?:raus|ein|am|bis|in|zum|nächste|morgen|heute|diese|ab|an sie|innerhalb|umgehend|zeitnah|schnellstmöglich|kurzfristig)`,
      "(?:eingeplant|vorgemerkt|terminiert|vorgesehen|zahllauf|zahlungslauf|zahlungstermin|zahltag)",
      "(?:haben|bekommen|kriegen|habt) (?:sie |ihr )?~{12}(?:geld|betrag|zahlung|summe)~(?:spätestens|bis|am|auf (?:dem|ihrem) konto|ende|morgen|nächste)",
      "(?:sie )?erhalten (?:sie )?~(?:zahlung|geld|betrag|überweisung)|(?:zahlung|geld|betrag)~(?:erhalten sie)",
      "(?:begleichung|überweisung|zahlung|bezahlung) (?:erfolgt|am|bis|zum|in|innerhalb|nächste)|(?:veranlasse|veranlassen|kümmer\\w*)~(?:zahlung|überweisung|darum|umgehend)",
      { says: "(?:bekommen|erhalten|haben) sie ~{6}(?:zum|am|bis|spätestens|morgen|nächste)", surety: HINT },
    ],
    stop: [
      "(?:keine|nicht)~(?:weitere[nr]? |mehr )?(?:e-?mails?|mails|nachrichten|mahnungen|erinnerungen)~(?:mehr|schicken|senden|zusenden|erhalten)?",
      "(?:hören|unterlassen|lassen|stoppen|einstellen)~(?:sie )?~(?:e-?mails?|mails|mahnungen|nachrichten|schreiben|auf)(?! sofort zu zahlen)",
      "(?:aus|von)~(?:verteiler|mailingliste|liste|newsletter)~(?:nehmen|löschen|streichen|entfernen|austragen)?|abmelden|austragen|abbestellen",
      { says: "lass\\w*~in ruhe|belästig\\w*", surety: HINT },
    ],
    question: [
      "(?:auf )?(?:welche[srnm]?|wofür|warum|wieso|wie|was|wann|wer|wohin|woher|worum)",
      "(?:können|könnten|würden) sie~(?:mitteilen|sagen|erklären|nennen|bestätigen|erläutern|geben)",
      "(?:bitte )?(?:teilen sie|nennen sie|sagen sie|erklären sie)",
    ],
  },
  negated:
    "(?:nicht|nie|noch nicht|noch keine?|keine|kein)~{20}(?:bezahl\\w*|zahl\\w*|überweis\\w*|überwiesen|beglichen|begleichen|angewiesen|veranlasst|erfolgt|raus|gezahlt|leisten|möglich)|unbezahlt",
  conditional: "(?:wenn|falls|sobald|sofern|erst nach|nach erhalt|nach eingang|vorausgesetzt|nachdem)",
  asks: "(?:könnten sie|können sie|würden sie|bitte teilen)",
  courtesy: "(?:vielen dank|danke|schönes? (?:wochenende|tag|feier\\w*)|guten (?:tag|morgen))",
};
