import { type Disputes, GUESS, HINT } from "../lexicon.ts";

const GOODS =
  "(?:marchandises?|livraison|livreur|chauffeur|technicien\\w*|ouvriers?|équipe|machine|appareil|pièces?|cartons?|palettes?|heures|prix|devis|quantité|qualité|ligne|remise|commande|travaux|chantier|prestation|pose|montage|réparation|entretien|déplacement|transport|chambre|licences?|contrat|abonnement|chaudière|toit|fenêtres?|portes?|peinture|carrelage|couleur|taille|formation)";
const FLAW =
  "(?:pas|jamais|personne|rien|aucune?|seulement|mauvais\\w*|au lieu|toujours|manqu\\w*|retard|sans|mal|cass\\w*|différ\\w*|moins|défaut\\w*|problèmes?|deux fois|double|moitié|abîm\\w*|retourn\\w*|mais)";

/** What is wrong with the invoice, or with what it is for. */
export const DISPUTES: Disputes = {
  dispute: [
    "contest\\w*|litig\\w*|en désaccord|pas d'accord|n'acceptons pas|refusons|réclamation|désaccord",
    "(?:ne )?(?:correspond\\w*|concord\\w*)~(?:pas|plus)|(?:pas|non) conformes?|conforme~pas",
    {
      says: "erreur|erron\\w*|incorrect\\w*|faux|fausse|inexact\\w*|anomalie|écart|trop élevée?",
      unless: "sauf erreur|erreur (?:de notre part|de destinataire)",
    },
    "factur\\w* \\d+~(?:reçu\\w*|livr\\w*|command\\w*|seulement)|malfaçons?|réserves|inachevée?s?|pas (?:terminée?s?|finie?s?|fonctionn\\w*)|ne (?:marche|fonctionne)\\w*~pas",
    "(?:bloqu|suspend|reten)\\w*~(?:paiement|règlement)",
    "(?:montant|prix|tarif|tva|quantité|facture)~(?:erron\\w*|incorrect\\w*|faux|fausse|inexact\\w*|trop élevée?)",
    "(?:endommag\\w*|défectueu\\w*|abîm\\w*|cassée?s?|manquant\\w*|défaut\\w*|non[- ]conform\\w*|incomplète?s?)",
    "(?:attend\\w*|demand\\w*|souhait\\w*|émettre|établir|besoin|recevoir)~(?:un |d'un |une |l')?(?:avoir|note de crédit)|note de crédit",
    "facturé(?:e|s|es)? (?:deux fois|en double|à tort)|double factur\\w*",
    "(?:prestation|marchandise|livraison|commande|travaux|produits?)~(?:n'a|n'ont|n'est|ne sont|jamais|pas)~(?:livr\\w*|réalis\\w*|effectu\\w*|reçu\\w*|command\\w*|été|arriv\\w*)",
    "jamais command\\w*|(?:pas|jamais) (?:encore )?(?:reçu|livré)~(?:marchandise|commande|produits?|matériel|colis)|(?:seulement|que) \\d+~(?:livr\\w*|reçu\\w*)",
    "reçu (?:que|seulement) \\d+|(?:ne )?(?:paierons|réglerons|payerons)~pas",
    {
      says: "(?:manqu\\w+|il manque)~(?:cartons?|colis|pièces?|articles?|palettes?|livraison|commande)|(?:jamais|pas) (?:validé|signé|accepté|demandé)|trop facturé",
      surety: HINT,
    },
    {
      says: "rectifi\\w*|corrig\\w*|(?:devait|devrait|devaient) être (?:inclus|gratuit|offert|compris)\\w*",
      surety: HINT,
    },
    {
      says: "\\d[\\d.,]*(?: \\w+){0,3},? (?:et non|et pas|pas|au lieu de|non pas|contre|plutôt que) (?:les |de )?\\d+",
      unless: "(?:paie|règl|vir)\\w*~",
    },
    "(?:reçu\\w*|livr\\w*|command\\w*|convenus?|convenue?s?|arrivée?s?|prévue?s?|devis|signée?)~\\d+~(?:factur\\w*|compt\\w*|réclam\\w*)",
    "\\d+~(?:convenus?|convenue?s?|prévus?|command\\w*|livr\\w*|reçu\\w*)~\\d+~factur\\w*",
    "(?:factur\\w*|compt\\w*|réclam\\w*)~\\d+~(?:reçu\\w*|livr\\w*|command\\w*|convenus?|arrivée?s?|prévue?s?|devis)",
    "n'est pas (?:celui|celle|ce|le|la|du tout|au|conforme|normal|acceptable|recevable|correct\\w*)~(?:devis|prix|tarif|commande|convenu|prévu|bon|qui|contrat|signé|dû|montant)?",
    "(?:pas|jamais)~{12}(?:ce qui|ce que|le prix|le tarif|les bons?|la bonne (?:quantité|référence|taille|couleur))",
    "(?:tarif|prix|montant|remise|ristourne|taux)~(?:convenue?|prévue?|du devis|négociée?|promise?|annoncée?|du contrat|pas appliquée?|oubliée?|pas déduite?|manqu\\w*)",
    "(?:remise|ristourne|rabais|acompte|escompte)~(?:n'|pas|oubli\\w*|manqu\\w*|absente?)|(?:manque|oubli\\w*|sans)~(?:remise|ristourne|rabais|acompte|escompte)",
    "(?:plus (?:cher|élevée?)|supérieure?) (?:que|au|à|par rapport)",
    {
      says: "(?:fêlée?s?|fissur\\w*|rayée?s?|tordue?s?|déchir\\w*|percée?s?|fuit|fuites?|fuient|moisi\\w*|périmée?s?|pourrie?s?|inutilisables?|en panne|tombée?s? en panne|hors service|brisée?s?|détériorée?s?|sali\\w*|tachée?s?|bâclée?s?|mal (?:fait\\w*|posée?s?|fini\\w*|install\\w*|réalisée?s?|montée?s?)|mauvaise? (?:qualité|taille|couleur|référence|modèle|quantité|produit|état)|(?:pas|jamais|toujours pas|personne n'est|ne sont) (?:encore |été )?(?:venue?s?|terminée?s?|finie?s?|réparée?s?|remplacée?s?|installée?s?|repris\\w*|récupér\\w*|complète?s?|réalisée?s?)|(?:renvoy|retourn|repris)\\w*~(?:marchandises?|produits?|cartons?|colis|articles?|pièces?|matériel|machines?))",
      unless: "(?:ordinateur|serveur|imprimante|messagerie|système|réponse|e-?mails?|mails?)",
    },
    "(?:refus\\w*|hors de question|pas question)~",
    "(?:ne |n')?(?:paierai|paierons|paye|paie|payons|payerai|payera|réglerai|réglerons|règle|réglons|signerai|signerons)~{6}(?:pas|rien|que)(?! (?:avant|tout de suite|la même|les? mêmes?))",
    "pas un (?:centime|sou|euro)|(?:je |nous |on )?(?:bloqu|suspend|retien|reten)\\w*|tant que~(?:n'|pas)",
    "(?:peux|pouvons|peut|puis) pas (?:accepter|valider|comptabiliser|enregistrer|passer)",
    "(?:refaire|annul\\w*|établir|rééditer|émettre|modifier|reprendre|refaites)~{20}(?:facture|avoir|une autre|nouvelle)",
    "(?:nouvelle|bonne) facture~(?:correcte?|corrigée?|conforme|rectifiée?|au bon)|facture (?:corrigée|rectificative|conforme|rectifiée)",
    {
      says:
        "(?:ancienne?|mauvaise?|pas (?:le bon|la bonne|notre)) (?:adresse|raison sociale|siret|numéro|société|tva|entité|dénomination|nom)|" +
        "(?:siret|tva|raison sociale|adresse de facturation)~(?:erron\\w*|faux|fausse|ancien\\w*|pas|manqu\\w*|incorrect\\w*)|surfactur\\w*|double (?:emploi|facture)|" +
        "(?:deux fois|en double|doublon)|déjà (?:facturée?|comptée?)|(?:pas|jamais|n'a) (?:~{12})?(?:commandée?|signée?|demandée?|autorisée?|validée?) (?:cette|ce|ces|de|par)|" +
        "mécontent\\w*|inacceptable|inadmissible|insatisfait\\w*|scandaleux|remboursement|dédommag\\w*|(?:deux|trois|quatre|\\d+) ~{16}(?:manquant\\w*|manquent|cassée?s?)",
      unless: "payée? (?:deux fois|en double)",
      surety: HINT,
    },
    {
      says:
        "(?:contrat|commande|abonnement|prestation)~(?:résili\\w*|annul\\w*|termin\\w*|dénonc\\w*)|(?:avons|ai) (?:résili|annul|dénonc)\\w*|" +
        "(?:était|devait être|est|sont) (?:gratuit\\w*|offert\\w*|comprise?s?|incluse?s?|inclus)|s'écaill\\w*|ces conditions|" +
        "(?:quand|lorsque|une fois que|dès que|après que)~{16}(?:fonctionn\\w*|répar\\w*|terminé|fini|remplac\\w*|corrig\\w*|marchera)",
      surety: HINT,
    },
    "(?:factur|compt|réclam|chiffr)\\w*~{30}(?:alors qu\\w*|tandis qu\\w*|or)|(?:re)?tombée?s? en panne|(?:garantie|décennale)",
    { says: `${GOODS}~${FLAW}|${FLAW}~${GOODS}`, surety: GUESS },
  ],
};
