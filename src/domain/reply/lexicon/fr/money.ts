import { GUESS, HINT, type MoneyClues } from "../lexicon.ts";

const PAID =
  "(?:payée?s?|réglée?s?|effectuée?s?|virée?s?|viré|versée?s?|soldée?s?|acquittée?s?|transférée?s?|postée?s?|expédiée?s?|débitée?s?|prélevée?s?|encaissée?s?|faite?s?|émise?s?|partie?s?|exécutée?s?|envoyée? le (?:virement|règlement|paiement|chèque))";
const TO_PAY =
  "(?:payer|régler|virer|verser|effectuer|solder|procéder|transférer|honorer|acquitter|faire le (?:virement|nécessaire|paiement|règlement)|émettre|déclencher)";
const MONEY = "(?:factures?|paiement|règlement|virement|montant|somme|solde|chèque|elle|il|échéance|acompte)";
const ROLE =
  "(?:patronne?|chef\\w*|direct(?:eur|rice|ion)|gérante?|responsable|présidente?|trésori\\w*|maire|conseil|architecte|conducteur|comité|associée?|acheteur)";
const WAITS =
  "(?:attend\\w*|sign\\w*|valid\\w*|approuv\\w*|accord|vérifi\\w*|contrôl\\w*|rentr\\w*|revien\\w*|vacances|congés?|absente?|réuni\\w*|décid\\w*|doit)";

