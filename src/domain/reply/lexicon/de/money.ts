import { GUESS, HINT, type MoneyClues } from "../lexicon.ts";

const PAID =
  "(?:bezahlt|gezahlt|überwiesen|ueberwiesen|beglichen|angewiesen|ausgeglichen|veranlasst|abgebucht|eingezahlt|raus|rausgegangen|erledigt|getätigt|ausgeführt|freigegeben und überwiesen|vorgenommen|transferiert)";
const TO_PAY =
  "(?:bezahlen|zahlen|überweisen|ueberweisen|begleichen|anweisen|ausgleichen|veranlassen|tätigen|vornehmen|regulieren|auszahlen)";
const MONEY =
  "(?:zahlung|überweisung|betrag|rechnung(?:en)?|geld|summe|forderung|saldo|restbetrag|teilbetrag|posten|er|sie|es|das|diese|dies)";
const ROLE =
  "(?:chef\\w*|geschäftsführ\\w*|\\w*leit(?:er|erin|ung)|vorstand|inhaber\\w*|polier|architekt\\w*|prokurist\\w*|kassenwart\\w*|einkauf|fachabteilung|gremium|gemeinderat|bürgermeister\\w*)";
const WAITS =
  "(?:wart\\w*|bis|unterschr\\w*|freig\\w*|bestätig\\w*|prüf\\w*|genehmig\\w*|urlaub|zurück|tagt|entscheid\\w*|muss|schau\\w*|absegn\\w*)";

