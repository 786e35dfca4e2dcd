import { HINT, type Objections } from "../lexicon.ts";

const INVOICE = "(?:factures?|duplicata|copie|document|pièce|pdf|original)";

/** Why we do not get further with whom we wrote to. */
export const OBJECTIONS: Objections = {
  insolvency: [
    "redressement judiciaire|liquidation(?: judiciaire)?|procédure (?:collective|de sauvegarde)|dépôt de bilan|déposé le bilan|cessation (?:de paiements?|des paiements|d'activité)",
    "mandataire judiciaire|administrateur judiciaire|liquidateur|faillite|insolvab\\w*",
    "déclar\\w*~créance",
    "(?:en|placée? en|mise? en|sous) (?:redressement|liquidation|sauvegarde|procédure collective)|tribunal de commerce|(?:passif|créances?)~(?:mandataire|liquidateur|déclar\\w*)",
    "jugement d'ouverture|radiation|(?:société|entreprise|boîte|magasin|restaurant)~(?:fermée? définitivement|cessé|dissoute?|n'existe plus|mis la clé sous la porte)",
  ],
  wrong_person: [
    "(?:pas|plus)~(?:la bonne personne|le bon (?:interlocuteur|contact|destinataire|service)|en charge|responsable|concerné|mon service)",
    "mauvais(?:e)? (?:personne|interlocuteur|destinataire|adresse|service|contact)|erreur de destinataire",
    "trompée?s? (?:de |d')(?:personne|destinataire|service|adresse|interlocuteur|société|contact)",
    "(?:ne )?(?:travaille|fais|fait|suis|est|gère|m'occupe|s'occupe)~plus~(?:partie|service|société|entreprise|dans|chez|ici|de|ce|effectifs?)?|quitté (?:la société|l'entreprise)",
    "(?:contacter|adresse[rz](?:-vous| vous| votre| vos)?|écrire|voir avec|rapproche[rz](?:-vous)?|transmettre|envoyer vos|joindre)~(?:à |la |le |au |auprès |avec )?(?:comptabilité|service (?:comptable|comptabilité|fournisseurs?|achats)|m\\.|mme|monsieur|madame|collègue|@\\w+)",
    {
      says: "demandez (?:plutôt )?(?:à|au)|je suis (?:à la|au|aux) (?:logistique|commercial|achats|rh|accueil|production)",
      surety: HINT,
    },
    "(?:je |moi,? |moi je |on )?(?:ne |n')?(?:m'occupe|gère|traite|fais|travaille|suis|gérons|traitons)~{10}(?:pas|plus)~{14}(?:factures?|comptabilité|compta|paiements?|fournisseurs?|ça|cela|dossier|ici|chez|service|société|règlements?|poste|concernée?)",
    "(?:voyez|voir|contactez|appelez|demandez|écrivez|adressez|envoyez|joignez|merci d'écrire|passez)~{20}(?:avec |à |au |par |directement |plutôt )?(?:monsieur|madame|m\\.|mme|mlle|service|compta\\w*|siège|collègue|direction|expert-?comptable|cabinet|syndic|\\S*@\\w+)",
    {
      says:
        "(?:partie?|part|départ|est|parti) (?:à la |en )?(?:retraite|congé (?:maternité|parental|maladie))|(?:a |ont )?quittée? (?:la |l'|notre |nos |son )\\w*|" +
        "(?:remplac|succèd|successeur|repris)\\w*~(?:par|poste|maintenant|désormais|désormais)|" +
        "(?:juste |que |seulement |ici )?(?:l'accueil|la réception|le standard|le stagiaire|la stagiaire|l'atelier|le magasin|l'entrepôt)|" +
        "(?:ne )?(?:connais|connaissons)~pas~(?:société|personne|dossier)|autre (?:société|entreprise)|plus (?:dans|chez|de) (?:la |cette |l')?(?:société|entreprise|service|boîte)|" +
        "(?:c'est|est) (?:~{16})?(?:qui (?:gère|s'occupe|traite|suit)|à la place|maintenant|désormais) ~{10}(?:factures|comptabilité|dossier|paiements)?|décédée?",
      unless: "montant|valid\\w*|paie\\w*|virement|règlement",
      surety: HINT,
    },
    "(?:vous )?(?:vous trompez|faites erreur|êtes trompée?)(?!~(?:montant|prix|quantité|tarif))",
    "je suis (?:le |la |un |une |juste |seulement )*(?:locataire|voisine?|particulier|professeur|gardien|concierge)|voyez (?:le|la|les|mon|ma|notre) ",
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
    "(?:renvoy|retransmet|remett|refai|réexpédi|repass|envoy|transmett|adress|faire suivre|fass\\w* suivre|redonn|dépos|mett)\\w*~{20}(?:la |le |une |un |de |cette )?(?:facture|copie|double|duplicata|pdf|à nouveau|de nouveau|chorus|portail|plateforme|par mail|par e-?mail)(?!~(?:correct|corrig|rectif|conform))",
    "(?:facture|document|pièce|courrier)~(?:introuvable|pas (?:dans|en|chez|sur)|inconnue?|égarée?|perdue?|nulle part|jamais (?:eu|vu\\w*|reçu\\w*|parven\\w*)|pas (?:eu|vu\\w*|reçu\\w*|parven\\w*|enregistr\\w*|saisie))",
    {
      says:
        "(?:n'ai|n'avons|n'a|ai|avons|a) (?:pas|rien|jamais) (?:eu|vue?|reçue?|trouvée?|retrouvée?|enregistrée?)|rien (?:reçu|vu|eu|trouvé|dans|à)|quelle facture|" +
        "(?:dans|même) (?:les |mes |nos )?(?:spams?|indésirables)|(?:pas|ni)~{10}(?:spam|courrier indésirable)|égarée?|perdue?s? (?:à|dans|par) la poste",
      unless:
        "votre (?:virement|paiement|réponse)|marchandise|livraison|commande|colis|palettes?|cartons?|mot de passe|signature|validation|accord|argent",
      surety: HINT,
    },
    "(?:n'ai|n'a|n'avons|n'est) pas (?:cette|la|de|votre|votre) facture|(?:petit|un|le|votre|en) pdf",
  ],
  stop: [
    "(?:ne )?(?:plus|pas)~(?:m'envoyer|nous envoyer|envoyer|recevoir|écrire|contacter|solliciter|relancer|m'écrire|me contacter|me relancer)~(?:mails?|e-?mails?|courriels?|messages?|relances?)?(?!~facture)",
    "(?:retir\\w*|désinscri\\w*|supprim\\w*|désabonn\\w*|enlev\\w*)~(?:liste|adresse|mail\\w*|base|diffusion|moi)?",
    "(?:cess\\w*|arrêt\\w*)~(?:d'envoyer|de m'envoyer|mails?|relances?|envois?|contacter|écrire|relancer|harceler)",
    { says: "ça suffit|(?:fich|laiss|fout)\\w*~(?:la paix|tranquilles?)", surety: HINT },
    "(?:arrêt|cess|stop)\\w*~{10}(?:de |d'|vos |ces |les |avec )~{10}(?:mails?|e-?mails?|relances?|messages?|écrire|envoyer|spammer|harceler|harcèlement|courriels?|relancer|solliciter|appeler)",
    "ne (?:m'|nous |me |plus )?(?:écrivez|envoyez|contactez|relancez|écrire|contacter)~(?:plus|jamais)|plus (?:aucune?|de) (?:mails?|messages?|relances?|courriels?)|spams?",
    "harc[èe]l\\w*|signal\\w*~(?:spam|indésirable|cnil)|cnil|rgpd",
    {
      says: "(?:mon|notre) avocat|marre|ras[- ]le[- ]bol|bloqu\\w*~(?:adresse|expéditeur)|stop|insupportables?",
      surety: HINT,
    },
    "dés(?:abonn|inscri)\\w*(?:-moi)?",
  ],
};