/** What became, or becomes, of the money. */
export const MONEY_CLUES: MoneyClues = {
  paid: [
    `(?:a|ont|avons|ai|est|sont|était|étaient|déjà|bien)~(?:été )?(?:déjà |bien |entièrement )?${PAID}`,
    "(?:avons|ai|a) (?:déjà |bien )?(?:payé|réglé|viré|versé|effectué|fait|procédé|soldé|envoyé le (?:virement|chèque|règlement))",
    `(?:${MONEY}) (?:est|a été|ont été|sont)~(?:partie?s?|effectué\\w*|fait\\w*|payé\\w*|réglé\\w*|passée?|soldé\\w*|émis)`,
    {
      says: "(?:ci-joint\\w*|joint\\w*|en pièce jointe|trouver\\w*)~(?:avis de (?:virement|paiement|règlement)|preuve de (?:virement|paiement)|justificatif de (?:virement|paiement)|ordre de virement|confirmation (?:de|du) (?:virement|paiement)|bordereau)",
      surety: 0.9,
    },
    "avis de virement|preuve de (?:virement|paiement)|justificatif de (?:virement|paiement)",
    "vérifier~(?:compte|relevé|encaissement|banque)",
    {
      says: "(?:l'a|a|ont) débitée?|(?:j'ai|on a|nous avons) (?:envoyé|lancé|passé) (?:le |un |votre )?(?:virement|paiement|règlement|chèque)",
      surety: HINT,
    },
    "(?:^|[.,!:] ?)(?:virement|paiement|règlement|chèque|facture)?(?: déjà| bien| a été| est)* ?(?:payée?|réglée?|effectuée?|faite?|virée?|envoyée?|partie?|passée?|émise?|soldée?|débitée?|posté) ?(?:le|hier|lundi|mardi|mercredi|jeudi|vendredi|depuis|la semaine|ce matin|avant-hier|par|de chez|en date)",
    "(?:c'est|ça a été|cela a été|cela est|c'était) (?:déjà |bien |pourtant )*(?:payée?|réglée?|fait|virée?|parti|soldée?|en ordre)(?! (?:pour|lundi|mardi) prochain)",
    "(?:l'|vous l'|les )(?:a|ai|ont|avons|avait) (?:déjà |bien )*faite?s? (?:le|hier|lundi|mardi|mercredi|jeudi|vendredi|ce matin|avant-hier|par|depuis)",
    "(?:l'|les |la |le |vous |vous l'|vous les |lui )?(?:a|ai|ont|avons|avait) (?:déjà |bien |tout |vous )*(?:payée?s?|réglée?s?|virée?s?|viré|versée?s?|envoyée? (?:l'argent|le)|soldée?s?|lancé|passé l'ordre)(?: (?:le|hier|lundi|mardi|mercredi|jeudi|vendredi|la semaine|ce matin|avant|par|déjà|en|depuis|dès)|[.,!]|$)",
    "(?:parti|sorti|débit|prélev|quitt)\\w* (?:de )?(?:notre|mon|nos|chez nous|le|la) ?(?:compte|banque)|(?:notre|la) banque~(?:débit|exécut|confirm|effectu|pass)\\w*",
    "(?:ordre|relevé|avis d'opération|justificatif|preuve|swift|reçu)~(?:de la banque|bancaire|de virement|ci-joint|en pièce jointe|joint)",
    "(?:je vous |ci-|en pièce )join\\w*~(?:ordre|relevé|preuve|justificatif|reçu|avis|virement|swift)",
    {
      says:
        "(?:regardez|vérifiez|regarder|contrôl\\w*|pointez|consultez)~(?:relevés?|comptes?|banque|encaissements?)|" +
        "(?:nos|les) (?:courriers?|mails?|messages?) (?:se sont |ont dû se )crois\\w*|(?:se sont|ont dû se) crois\\w*|" +
        "(?:doit|devrait|devez|devriez)~(?:être arrivée?|déjà|avoir reçu|l'avoir|être chez vous|apparaître)|sauf erreur~(?:payé|réglé|viré|soldé)\\w*",
      unless: "coordonnées|rib|erreur|tarif",
      surety: HINT,
    },
    "(?:remis|donné|déposé|posté)~{12}(?:chèque|espèces|argent)",
  ],
  hardship: [
    "(?:échéancier|étal\\w*|mensualités?|en (?:plusieurs|deux|trois|quatre|\\d) (?:fois|versements|échéances|mensualités|parties)|paiements? (?:échelonn\\w*|partiels?|fractionn\\w*)|échelonn\\w*|facilités? de paiement|plan de (?:paiement|règlement))",
    "(?:difficultés?|problèmes?|soucis|tensions?)~(?:trésorerie|financi\\w*|passag\\w*|cash|paiement)|trésorerie~(?:tendue|difficile|fragile|insuffisante|basse)",
    "manque de (?:trésorerie|liquidités)|période difficile|situation (?:financière|difficile)",
    "(?:traverse|connaiss|pass)\\w*~(?:difficile|compliquée?|délicate?|dure)|(?:laisser|accorder|donner)~{16}(?:jusqu'|du temps|de temps|un mois|quelques)",
    "(?:délai|report|reporter|prolong\\w*|différer|décaler|prorogation|repousser|plus de temps|temps supplémentaire|patienter)~(?:paiement|supplémentaire|échéance|règlement|accorder|un peu|de \\d+|d'un mois)?",
    "(?:ne )?(?:pouvons|peux|peut|sommes|suis)~(?:pas|plus)~(?:payer|régler|honorer|mesure|verser|solder|totalité)|incapacité de (?:payer|régler)",
    {
      says: "\\d+(?: euros?| €)? (?:par|chaque) mois|temps (?:sont |est )?durs?|petit à petit|pas (?:d'argent|les moyens|les fonds)|chiffre d'affaires~(?:baiss|chut|effondr)\\w*",
      surety: HINT,
    },
    "(?:pas|impossible|difficile|incapable|peine)~{16}(?:en une (?:seule )?fois|d'un (?:seul )?coup|tout (?:payer|régler|de suite)|la totalité|l'intégralité|le tout|en totalité)",
    "(?:payer|régler|verser|paiement|étaler|répartir|lisser|fractionner|découper|diviser|faire)~{16}(?:en|sur) (?:plusieurs|deux|trois|quatre|cinq|six|\\d+) (?:fois|mois|versements|parts?|morceaux|chèques|virements)",
    "(?:\\d+|une partie|un peu|quelque chose|moitié)~{10}(?:par|chaque|tous les|au) mois",
    "(?:une partie|moitié|un acompte)~{12}(?:maintenant|tout de suite|puis|et le (?:reste|solde))",
    "(?:trésorerie|caisses?|finances?|compte)~(?:s'en ressent|à sec|vides?|dans le rouge|tendue?s?|compliquée?s?|bas|au plus bas|à plat|serrée?s?)",
    "(?:un peu|davantage|plus|besoin)~{6}(?:de |d')?(?:temps|délai|souplesse|patience|répit)",
    "(?:accord|laiss|donn|octroy)\\w*~{12}(?:délai|temps|sursis|jusqu\\S*|report|quelques (?:jours|semaines))",
    "pas (?:assez |suffisamment )?(?:d'argent|de fonds|de liquidités|les moyens|de quoi|de trésorerie)",
    "(?:ne )?(?:peux|pouvons|peut|pourr\\w+|arrive|arrivons|parvenons)~{8}(?:pas|plus)~{8}(?:payer|régler|honorer|assumer|suivre|faire face|m'en sortir)",
    "(?:clients?|marché)~(?:perdue?|parti|ne (?:nous )?paie)|en difficultés?|coup dur|mauvaise (?:passe|saison|année)|galère|décal\\w*|repouss\\w*",
    "(?:moitié|partie|acompte|\\d+ (?:euros?|€)) ~{8}(?:maintenant|tout de suite|aujourd'hui|ce mois)~{8}(?:et|puis) ~{12}(?:reste|solde|moitié|janvier|plus tard|prochain)",
    "(?:attend\\w*)~{12}(?:d'être payés?|que~paie\\w*|(?:le|un) (?:règlement|paiement) (?:de|d'un))",
  ],
  in_approval: [
    "(?:en |pour |attente |cours |attend\\w* )(?:de |d'|la |l'|une |sa )*(?:validation|approbation|vérification|signature|accord|traitement|contrôle|visa|examen|instruction)",
    "(?:bon à payer|bap|validation|circuit de (?:validation|signature)|valid(?:er|ée) par|à valider|approuv\\w* par|visa de)",
    "(?:transmis\\w*|transféré\\w*|envoyé\\w*|soumis\\w*)~(?:au |à la |à mon |à notre |à ma )(?:service|direction|responsable|comptabilité|directeur|manager|collègue|directrice|chef)",
    "(?:bon|numéro) de commande~(?:attente|manqu\\w*)|en cours de traitement|attendons (?:la |le |l')(?:signature|validation|accord|retour)",
    { says: "feu vert|entre les mains d\\w+|sur le bureau d\\w+", surety: HINT },
    "(?:attend\\w*|attente|manque|besoin|faut|sans|reste)~{16}(?:signature|signe|accord|visa|validation|valide|retour|feu vert|tampon|numéro de commande|bon de commande|bon de livraison|bon de réception|réception|service fait|approbation|ok|aval|rapprochement|autorisation)",
    "(?:est|reste|se trouve|traîne|bloquée?|coincée?|dort)~{8}(?:chez|sur|dans|auprès|au|à la|aux) ~{6}(?:le |la |du |de la |notre |mon |ma |bureau|parapheur|directeur|directrice|direction|chef|responsable|conducteur|service|achats|gérante?|patronne?|siège|circuit|workflow|comptabilité|contrôle)",
    "parapheur|(?:quand|dès que|une fois que)~(?:il|elle|ils|on|directeur|directrice|chef|patron|responsable)~(?:sign|valid|rentr|approuv|revien)\\w*",
    {
      says:
        "(?:relanc|rappel|boost|rappell)\\w* (?:le|la|mon|ma|notre|plusieurs|déjà|deux)|(?:l'ai|avons|ai) (?:déjà )?relancée?|" +
        "(?:réception|commande|livraison)~(?:pas|non)~(?:saisie|enregistrée?|validée?|rapprochée?)|(?:pas|non) (?:encore )?(?:validée?|signée?|approuvée?|visée?|rapprochée?|contrôlée?)|" +
        "bloquée? (?:dans|en|par|pour|tant)|workflow|service fait|en (?:cours|attente) de (?:signature|rapprochement|comptabilisation)|à la signature|au visa",
      unless: "contest|litige|erreur|jamais",
      surety: HINT,
    },
    { says: `${ROLE}~${WAITS}|${WAITS}~${ROLE}`, surety: GUESS },
    "(?:tant que|avant que|dès que|jusqu'à ce que|une fois)~{30}(?:sign|valid|approuv)\\w*",
  ],
  promise: [
    `(?:sera|seront|serait|va|vont|doit|devrait|allons|vais|pouvons|pourrons|pourrai|devrions|comptons|prévoyons de)~(?:être |bien )?(?:${TO_PAY}|${PAID})`,
    "(?:paierons|payerons|réglerons|réglerai|paierai|verserons|verserai|virerons|virerai|effectuerons|effectuerai|procéderons|procéderai|ferons|ferai|enverrons|solderons|règlerons|règlerai|acquitterons|honorerons)",
    `(?:${MONEY})~(?:partira|partiront|sera|interviendra|arrivera|est prévue?|sont prévue?s|prévue?s?|programmée?s?|planifiée?s?|interviendra|aura lieu|suivra|part)~?`,
    "(?:vous )?(?:recevrez|aurez|percevrez)~(?:virement|paiement|règlement|montant|somme|chèque|fonds)?",
    "(?:je|nous|on) (?:vous )?(?:fais|faisons|fait|procède|procédons|effectue|effectuons|règle|réglons|paie|payons|vire|virons|confirme|confirmons|lance|mets|mettons)~(?:virement|paiement|règlement|nécessaire|facture|montant|somme)",
    "(?:prévue?s?|programmée?s?|planifiée?s?|inscrite?s?|mise?s? en paiement)~(?:pour|au|le|dans|demain|règlement|paiement|virement|lundi|mardi|mercredi|jeudi|vendredi|la semaine|fin)",
    "(?:paiement|règlement|virement) (?:au plus tard )?(?:le|sous|demain|avant|d'ici|fin|cette|la semaine)|campagne de (?:paiement|règlement)",
    {
      says: "(?:on|je|nous) vous (?:(?:fait|fais|faisons) (?:ça|cela|le|un)|règle|réglons|vire|virons|paie|paye|payons)|vous parviendr\\w+|sans faute",
      surety: HINT,
    },
    {
      says: "(?:débloquer|libérer) (?:les |des )?fonds|(?:pensons|comptons|espérons|pense|compte|espère) (?:pouvoir )?(?:payer|régler|virer|débloquer|effectuer)",
      surety: HINT,
    },
    {
      says:
        "(?:c'est|ce sera|ça sera|est|sera|elle|il|ça)~{10}(?:prévue?|programmée?|planifiée?|calée?|noté|inscrite?|dans (?:le|la)|au programme|payée?|réglée?|virée?|fait|pour)~{12}(?:pour|le|au|de|lundi|mardi|mercredi|jeudi|vendredi|demain|la semaine|fin)|" +
        "(?:part|partira|partiront|partent|tombe|tombera|sort|sortira|passe|passera|arrive|arrivera|arriveront|suit|suivra)~{16}(?:le|lundi|mardi|mercredi|jeudi|vendredi|demain|ce soir|aujourd'hui|fin|avant|d'ici|dans|cette|la semaine|début|mi-)",
      unless: "(?:a été|déjà|depuis|hier|dernier|rendez-vous|réunion|en cours|chantier|livraison|fêlée?)",
    },
    {
      says: "(?:je|on|nous|j'|vous)~{8}(?:règle|réglons|paie|paye|payons|vire|virons|verse|versons|fais|fait|faisons|envoie|envoyons|lance|lançons|passe|passons|mets|met|mettons|effectue|effectuons|m'en occupe|s'en occupe|procède|procédons|poste|dépose)~{16}(?:ça|le|la|lundi|mardi|mercredi|jeudi|vendredi|demain|aujourd'hui|ce soir|fin|avant|d'ici|cette|semaine|début|virement|paiement|règlement|chèque|au plus|dans)",
      unless:
        "(?:pas|plus|jamais)|si |dès (?:que|réception|validation)|signer|parvenir|suivre|facture (?:en|à) ",
    },
    "(?:vais|va|allons|vont|pense|pensons|compte|comptons|prévoit|prévoyons|devrait|devrions|devrais|pourrai|pourrons|tâche|tâcherai|promets|promis)~{16}(?:payer|régler|virer|verser|solder|envoyer|faire|lancer|passer|effectuer|débloquer|m'en occuper|s'en occuper|déposer|poster|partir)(?!~(?:copie|facture (?:à|au)|suivre|point|vérif|recherche|avoir|retour))",
    "(?:prochain\\w*|prochaine|notre|nos|la)~{6}(?:campagne|échéance|vague|train|lot|session|série|run) de (?:paiements?|règlements?|virements?)",
    "(?:prochain\\w*|notre) (?:virement|règlement|paiement|échéance)s?~(?:est|le|sera|aura|du|groupé)",
    "(?:vous )?(?:l'aurez|aurez|recevrez|toucherez|serez (?:payée?s?|réglée?s?|créditée?s?))~?",
    "sera (?:sur votre compte|crédité\\w*|chez vous|fait|réglé\\w*|payé\\w*|viré\\w*|soldé\\w*)",
    {
      says: "promis,? (?:demain|lundi|mardi|mercredi|jeudi|vendredi|pour|avant|cette)|(?:passe|irai|vais)~{12}(?:à la banque|chez le banquier)",
      surety: HINT,
    },
  ],
};
