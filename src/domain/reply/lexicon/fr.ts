import { DISPUTES } from "./fr/disputes.ts";
import { MONEY_CLUES } from "./fr/money.ts";
import { OBJECTIONS } from "./fr/objections.ts";
import type { Lexicon } from "./lexicon.ts";

export const FR: Lexicon = {
  isSpaced: true,
  clues: {
    ...OBJECTIONS,
    ...DISPUTES,
    ...MONEY_CLUES,
    question: [
      "(?:à quoi|de quoi|quel(?:le)?s?|pourquoi|comment|combien|qui|quand|où|qu'est-ce|que) ",
      "(?:pouvez|pourriez|pourrais)[- ](?:vous|tu)~(?:indiquer|préciser|expliquer|confirmer|dire|donner|communiquer|envoyer|transmettre)",
      "merci de (?:me |nous )?(?:préciser|indiquer|communiquer|confirmer|dire)",
    ],
  },
  negated:
    "(?:n'est|n'a|n'avons|n'ai|ne sera|n'ont|ne sont|pas|jamais|ne peut|ne pouvons|ne peux|impayée?s?|non)~{14}(?:payée?s?|payer|réglée?s?|régler|virée?s?|effectuée?s?|effectuer|versée?s?|soldée?s?|virement|paiement)|impayée?s?",
  conditional:
    "(?:si|dès que|dès réception|une fois|à condition|lorsque|quand|sous réserve|après réception|à réception|sauf si)",
  came: "reçue?s?|livrée?s?|commandée?s?|convenue?s?|convenus|arrivée?s?|prévue?s?|prévus|devis|contrat|venue?s?|bon de livraison",
  billed:
    "factur(?:é|ée|és|ées|ez|er)|compt(?:é|ée|ez)|réclamez|sur (?:la|votre) facture|facture (?:indique|mentionne|affiche)|maintenant|et là",
  tells:
    "vous (?:dirai|dirons|dis|tiens|tiendrai|tiendrons|informe\\w*)|(?:je|vais|nous|on)~{8}(?:demande|demander|vérifie|vérifier|regarde|regarder|renseigne\\w*)|quand (?:le|la|il|elle|on|ce|vous)",
  future:
    "sera|seront|va|vont|vais|allons|doit|devrait|prochaine?|prévue?|programmée?|part|partira|d'ici|avant|sous|on vous|pour|arrivera",
  moves:
    "pai\\w*|pay\\w*|règl\\w*|régl\\w*|virements?|vir\\w+|vers\\w+|chèques?|fonds|argent|compte|banque|trésorerie|échéance|prélèvement|sold\\w*|fai\\w*|ser\\w+|euros?",
  defers:
    "retour|congés?|vacances|absente?|rappel\\w*|appel\\w*|téléphon\\w*|réunion|rendez-vous|vois|voir|vérifi\\w*|regard\\w*|demand\\w*|tiens au courant|réponse|répond\\w*|revien\\w*|échue?|livraison|livr\\w*|chantier|travaux|fermée?s?|ouverte?|bureau|valid\\w*|sign\\w*|accord|pas|plus|avoir|saurai|depuis|contrôl\\w*|point|attend\\w*|réception|récept\\w*",
  asks: "(?:pouvez-vous|pourriez-vous|serait-il|est-il possible)",
  courtesy: "(?:merci|bonne (?:journée|soirée|réception)|bon week-?end|comment allez)",
};
