import { type Disputes, GUESS, HINT } from "../lexicon.ts";

const GOODS =
  "(?:ware|lieferung\\w*|fahrer|monteur\\w*|techniker\\w*|handwerker|leute|maschine|gerät|teile?|kartons?|paletten?|stück|stunden|preis\\w*|menge|qualität|position\\w*|rabatt|auftrag|arbeit\\w*|leistung\\w*|montage|reparatur|wartung|anfahrt|fracht\\w*|versand\\w*|transport\\w*|zimmer|lizenz\\w*|vertrag|abo|heizung|dach|fenster|tür\\w*|boden|farbe|größe|reinigung|schulung|druck)";
const FLAW =
  "(?:nicht|nie|niemand|keiner|kein\\w*|nur|falsch\\w*|statt|immer noch|fehl\\w*|zu spät|ohne|schlecht\\w*|kaputt\\w*|anders|weniger|mangel\\w*|problem\\w*|doppelt|halb\\w*|beschädig\\w*|zurück\\w*|verspätet|aber)";

/** What is wrong with the invoice, or with what it is for. */
export const DISPUTES: Disputes = {
  dispute: [
    {
      says: "falsch",
      unless:
        "(?:bei (?:mir|uns)|hier)~falsch|falsch (?:bei|verbunden|adressiert)|falsche[nr]? (?:ansprechpartner|person|adress\\w*|empfänger)",
    },
    "(?:abgerechnet|berechnet|fakturiert|in rechnung gestellt)~(?:aber|jedoch|obwohl|statt|tatsächlich|nur)",
    "(?:vereinbart|bestellt|ausgemacht|angeboten|abgemacht) (?:war|waren|wurden?|hatten)|fehlt auf der rechnung|zahlen~(?:keinen cent|nichts)|funktionier\\w*~nicht|läuft~nicht",
    "(?:fehlerhaft|unkorrekt|nicht korrekt|nicht richtig|inkorrekt|unstimmig\\w*|abweichung\\w*|abweichend\\w*|zu hoch|überhöht|doppelt (?:berechnet|fakturiert|abgerechnet)|nicht nachvollzieh\\w*)",
    "(?:stimmt|stimmen|passt|deckt sich) nicht|(?:stimmt|stimmen|passt)~nicht (?:mit|überein|zu)|weicht~ab",
    "(?:mangelhaft\\w*|mängel\\w*|mangel|beschädigt\\w*|defekt\\w*|schadhaft\\w*|kaputt\\w*|reklamation|reklamier\\w*|beanstand\\w*|unvollständig\\w* (?:geliefert|lieferung))",
    "(?:widersprech\\w*|widerspruch|bestreiten|strittig|nicht einverstanden|akzeptieren~nicht|nicht (?:akzeptieren|anerkennen)|erkennen~nicht an|einwand|einwände)",
    "gutschrift|rechnungskorrektur|korrigierte rechnung|storn\\w*|minderung|zurückbehalt\\w*|einbehalt\\w*",
    { says: "(?:zahlen|bezahlen)~(?:erst nach|nicht)(?! (?:vor|möglich))", unless: "(?:vorher|früher|eher)" },
    "(?:ware|lieferung|leistung|artikel)~(?:nicht|nie|noch nicht)~(?:erhalten|bekommen|geliefert|erbracht|angekommen|eingetroffen|bestellt)|nie bestellt|nicht bestellt",
    "nicht beauftragt",
    {
      says: "(?:angebot|auftrag|vertrag|bestellung)~(?:lautete|besagt|steht)~nicht|zahlen wir nicht|nicht (?:vereinbart|abgesprochen|gekommen)|nie da|falsch geliefert|fehlten",
      surety: HINT,
    },
    {
      says: "(?:nur|lediglich)~(?:geliefert|erhalten|angekommen)|korrektur|korrigier\\w*|berichtig\\w*|laut (?:angebot|vertrag|auftrag)",
      unless: "mahnung|erinnerung|e-?mail|freigabe",
      surety: HINT,
    },
    {
      says: "\\d[\\d.,]*(?: \\w+){0,3},? (?:und nicht|nicht|statt|anstatt|anstelle von) (?:der |die |den )?\\d+",
      unless: "(?:zahl|überweis)\\w*~",
    },
    {
      says:
        "(?:sehe|sehen)~(?:ich|wir)?~(?:nicht|gar nicht) ein|(?:keinen|keine) (?:einzigen )?(?:cent|pfennig)|" +
        "(?:zahl|bezahl|überweis|unterschreib)\\w*~(?:sicher|bestimmt|so|das|die|den|ich|wir)? ?(?:aber |ganz sicher |so |auf keinen fall )?(?:nicht|nichts)(?! (?:vor|bis|mehr bei|möglich|rechtzeitig|pünktlich|früher))|" +
        "weiger\\w*|verweiger\\w*|kommt nicht in ?frage|nicht bereit|lehn\\w*~ab|abgelehnt|zurückgewiesen|weis\\w*~zurück",
      unless: "vorher|früher|eher",
    },
    "(?:rabatt|skonto|nachlass|abzug|anzahlung|abschlag|gutschein|bonus)~(?:fehl\\w*|nicht|vergess\\w*|abgezogen|berücksichtigt|vereinbart)",
    "(?:fehl\\w*|nicht|vergess\\w*|ohne)~(?:rabatt|skonto|nachlass|abzug|anzahlung|bonus)",
    {
      says:
        "(?:anders|nicht (?:so|das|der preis|die menge)?) ?(?:was |wie )?(?:~{12})?(?:vereinbart|besprochen|abgesprochen|ausgemacht|bestellt|angeboten|zugesagt|abgemacht|beauftragt)|" +
        "(?:vereinbart\\w*|zugesagt\\w*|angeboten\\w*|versprochen\\w*) (?:preis|rabatt|satz|betrag|summe|menge|gutschrift)|" +
        "(?:im|laut|lt\\.?) (?:angebot|auftrag|vertrag|bestellung|lieferschein|absprache)~(?:steh\\w*|stand|war\\w*|sind|nur|\\d+)|" +
        "(?:teurer|mehr|höher) als~(?:vereinbart|angeboten|bestellt|im angebot)",
      unless: "zahlungsziel|ratenzahlung|wie (?:vereinbart|besprochen)~(?:überweis|zahl)",
    },
    "(?:falsche[nrsm]?|alte[nrsm]?|verkehrte[nrsm]?|unsere frühere) (?:firma\\w*|adresse|anschrift|ust\\w*|steuer\\w*|rechnungsempfänger|rechnungsadresse|bestellnummer|preis\\w*|menge|artikel|ware|größe|farbe|modell|teile?)",
    "(?:ust-?id\\w*|steuernummer|anschrift|firmierung|rechnungsadresse|firmenname|mehrwertsteuer|mwst)~(?:falsch|fehlt|stimmt|veraltet|nicht)",
    "(?:neu|neue|korrigiert\\w*|richtige|korrekte|berichtigt\\w*|geändert\\w*) (?:ausstell\\w*|rechnung|fassung|version)|neu (?:ausgestellt|schreiben|stellen)",
    {
      says: "(?:zerbrochen|zerkratzt|verkratzt|verbogen|gerissen|riss|risse|undicht|leckt|tropft|verschimmelt|verdorben|abgelaufen|unbrauchbar|gebrochen|ausgefallen|verspätet|zu spät|zu klein|zu groß|zu kurz|schief|pfusch\\w*|schlamp\\w*|ungenügend|schlecht\\w* (?:qualität|gemacht|verarbeitet|arbeit)|qualität~(?:schlecht|mangelhaft|unter)|ging(?:en)? (?:sofort |gleich )?kaputt|(?:nicht|nie|noch nicht|niemand|keiner)~{16}(?:fertig|repariert|behoben|montiert|eingebaut|abgeholt|aufgetaucht|abgenommen|vollständig|nachgebessert)|zurückgeschickt|retour\\w*|zurückgegeben|zurückgesandt|rücksendung)",
      unless:
        "e-?mails?|rechner|computer|(?:zu spät|verspätet)~(?:bezahlt|überwiesen|zahl|dran)|rechnung noch nicht fertig",
    },
    {
      says:
        "(?:doppelt|zweimal|zwei mal) ~{12}(?:rechnung|berechnet|bekommen|abgerechnet|bezahlt|geschickt)|" +
        "(?:schon|bereits)~{10}(?:in|mit|auf) (?:rechnung|der (?:ersten|letzten|vorigen))|(?:zu viel|zuviel|mehr) (?:berechnet|abgerechnet|verlangt)|unverschämt\\w*|frechheit|" +
        "unzufrieden|beschwer\\w*|fehler|nachbesser\\w*|ersatz\\w*|erstatt\\w*|nicht beauftrag\\w*",
      unless:
        "(?:mein|unser) fehler|fehler (?:von|bei) (?:mir|uns)|sorry|entschuldig\\w*|verzeih\\w*|beschwerdefrei",
      surety: HINT,
    },
    {
      says:
        "(?:war|waren|wurde|wurden|hatten|haben|ist|sind)~{24}(?:vereinbart|ausgemacht|abgesprochen|inklusive|inbegriffen|zugesagt|angeboten|gekündigt|storniert|widerrufen|im preis|gratis|kostenlos|versprochen)|" +
        "(?:vertrag|abo|auftrag|bestellung)~(?:gekündigt|storniert|widerrufen|beendet|ausgelaufen)|" +
        "(?:erst|bevor|sobald|wenn|solange|bis)~{24}(?:funktionier\\w*|repariert|behoben|geliefert|fertig|nachgebessert|läuft|ersetzt|korrigiert|erledigt ist|ausgetauscht)|" +
        "passt (?:so |das |mir |uns )*nicht|stimm\\w*~nicht|nicht stimm\\w*|nicht in ordnung|klärungsbedarf|nicht einig|unklar|so nicht",
      unless: "ratenzahlung|zahlungsziel|stimmt nicht mehr|adresse stimmt",
      surety: HINT,
    },
    "(?:nehme|nehmen|akzeptier\\w*|abnehmen)~{16}nicht (?:ab|an|hin)|(?:wackel|quietsch|klemm|tropf|riech|stink)\\w*",
    "(?:ware|hälfte|teil\\w*|alles)~{16}(?:hin|nass|durchnässt|verdreckt|schimmlig)|garantie|garantiefall\\w*|gewährleistung\\w*|kulanz",
    { says: `${GOODS}~${FLAW}|${FLAW}~${GOODS}`, surety: GUESS },
  ],
};
