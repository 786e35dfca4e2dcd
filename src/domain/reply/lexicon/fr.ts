import { HINT, type Lexicon } from "./lexicon.ts";

const PAID =
  "(?:payée?s?|réglée?s?|effectuée?s?|virée?s?|viré|versée?s?|soldée?s?|acquittée?s?|transférée?s?|postée?s?|expédiée?s?|débitée?s?|prélevée?s?|encaissée?s?|faite?s?|émise?s?|partie?s?|exécutée?s?|envoyée? le (?:virement|règlement|paiement|chèque))";
const TO_PAY =
  "(?:payer|régler|virer|verser|effectuer|solder|procéder|transférer|honorer|acquitter|faire le (?:virement|nécessaire|paiement|règlement)|émettre|déclencher)";
const MONEY = "(?:factures?|paiement|règlement|virement|montant|somme|solde|chèque|elle|il|échéance|acompte)";
const INVOICE = "(?:factures?|duplicata|copie|document|pièce|pdf|original)";

export const FR: Lexicon = {
  isSpaced: true,
  clues: {
    insolvency: [
      "redressement judiciaire|liquidation(?: judiciaire)?|procédure (?:collective|de sauvegarde)|dépôt de bilan|déposé le bilan|cessation (?:de paiements?|des paiements|d'activité)|mandataire judiciaire|administrateur judiciaire|liquidateur|faillite|insolvab\\w*",
      "déclar\\w*~créance",
    ],
    dispute: [
      "contest\\w*|litig\\w*|en désaccord|pas d'accord|n'acceptons pas|refusons|réclamation|désaccord",
      "(?:ne )?(?:correspond\\w*|concord\\w*)~(?:pas|plus)|(?:pas|non) conformes?|conforme~pas",
      {
        says: "erreur|erron\\w*|incorrect\\w*|faux|fausse|inexact\\w*|anomalie|écart|trop élevée?",
        unless: "sauf erreur|erreur (?:de notre part|de destinataire)",
      },
      "factur\\w* \\d+~(?:reçu\\w*|livr\\w*|command\\w*|seulement)|malfaçons?|réserves|inachevée?s?|pas (?:terminée?s?|finie?s?|fonctionn\\w*)|ne (?:marche|fonctionne)\\w*~pas|(?:bloqu|suspend|reten)\\w*~(?:paiement|règlement)",
      "(?:montant|prix|tarif|tva|quantité|facture)~(?:erron\\w*|incorrect\\w*|faux|fausse|inexact\\w*|trop élevée?)",
      "(?:endommag\\w*|défectueu\\w*|abîm\\w*|cassée?s?|manquant\\w*|défaut\\w*|non[- ]conform\\w*|incomplète?s?)",
      "(?:attend\\w*|demand\\w*|souhait\\w*|émettre|établir|besoin|recevoir)~(?:un |d'un |une |l')?(?:avoir|note de crédit)|note de crédit|facturé(?:e|s|es)? (?:deux fois|en double|à tort)|double factur\\w*|(?:prestation|marchandise|livraison|commande|travaux|produits?)~(?:n'a|n'ont|n'est|ne sont|jamais|pas)~(?:livr\\w*|réalis\\w*|effectu\\w*|reçu\\w*|command\\w*|été|arriv\\w*)|jamais command\\w*|(?:pas|jamais) (?:encore )?(?:reçu|livré)~(?:marchandise|commande|produits?|matériel|colis)|(?:seulement|que) \\d+~(?:livr\\w*|reçu\\w*)|reçu (?:que|seulement) \\d+|(?:ne )?(?:paierons|réglerons|payerons)~pas",
      {
        says: "(?:manqu\\w+|il manque)~(?:cartons?|colis|pièces?|articles?|palettes?|livraison|commande)|(?:jamais|pas) (?:validé|signé|accepté|demandé)|trop facturé",
        surety: HINT,
      },
      {
        says: "rectifi\\w*|corrig\\w*|(?:devait|devrait|devaient) être (?:inclus|gratuit|offert|compris)\\w*",
        surety: HINT,
      },
    ],
    wrong_person: [
      "(?:pas|plus)~(?:la bonne personne|le bon (?:interlocuteur|contact|destinataire|service)|en charge|responsable|concerné|mon service)|mauvais(?:e)? (?:personne|interlocuteur|destinataire|adresse|service|contact)|erreur de destinataire|trompée?s? (?:de |d')(?:personne|destinataire|service|adresse|interlocuteur|société|contact)",
      "(?:ne )?(?:travaille|fais|fait|suis|est|gère|m'occupe|s'occupe)~plus~(?:partie|service|société|entreprise|dans|chez|ici|de|ce|effectifs?)?|quitté (?:la société|l'entreprise)",
      "(?:contacter|adresse[rz](?:-vous| vous| votre| vos)?|écrire|voir avec|rapproche[rz](?:-vous)?|transmettre|envoyer vos|joindre)~(?:à |la |le |au |auprès |avec )?(?:comptabilité|service (?:comptable|comptabilité|fournisseurs?|achats)|m\\.|mme|monsieur|madame|collègue|@)",
      {
        says: "demandez (?:plutôt )?(?:à|au)|je suis (?:à la|au|aux) (?:logistique|commercial|achats|rh|accueil|production)",
        surety: HINT,
      },
    ],
    not_received: [
      `(?:jamais|pas|n'ai|n'avons|aucune?|ne retrouv\\w*|ne trouv\\w*|sans)~(?:reçu\\w*|trouv\\w*|retrouv\\w*|en notre possession|trace|vue?s?)~(?:${INVOICE})?`,
      `${INVOICE}~(?:jamais|pas|n'est|non)~(?:reçu\\w*|parvenue?s?|arrivée?s?|trouv\\w*|retrouv\\w*|en notre possession)`,
      `(?:renvoy\\w*|ré-?envoy\\w*|envoyer|transmettre|adresser|faire parvenir|retransmettre|r[ée]expédier|fournir)~(?:${INVOICE}|à nouveau|de nouveau)`,
      "duplicata|(?:la |nous la |me la )?renvoyer|aucune trace|pièce jointe~(?:manqu\\w*|absente|vide|ouvrir)",
      {
        says: "pièce jointe (?:était|est) (?:vide|illisible)|quelle facture~(?:reçu|vu|connais)",
        surety: HINT,
      },
      { says: "(?:que|seulement) (?:la |le |votre )?(?:relance|rappel)", surety: HINT },
    ],
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
    ],
    hardship: [
      "(?:échéancier|étal\\w*|mensualités?|en (?:plusieurs|deux|trois|quatre|\\d) (?:fois|versements|échéances|mensualités|parties)|paiements? (?:échelonn\\w*|partiels?|fractionn\\w*)|échelonn\\w*|facilités? de paiement|plan de (?:paiement|règlement))",
      "(?:difficultés?|problèmes?|soucis|tensions?)~(?:trésorerie|financi\\w*|passag\\w*|cash|paiement)|trésorerie~(?:tendue|difficile|fragile|insuffisante|basse)|manque de (?:trésorerie|liquidités)|période difficile|situation (?:financière|difficile)",
      "(?:traverse|connaiss|pass)\\w*~(?:difficile|compliquée?|délicate?|dure)|(?:laisser|accorder|donner)~{16}(?:jusqu'|du temps|de temps|un mois|quelques)",
      "(?:délai|report|reporter|prolong\\w*|différer|décaler|prorogation|repousser|plus de temps|temps supplémentaire|patienter)~(?:paiement|supplémentaire|échéance|règlement|accorder|un peu|de \\d+|d'un mois)?",
      "(?:ne )?(?:pouvons|peux|peut|sommes|suis)~(?:pas|plus)~(?:payer|régler|honorer|mesure|verser|solder|totalité)|incapacité de (?:payer|régler)",
      {
        says: "\\d+(?: euros?| €)? (?:par|chaque) mois|temps (?:sont |est )?durs?|petit à petit|pas (?:d'argent|les moyens|les fonds)|chiffre d'affaires~(?:baiss|chut|effondr)\\w*",
        surety: HINT,
      },
    ],
    in_approval: [
      "(?:en |pour |attente |cours |attend\\w* )(?:de |d'|la |l'|une |sa )*(?:validation|approbation|vérification|signature|accord|traitement|contrôle|visa|examen|instruction)",
      "(?:bon à payer|bap|validation|circuit de (?:validation|signature)|valid(?:er|ée) par|à valider|approuv\\w* par|visa de)",
      "(?:transmis\\w*|transféré\\w*|envoyé\\w*|soumis\\w*)~(?:au |à la |à mon |à notre |à ma )(?:service|direction|responsable|comptabilité|directeur|manager|collègue|directrice|chef)|(?:bon|numéro) de commande~(?:attente|manqu\\w*)|en cours de traitement|attendons (?:la |le |l')(?:signature|validation|accord|retour)",
      { says: "feu vert|entre les mains d\\w+|sur le bureau d\\w+", surety: HINT },
    ],
    promise: [
      `(?:sera|seront|serait|va|vont|doit|devrait|allons|vais|pouvons|pourrons|pourrai|devrions|comptons|prévoyons de)~(?:être |bien )?(?:${TO_PAY}|${PAID})`,
      "(?:paierons|payerons|réglerons|réglerai|paierai|verserons|verserai|virerons|virerai|effectuerons|effectuerai|procéderons|procéderai|ferons|ferai|enverrons|solderons|règlerons|règlerai|acquitterons|honorerons)",
      `(?:${MONEY})~(?:partira|partiront|sera|interviendra|arrivera|est prévue?|sont prévue?s|prévue?s?|programmée?s?|planifiée?s?|interviendra|aura lieu|suivra|part)~?`,
      "(?:vous )?(?:recevrez|aurez|percevrez)~(?:virement|paiement|règlement|montant|somme|chèque|fonds)?",
      "(?:je|nous|on) (?:vous )?(?:fais|faisons|fait|procède|procédons|effectue|effectuons|règle|réglons|paie|payons|vire|virons|confirme|confirmons|lance|mets|mettons)~(?:virement|paiement|règlement|nécessaire|facture|montant|somme)",
      "(?:prévue?s?|programmée?s?|planifiée?s?|inscrite?s?|mise?s? en paiement)~(?:pour|au|le|dans|demain|règlement|paiement|virement|lundi|mardi|mercredi|jeudi|vendredi|la semaine|fin)|(?:paiement|règlement|virement) (?:au plus tard )?(?:le|sous|demain|avant|d'ici|fin|cette|la semaine)|campagne de (?:paiement|règlement)",
      {
        says: "(?:on|je|nous) vous (?:(?:fait|fais|faisons) (?:ça|cela|le|un)|règle|réglons|vire|virons|paie|paye|payons)|vous parviendr\\w+|sans faute",
        surety: HINT,
      },
      {
        says: "(?:débloquer|libérer) (?:les |des )?fonds|(?:pensons|comptons|espérons|pense|compte|espère) (?:pouvoir )?(?:payer|régler|virer|débloquer|effectuer)",
        surety: HINT,
      },
    ],
    stop: [
      "(?:ne )?(?:plus|pas)~(?:m'envoyer|nous envoyer|envoyer|recevoir|écrire|contacter|solliciter|relancer|m'écrire|me contacter|me relancer)~(?:mails?|e-?mails?|courriels?|messages?|relances?)?(?!~facture)",
      "(?:retir\\w*|désinscri\\w*|supprim\\w*|désabonn\\w*|enlev\\w*)~(?:liste|adresse|mail\\w*|base|diffusion|moi)?|(?:cess\\w*|arrêt\\w*)~(?:d'envoyer|de m'envoyer|mails?|relances?|envois?|contacter|écrire|relancer|harceler)",
      { says: "ça suffit|(?:fich|laiss|fout)\\w*~(?:la paix|tranquilles?)", surety: HINT },
    ],
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
  asks: "(?:pouvez-vous|pourriez-vous|serait-il|est-il possible)",
  courtesy: "(?:merci|bonne (?:journée|soirée|réception)|bon week-?end|comment allez)",
};