/** What became, or becomes, of the money. */
export const MONEY_CLUES: MoneyClues = {
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
    "(?:habe|haben|hat|hab|ham|wurde|wurden|ist|sind|war|waren|bereits|schon|längst|gestern|vorgestern|letzte\\w*|gerade|eben|soeben|heute|doch|wurd)~{70}(?:bezahlt|gezahlt|überwiesen|beglichen|angewiesen|abgebucht|abgegangen|transferiert|eingezahlt|ausgeglichen)(?! werden| wird| sein| sobald| wenn)",
    "(?:überweisung|zahlung|online\\w*|bank\\w*|geld|betrag|konto)~{30}(?:erledigt|gemacht|getätigt|ausgeführt|rausgegangen|rausgeschickt|weg|gebucht|belastet)(?! werden| wird)",
    "(?:hat|habe|hab|haben|wurde|ist)~{4}das~{24}erledigt(?! werden| wird)",
    "(?:am|vom|zum|seit) \\d{1,2}\\.~(?:abgegangen|abgebucht|belastet|überwiesen|gezahlt|bezahlt|angewiesen|ausgeführt|raus|gebucht|beglichen)(?! werden| wird)",
    "(?:^|[.,!:] ?)(?:ist |alles |schon |längst |bereits |doch )*(?:bezahlt|erledigt|überwiesen|beglichen|gezahlt|raus)(?: |[.,!]|$)(?:am|gestern|letzte|schon|seit|per|vor|worden|lg|gruß|mfg|bereits|und)?",
    {
      says:
        "(?:laut|lt\\.?|siehe|gemäß) (?:konto\\w*|bank\\w*|unserem konto\\w*|auszug|beleg|buchhaltung)|überschnitten|gekreuzt|" +
        "(?:bitte )?(?:zuordnen|prüfen sie (?:nochmal|noch einmal|ihr\\w* konto))|verwendungszweck (?:war|steht|lautet\\w*|ist|haben)|(?:auf|von) ihrem konto (?:sein|eingegangen)|" +
        "(?:müsste|sollte)~(?:längst|schon|bereits|inzwischen)~(?:da|sein|haben|eingegangen|angekommen|konto)",
      unless: "wird|werden|prüfung|freigabe|montag|nächste",
      surety: HINT,
    },
    "(?:haben|habt|hat|wurde|wurden|ist|sind|bereits|schon)~(?:eingezogen|bar bezahlt|kassiert|verrechnet|abgehoben|per (?:paypal|karte|lastschrift) bezahlt)",
    "quittung (?:liegt|hab|anbei|im anhang|habe)",
    "(?:ist|sind|schon|bereits|längst|gestern)~(?:passiert|runter|vom konto|weg vom|durch)(?! (?:muss|ist|die|den|das))",
    "(?:scheck|bargeld|bar|geld)~{12}(?:gegeben|übergeben|mitgegeben|ausgehändigt)",
  ],
  hardship: [
    "(?:raten|ratenzahlung\\w*|ratenplan|teilzahlung\\w*|teilbeträge\\w*|abschlagszahlung\\w*|in (?:zwei|drei|mehreren|vier) (?:teilen|tranchen))",
    "(?:stundung|stunden|zahlungsaufschub|aufschub|fristverlängerung|verlängerung|zahlungsziel~verläng\\w*|mehr zeit|geduld|zahlungspause|später~zahlen)",
    "(?:liquidität\\w*|finanziell\\w*|zahlungsschwierigkeit\\w*|engpass|zahlungsengpass|wirtschaftlich\\w*)~(?:engpass|schwierig\\w*|problem\\w*|lage|situation|angespannt)?",
    "schwierige[nrs]? (?:lage|situation|zeit)|knapp bei kasse",
    "(?:können|kann|könnten)~(?:nicht|derzeit nicht|aktuell nicht|momentan nicht)~(?:zahlen|bezahlen|begleichen|überweisen|aufbringen|leisten|vollen betrag)|nicht in der lage",
    {
      says:
        "wasser bis zum hals|(?:monatlich|pro monat|im monat) \\d+|\\d+ (?:euro |€ )?(?:monatlich|pro monat|im monat)|" +
        "(?:umsätze?|geschäft|aufträge)~(?:eingebrochen|schlecht|weggebrochen|mau)|kein (?:geld|guthaben)",
      surety: HINT,
    },
    "(?:nicht|kaum|unmöglich)~(?:auf einmal|auf einen schlag|in einem|in einer summe|komplett|alles|stemmen|aufbringen|leisten|schaffen)|stemmen|abstottern|abbezahl\\w*|abzahl\\w*",
    "stückweise|häppchen\\w*|(?:in|auf) (?:\\w+ )?(?:raten|teilen|etappen|teilbeträgen|schritten)|monatlich\\w*~(?:rate|zahl|\\d+)|(?:jeden|pro|im) monat ~{12}\\d+",
    "\\d+ ~{10}(?:jeden|pro|im) monat",
    "(?:klamm|flaute|durststrecke|auftragslage|auftragseinbruch|umsatz\\w*)~(?:schlecht|mau|einbruch|gebrochen|fehl\\w*|dünn|schwach)?",
    "(?:kein|wenig|gerade kein|nicht genug|fehlt)~{10}(?:geld|mittel|liquidität|kapital|deckung)(?! (?:zurück|erhalten|bekommen))",
    "(?:aufschub|bis (?:januar|februar|märz|ins neue jahr|zum frühjahr))~(?:geben|gewähren|warten|zeit|möglich|gedulden)",
    "(?:um|etwas|bisschen|wenig) (?:geduld|aufschub|zeit|nachsicht|luft)|(?:schieben|verschieben|hinausschieben|strecken)|schaff\\w*~(?:nicht|nur)",
    "eng(?:e|er)? (?:gerade|zurzeit|momentan)|(?:gerade|momentan|zurzeit|derzeit|im moment)~{10}(?:eng|knapp|schwierig|klamm)",
    "(?:hälfte|teil|anzahlung|\\d+ (?:euro|€)?) ~{8}(?:jetzt|sofort|gleich|schon mal|diesen monat|heute)~{8}(?:und|rest)~{16}(?:rest|hälfte|später|nächste\\w*|januar|februar|dezember|monat)",
    "sieht~{20}(?:nicht gut|schlecht|mau|düster) aus|(?:warten|warte)~{16}(?:auf )?(?:zahlung\\w*|geld) (?:von|unser\\w*|der|des)|selbst~{12}(?:auf (?:geld|zahlung)|nicht bezahlt)",
    "ebbe|kasse~leer|(?:können|könnten|könnte|würden|kann|bitte)~{16}(?:warten|gedulden|gedulden|verlängern)(?!~(?:auf die|bis die) (?:freigabe|unterschrift))",
    "(?:erst|zuerst|vorab) (?:mal )?(?:die hälfte|einen teil|\\d+)",
  ],
  in_approval: [
    "(?:in|zur|zwecks|auf|im|bei|noch)~(?:freigabe|prüfung|genehmigung|rechnungsprüfung|freigabeprozess|klärung|bearbeitung|kontierung|unterschrift)",
    "(?:muss|müssen|fehlt|fehlen|warten?)~(?:unterschreiben|unterzeichnen|gegenzeichnen|freigeben|absegnen|genehmigen|zustimmen|abzeichnen|unterschrift|freigabe)",
    "\\w*freigabe\\w*|genehmigung|genehmigt werden|freigegeben werden|freizeichnung|abzeichn\\w*|rechnungsprüfung",
    "wird (?:derzeit |gerade |noch |aktuell )?(?:geprüft|bearbeitet|freigegeben)|(?:weitergeleitet|weitergegeben|vorgelegt)(?!~instanz)",
    "(?:warten|wartet|warte)~(?:freigabe|bestellnummer|unterschrift|rückmeldung|zustimmung)|kläre~intern|in bearbeitung",
    {
      says: "(?:liegt|hängt|steckt|wartet)~(?:chef\\w*|geschäftsführ\\w*|\\w*leit\\w*|einkauf|fachabteilung|prokurist\\w*)|grünes licht",
      surety: HINT,
    },
    {
      says: "(?:ohne|fehlt|fehlen|braucht|brauche|brauchen|warte|warten|wartet|bis|erst)~{20}(?:haken|unterschrift\\w*|freigabe|okay|ok|go|bestätigung|zustimmung|stempel|signatur|freizeichnung|wareneingang\\w*|leistungsnachweis|bestellnummer|bestellung|kostenstelle|aufmaß|abnahme|lieferschein|gegenzeichn\\w*|unterschreib\\w*|genehmig\\w*|prüf\\w*)",
      unless: "(?:ihre|eure) (?:bestätigung|zustimmung)",
    },
    "(?:liegt|hängt|steckt|ist|klemmt|wartet|befindet sich|geht|läuft|muss)~{8}(?:noch |gerade |immer noch |derzeit )*(?:beim?|bei der|bei dem|in der|im|auf dem|durch|zur|über|noch zum|zu) ~{12}(?:chef\\w*|geschäftsführ\\w*|gf|\\w*leit\\w*|einkauf|abteilung\\w*|prokurist\\w*|vorstand\\w*|prüfung|workflow|umlauf\\w*|freigabe\\w*|schreibtisch|tisch|vorgesetzt\\w*|controlling|disposition|wareneingang|unterschrift\\w*|postmappe|mappe|unterschriftenmappe|system)",
    {
      says:
        "(?:wareneingang|leistung|bestellung)~(?:nicht|noch nicht|fehlt)~(?:gebucht|erfasst|bestätigt|verbucht|quittiert)?|gesperrt|zahlsperre|geblockt|blockiert|" +
        "(?:schon|bereits|nochmal|zweimal|mehrfach|heute)~(?:erinnert|nachgefragt|angemahnt|nachgehakt|angestoßen)|" +
        "(?:hat|haben)~noch nicht~(?:unterschrieben|freigegeben|abgezeichnet|genehmigt|geprüft)|(?:sachlich\\w*|rechnerisch\\w*) (?:prüfung|richtig)",
      unless: "konto~gesperrt|überw\\w*|angewiesen",
      surety: HINT,
    },
    "(?:muss|müssen|soll|sollen|will|wollen)~{20}(?:noch |erst |vorher )*(?:drüber ?schauen|drüber ?sehen|ansehen|anschauen|durchsehen|draufschauen|abnicken|prüfen|abzeichnen|absegnen|gegenprüfen|kontrollieren|bestätigen|unterschreiben)",
    "in (?:der )?klärung|wird intern|intern (?:ge)?prüf\\w*",
    "(?:chef|chefin|leiter\\w*|geschäftsführer\\w*|herr \\w+|frau \\w+)~{12}(?:ist|noch|bis)~{12}(?:im urlaub|auf dienstreise|krank|nicht da|außer haus|unterwegs)~?",
    "noch nicht~{12}(?:unterschrieben|freigegeben|abgezeichnet|genehmigt|geprüft|bestätigt|gegengezeichnet|gebucht)",
    "(?:wartet|warten|fehlt)~{12}(?:zweite|letzte|noch)~{8}(?:freigabe|unterschrift|genehmigung)",
    { says: `${ROLE}~${WAITS}|${WAITS}~${ROLE}`, surety: GUESS },
    "(?:bis|bevor|sobald|wenn|nachdem)~{30}(?:unterschrieben|freigegeben|genehmigt|gegengezeichnet|abgezeichnet)",
  ],
  promise: [
    `(?:werde|werden|wird|können|kann|wollen|möchten|sollen|soll|sollte|könnten)~${TO_PAY}`,
    "(?:wird|werden|soll|sollte)~(?:überwiesen|bezahlt|gezahlt|beglichen|angewiesen|ausgeglichen|ausgeführt|veranlasst|eingeplant|raus|rausgehen|erfolgen|ausgezahlt|eingehen|ankommen)",
    "(?:wir|ich)~(?:zahle|zahlen|überweise|überweisen|begleiche|begleichen|bezahle|bezahlen|veranlasse|veranlassen)",
    "(?:zahle|zahlen|überweise|überweisen|begleiche|begleichen|bezahle|bezahlen) (?:wir|ich)",
    `${MONEY}~(?:erfolgt|geht|folgt|kommt|erhalten sie|trifft ein|wird)~(?:raus|ein|am|bis|in|zum|nächste|morgen|heute|diese|ab|an sie|innerhalb|umgehend|zeitnah|schnellstmöglich|kurzfristig)`,
    "(?:eingeplant|vorgemerkt|terminiert|vorgesehen|zahllauf|zahlungslauf|zahlungstermin|zahltag)",
    "(?:haben|bekommen|kriegen|habt) (?:sie |ihr )?~{12}(?:geld|betrag|zahlung|summe)~(?:spätestens|bis|am|auf (?:dem|ihrem) konto|ende|morgen|nächste)",
    "(?:sie )?erhalten (?:sie )?~(?:zahlung|geld|betrag|überweisung)|(?:zahlung|geld|betrag)~(?:erhalten sie)",
    "(?:begleichung|überweisung|zahlung|bezahlung) (?:erfolgt|am|bis|zum|in|innerhalb|nächste)|(?:veranlasse|veranlassen|kümmer\\w*)~(?:zahlung|überweisung|darum|umgehend)",
    { says: "(?:bekommen|erhalten|haben) sie ~{6}(?:zum|am|bis|spätestens|morgen|nächste)", surety: HINT },
    {
      says: "(?:geht|gehen|kommt|läuft|wird|werden|folgt|mach\\w*|erledig\\w*|schick\\w*|zahl\\w*|überweis\\w*|weis\\w*|bezahl\\w*|begleich\\w*|bekomm\\w*|krieg\\w*|hab\\w*|erhalt\\w*|erhält)~{24}(?:heute|morgen|übermorgen|montag|dienstag|mittwoch|donnerstag|freitag|am \\d{1,2}\\.|zum \\d{1,2}\\.|bis \\d{1,2}\\.|ende|anfang|mitte|nächste\\w*|kommende\\w*|diese woche|monatsende|spätestens|in (?:den nächsten|\\w+ tagen)|kw)~{30}(?:raus|weg|überwiesen|gezahlt|bezahlt|angewiesen|an|ab|erledigt|fertig|auf (?:dem|ihrem|ihr) konto|geld|ihr geld|betrag|euro|überweisung|zahlung|rechnung|mit|beglichen)",
      unless:
        "(?:brief|paket|ware|sendung|post) |meld\\w*|prüf\\w*|frag\\w*|klär\\w*|freig\\w*|vorgelegt|unterschr\\w*|wurde\\w*|gestern|letzte\\w*",
    },
    "(?:kriegen|bekommen|kriegt|bekommt|haben|erhalten) (?:sie|ihr|du)(?: die| das| den| ihr\\w*)?~{24}(?:zum|am|bis|spätestens|morgen|heute|nächste\\w*|ende|montag|dienstag|mittwoch|donnerstag|freitag)",
    "(?:euro|geld|betrag|summe|rest|zahlung|überweisung) (?:kriegen|bekommen|kriegt|erhalten|haben|geht|kommt|folgt|läuft)~",
    "(?:geht|gehen) ~{16}(?:raus|weg|ab|an sie)(?!~(?:paket|ware))",
    "(?:nächste[nr]?|kommende[nr]?|unser\\w*|im|beim|mit dem) ~{8}(?:zahllauf|zahlungslauf|überweisungslauf|zahltag|zahlungsvorschlag|zahlungsliste|sammelüberweisung)",
    "(?:mach|erledig|überweis|zahl)\\w*~{10}(?:das |es |die )?(?:heute|morgen|gleich|sofort|noch)(?! nicht)~{12}(?:fertig|raus|online|abend|früh|tag)?",
    "(?:hole|holen|werde|werden)~(?:nach|nachholen|nachgeholt)|ist (?:für|auf) ~{16}(?:terminiert|eingeplant|angesetzt|vorgesehen|hinterlegt)",
    "(?:terminüberweisung|dauerauftrag|überweisung) ~{8}(?:ist|hinterlegt|eingestellt|angelegt|eingerichtet|zum|für)",
  ],
};
