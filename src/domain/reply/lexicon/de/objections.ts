import { HINT, type Objections } from "../lexicon.ts";

const INVOICE =
  "(?:rechnung(?:en)?|rechnungskopie|beleg|rechnungsdokument|re-?\\s?\\w*\\d+|dokument|original)";

/** Why we do not get further with whom we wrote to. */
export const OBJECTIONS: Objections = {
  insolvency: [
    "insolvenz\\w*",
    "insolvent|zahlungsunfähig\\w*|konkurs\\w*|nachlassstundung",
    "gläubigerversammlung|forderung(?:en)?~(?:zur tabelle|anmelden)|liquidation|eröffnungsbeschluss|schutzschirm\\w*",
    {
      says:
        "(?:firma|betrieb|geschäft|laden|unternehmen)~(?:aufgelöst|liquidiert|abgewickelt|zugemacht|dauerhaft geschlossen|pleite)|pleite|gläubigerschutz|restrukturierungsverfahren|" +
        "sanierungsverfahren|masseunzulänglich\\w*",
      surety: HINT,
    },
  ],
  wrong_person: [
    "(?:nicht|nicht mehr|nicht länger)~zuständig|falscher? (?:ansprechpartner|adressat|empfänger|person|adresse)|falsche[nr]? (?:ansprechpartner|person|adresse|empfänger)",
    "an die falsche",
    "(?:arbeite|bin|ist|arbeitet)~nicht mehr (?:in|bei|für|im|tätig|beschäftigt)|(?:unternehmen|firma)~verlassen|ausgeschieden",
    "(?:wenden|richten|schicken|senden)~(?:sie )?(?:sich |dies |das |ihre \\w+ )?(?:bitte )?(?:künftig |zukünftig |direkt )?an (?:die|den|das|unsere|frau|herrn|meine)~(?:buchhaltung|kolleg\\w*|abteilung|frau|herrn?|kreditoren\\w*|zentrale|rechnungswesen|@\\w+)",
    "(?:neuer? )?ansprechpartner(?:in)? (?:ist|für)|(?:bei (?:mir|uns)|hier)~falsch|falsch (?:bei|verbunden)|(?:buchhaltung|rechnungen|kreditoren\\w*) (?:macht|bearbeitet|betreut)",
    {
      says: "dafür (?:ist|sind)~(?:verantwortlich|zuständig)|(?:verantwortlich|zuständig) (?:ist|sind)",
      surety: HINT,
    },
    "(?:nicht|nichts)~(?:mein bereich|meine abteilung|mein job|meine aufgabe|meine baustelle|damit zu tun|unsere firma|die buchhaltung)",
    "(?:im|in den|in) (?:ruhestand|rente|pension|elternzeit|mutterschutz|altersteilzeit)",
    "(?:nicht|keine[nr]?)~{12}(?:buchhaltung|ansprechpartner\\w*|mitarbeiter\\w*|zuständig\\w*)(?! (?:erreicht|bestätigt|freigegeben))",
    "(?:hat|haben)~(?:uns|firma|betrieb|haus)~verlassen|verstorben|nichts~zu tun",
    {
      says:
        "(?:wenden|schreiben|melden|richten|schicken|senden|fragen|wende|frag|nehmen)~(?:an|bei|nach|mit|in) (?:die|den|der|das|unser\\w*|frau|herrn?|meine\\w*|~{24}@\\w+)|" +
        "(?:schreib|schick|mail)\\w*~(?:an|bei) (?:die|den|unser\\w*|frau|herrn?|meine\\w*)|" +
        "(?:macht|machen|bearbeitet|bearbeiten|erledigt|übernimmt|betreut|kümmert)~{16}(?:steuerberat\\w*|frau \\w+|herr \\w+|kolleg\\w*|zentrale|hausverwaltung|mein\\w* (?:frau|mann|chef\\w*)|verwaltung|buchhaltung)(?!~(?:gezahlt|überwiesen))",
      unless: "noch ?mal\\w*|noch einmal|erneut|kopie|pdf|rückfrage\\w*",
    },
    {
      says:
        "(?:nachfolger\\w*|vertretung|vertrete|aushilfe|praktikant\\w*|azubi|empfang|rezeption|lager|hausmeister|pforte|fahrer)~{12}(?:ist|bin|hier|nur|im|von)|" +
        "(?:bin|sind|ist|hier)~{10}(?:nur |bloß )?(?:der |die |am |im |vom )?(?:empfang|rezeption|lager|werkstatt|vertrieb|einkauf|praktikant\\w*|azubi|aushilfe|hausmeister|pforte|it|personalabteilung)|" +
        "(?:keine ahnung|kenne)~(?:wer|niemand\\w*|firma)|andere firma|gehör\\w*~nicht (?:mehr )?zu",
      unless: "einkauf~(?:prüf|freig)|(?:liegt|hängt|wartet|ist noch) ",
      surety: HINT,
    },
    "falsche\\w* (?:\\w*adresse|postfach|firma|abteilung)(?!~(?:auf|rechnung))|(?:bin|sind) ~{4}(?:lehrer\\w*|privatperson|student\\w*|mieter\\w*|nachbar\\w*|rentner\\w*)",
    "nicht mehr (?:im haus|an bord|dabei|im unternehmen|unter uns)",
  ],
  not_received: [
    `${INVOICE}~(?:nicht|nie|noch nicht|niemals|leider nicht|keine)~(?:erhalten|bekommen|eingegangen|zugegangen|angekommen|vor(?:liegen)?|finden|auffindbar|gesehen|eingetroffen)`,
    `(?:keine|nie eine|nicht)~${INVOICE}~(?:erhalten|bekommen|zugegangen|eingegangen|vorliegen|finden|vor|vorliegend|gefunden)`,
    `(?:kein|keine)~${INVOICE}~(?:zu|ein|vor)|liegt~(?:uns|mir|hier)?~nicht vor|liegt~(?:uns|mir) nicht~vor`,
    "(?:erneut|nochmals?|noch einmal|nochmal|kopie|zweitschrift|duplikat|als pdf)~(?:zusenden|zuschicken|senden|schicken|zukommen|mailen|übermitteln|zustellen)",
    "(?:senden|schicken|mailen|übersenden|zusenden)~(?:erneut|nochmals?|noch einmal|kopie|rechnungskopie|zweitschrift|duplikat|rechnung)",
    "(?:bei (?:uns|mir)|hier|haben|habe)~{16}nichts~{16}(?:angekommen|eingegangen|erhalten|bekommen|gekommen)",
    "(?:anhang|datei|link)~(?:fehlt|nicht öffnen|fehlte|leer)",
    { says: "welche rechnung~(?:kein\\w*|nicht\\w*)|(?:kenne|hab|habe|haben)~keine rechnung", surety: HINT },
    { says: "(?:nur|lediglich)~(?:mahnung|erinnerung)|rechnung (?:selbst )?fehlt", surety: HINT },
    {
      says:
        "(?:beleg|rechnung\\w*|dokument|schreiben|re)~(?:nie|nicht|nirgends|nirgendwo|kein\\w*)~(?:ein|an|da|vor|finden|gefunden|gebucht|erfasst|bekannt|gesehen|eingegangen|angekommen|gelandet|aufgetaucht|auffindbar|aufzufinden|im system|hinterlegt)|" +
        "(?:nie|nicht|nirgends|kein\\w*)~(?:beleg|rechnung\\w*)~(?:gefunden|gesehen|bekommen|erhalten|da|finden|erfasst|im system|vorliegen)|" +
        "(?:haben|hab|habe|finde|finden|sehe)~{12}(?:die|diese|den|so eine|gar keine|keine) ?(?:rechnung|beleg)? ?(?:gar |noch )?(?:nicht|nie)(?! (?:bezahlt|überwiesen|gezahlt|beglichen|freigegeben|geprüft|vergessen|geld))",
      unless:
        "(?:bezahl|überw|gezahl|beglich|freig|prüf|geprüft|stimm|akzept|anerk|liefer|ware|bestell|montier)\\w*|stimmt|korrekt|richtig",
    },
    "(?:nachreichen|nachsenden|nachschicken|neu zusenden|zumailen|rüberschicken|zukommen lassen|hochladen|einreichen)",
    "(?:schick|send|mail|reich|lass)\\w*~{24}(?:nochmal\\w*|noch ?mal|noch einmal|erneut|als pdf|per mail|per e-?mail|kopie|die rechnung|zukommen|rüber|den beleg)",
    {
      says: "was für eine rechnung|(?:im|auch im) spam\\w*|verloren ?gegangen|(?:post|mail)~(?:verloren|verschollen|untergegangen)|verlegt|unbekannt|nicht im system",
      unless: "überw|zahl",
      surety: HINT,
    },
    "(?:im|am|als) anhang~(?:kein\\w*|nicht\\w*|nichts|leer)|(?:kein\\w*|ohne) ~{12}anhang|anhang~(?:fehlt\\w*|leer|vergessen|nicht)",
    "(?:finde|finden|sehe|sehen|habe|haben|liegt)~{16}nichts~?(?:im system|dazu|vor|drin|da|hier|gefunden|bekommen|erhalten)?(?! (?:bestellt|beauftragt|dagegen|gezahlt|überwiesen|zu tun))",
    "(?:rechnung|die|sie|haben|hab) (?:wir |ich )?(?:gar |noch |hier )?nicht[.,!?](?: bitte)?",
  ],
  stop: [
    "(?:keine|nicht)~(?:weitere[nr]? |mehr )?(?:e-?mails?|mails|nachrichten|mahnungen|erinnerungen)~(?:mehr|schicken|senden|zusenden|erhalten)?",
    "(?:hören|unterlassen|lassen|stoppen|einstellen)~(?:sie )?~(?:e-?mails?|mails|mahnungen|nachrichten|schreiben|auf)(?! sofort zu zahlen)",
    "(?:aus|von)~(?:verteiler|mailingliste|liste|newsletter)~(?:nehmen|löschen|streichen|entfernen|austragen)?|abmelden|austragen|abbestellen",
    { says: "lass\\w*~in ruhe|belästig\\w*", surety: HINT },
    "(?:unterlass|hör|stell|lass|stopp|verschon|verzicht|beend)\\w*~(?:mails?|e-?mails?|mahnungen|erinnerungen|nachrichten|schreiben|spam|mist|quatsch|auf|ein|in ruhe|damit)",
    "(?:keine|nie wieder)~(?:mails?|e-?mails?|nachrichten|post|erinnerung\\w*|mahnung\\w*)~?(?:mehr|schicken|senden|schreiben)?|spam\\w*",
    "(?:blockier|sperr|meld|löschen)\\w*~(?:absender|adresse|daten|spam|dsgvo)",
    {
      says: "(?:meinem|unserem|unser|mein) anwalt|reicht~(?:langsam|jetzt|mir|es)|nerv\\w*|dsgvo|widerruf\\w*~(?:einwilligung|zustimmung)|schluss (?:jetzt|damit)",
      surety: HINT,
    },
    "keine(?:rlei)? (?:weiteren )?(?:schreiben|briefe|anrufe|post|kontaktaufnahme\\w*)|(?:es|jetzt|mir) reicht(?:'s| es)?",
  ],
};
