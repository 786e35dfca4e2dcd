import { HINT, type Objections } from "../lexicon.ts";

const INVOICE = "(?:facturas?|copia|documento|pdf|duplicado|original)";

/** Why we do not get further with whom we wrote to. */
export const OBJECTIONS: Objections = {
  insolvency: [
    "concurso(?: voluntario| necesario)?(?: de acreedores)?(?! público)|concursal\\w*|quiebra|insolven\\w*|suspensión de pagos",
    "liquidación (?:concursal|judicial|de la (?:empresa|sociedad))|preconcurso|comunicar~créditos?",
    {
      says:
        "administra(?:ción|dor|dora) concursal|(?:comunicar|insinuar|reclamar)~créditos?|juzgado (?:de lo )?mercantil|" +
        "(?:empresa|negocio|sociedad|tienda)~(?:cerrad[ao]|cerró|disuelt[ao]|liquidad[ao]|en liquidación|quebr\\w*|bajado la persiana)|disolución",
      surety: HINT,
    },
  ],
  wrong_person: [
    "(?:no|ya no) (?:soy|es)~(?:responsable|persona|encargad\\w*|contacto|departamento|indicad\\w*)",
    "(?:persona|contacto|destinatario|dirección|departamento) (?:equivocad\\w*|incorrect\\w*|errónea?)|se (?:ha|han) equivocado de (?:persona|destinatario|dirección|empresa)",
    "ya no (?:trabaj\\w*|estoy|está|llevo|lleva|pertenezco|formo|me encargo|gestiono)|no (?:llevo|gestiono|me encargo de|me ocupo de|me corresponde)",
    "dej[óo] (?:la|de trabajar en la) empresa",
    "(?:contact\\w*|dir[ií]ja\\w*|diríjanse|escrib\\w*|remit\\w*|env[ií]e\\w*|comun[ií]que\\w*|habl\\w*)~(?:con |a |al |la |el |directamente )(?:la |el )?(?:contabilidad|administración|departamento|señora?|sr\\.?|sra\\.?|compañer\\w*|financier\\w*|tesorería|pagos|@\\w+)(?!~concursal)",
    {
      says: "eso~(?:encarga|lleva|ocupa)~(?:central|otr\\w*|compañer\\w*|no nosotros)|(?:soy|estoy) (?:de|en) (?:compras|ventas|recepción|logística)",
      surety: HINT,
    },
    "(?:ya )?no (?:l[ao] |los |me )?(?:llevo|lleva|gestiono|encargo|ocupo|trabajo|trabaja|pertenezco|corresponde|estoy|está|soy|somos)~{16}(?:factur\\w*|pagos?|contabilidad|administración|eso|esto|aquí|empresa|departamento|tema|cuentas|esa)",
    "(?:habl|escrib|pregunt|contact|dirij|diríj|pónga|póng|mand|env[ií])\\w*~{16}(?:con|a|al|en) (?:la |el |mi |nuestr\\w* )?(?:\\S*@\\w+|administración|contabilidad|gestoría|gestor|asesoría|señora?|sr\\.?|sra\\.?|compañer\\w*|central|oficina|jef\\w*|departamento|don|doña|tesorería|sede)(?!~(?:concursal))",
    {
      says:
        "(?:se )?(?:jubil|retir)\\w*|(?:de|está de|en) baja (?:maternal|médica|por)|(?:dej[óo]|ha dejado|se (?:fue|marchó)|se ha ido)~(?:empresa|compañía|puesto|de aquí)?|" +
        "(?:sustituy|reemplaz|sustitu[ct])\\w*|(?:soy|es|esto es) (?:solo |sólo )?(?:la |el )?(?:recepción|recepcionista|almacén|becari\\w*|portería|conserje|taller|tienda|comercial)|" +
        "(?:lo|eso|las facturas|los pagos)~{8}(?:lleva|llevan|gestiona|gestionan|tramita)~{16}|no (?:conozco|conocemos|sé quién)|otra empresa|falleci\\w*",
      unless: "urgente|lleva (?:un|una|semanas|días|meses|el|iva)|lleva~(?:domicilio|error)",
      surety: HINT,
    },
    "de (?:eso|esto|las facturas|los pagos|ese tema) se (?:ocupa|encarga|ocupan|encargan)|(?:llame|llamad|llamen|llámal?\\w*|pregunte|preguntad|preguntar)~(?:a|allí|en|al)",
    "(?:soy|es) (?:solo |sólo )?(?:el|la|un|una) (?:porter[ao]|conserje|vecin[ao]|inquilin[ao]|casero|casera|particular|profesora?)",
    "se (?:mudó|ha mudado|trasladó|ha trasladado|mudaron)",
  ],
  not_received: [
    `(?:no|nunca|tampoco|jamás)~(?:recib\\w*|lleg\\w*|encuentr\\w*|encontr\\w*|localiz\\w*|consta|tenemos|tengo|ha llegado|aparece|figura|vemos|veo)~${INVOICE}`,
    `${INVOICE}~(?:no|nunca)~(?:recib\\w*|lleg\\w*|consta|aparece|figura|encuentr\\w*|localiz\\w*|la tenemos)`,
    `(?:reenvi\\w*|reenví\\w*|volver a enviar|enviar?(?:me|nos)?|envíe(?:n)?(?:me|nos)?|mand\\w*|remit\\w*|facilit\\w*)~(?:${INVOICE}|de nuevo|nuevamente|otra vez)(?!~correos)`,
    "(?:me|nos) (?:la|lo|las) (?:pueden?|podrían?) (?:reenviar|enviar|mandar)|duplicado de la factura|no (?:nos |me )?(?:ha|han|hemos|he) (?:llegado|recibido) nada",
    "(?:adjunto|archivo)~(?:no (?:se )?abre|falta|vacío)|sin constancia",
    { says: "no (?:he|hemos) (?:recibido|visto) (?:ninguna|nada|ningún)", surety: HINT },
    { says: "(?:solo|sólo|solamente)~(?:recordatorio|aviso)|la factura no$", surety: HINT },
    "(?:mand|env[ií]|reenv[ií]|pas|remit|facilit|adjunt|sub|compart|pás|vuelv)\\w*~{20}(?:la |una |el |en |de |por )?(?:factura|copia|pdf|duplicado|otra vez|de nuevo|nuevamente|a (?:mandar|enviar|pasar)|por (?:correo|mail|email)|documento)(?!~(?:correct|correg|rectif|bien))",
    "(?:factura|documento|correo)~(?:no (?:me |nos |la |lo |l[ao]s )?(?:aparece|consta|llegó|ha llegado|encontr\\w*|encuentr\\w*|tengo|tenemos|veo|vemos|figura|está (?:en|aquí|registrad))|perdid[ao]|extraviad[ao]|traspapelad[ao])",
    "(?:no|nunca|jamás|ni) (?:me |nos |la |lo |l[ao]s |se )*(?:aparece|consta|llegó|ha llegado|hemos recibido|he recibido|recibimos|recibí|encontr\\w*|encuentr\\w*|localiz\\w*|tengo|tenemos|figura)~{16}(?:factura|documento|ninguna|registrad\\w*|recibid\\w*|sistema|haber(?:la|lo)?|es[ao]|correo)",
    {
      says: "qué factura|(?:ni|tampoco|mirado) ~{6}(?:en )?(?:el )?(?:spam|correo no deseado)|(?:se )?(?:perdió|extravió|traspapel\\w*)|nada (?:registrad|a nombre|con ese)",
      unless: "pago|transferencia",
      surety: HINT,
    },
  ],
  stop: [
    "(?:no|dej\\w*|par\\w*|ces\\w*|basta)~(?:envíen|enviar\\w*|env[ií]e\\w*|mand\\w*|escrib\\w*|contact\\w*|molest\\w*|enviarme|remit\\w*|recibir)~(?:más|correos?|e-?mails?|mensajes?|recordatorios?|me|nos)(?!~factura)",
    "(?:dej|par|ces)\\w* (?:ya )?de (?:escribir|mandar|enviar|molestar|contactar|llamar|acosar)\\w*",
    "(?:de|darme de|dar de|denme de|dadme de) baja|(?:el[ií]m[ií]n\\w*|qu[ií]t\\w*|b[oó]rr\\w*|ret[ií]r\\w*|s[aá][qc]u?\\w*)~(?:lista|correo|dirección|base de datos)",
    { says: "basta ya|dej\\w*~en paz", surety: HINT },
    "(?:dej|par|ces)\\w*~{6}(?:de |ya de )(?:escribir|mandar|enviar|molestar|contactar|llamar|acosar|dar la lata|agobiar|bombardear|insistir)\\w*",
    "no (?:me |nos |vuelvan a |vuelva a |quiero |queremos )*(?:escrib\\w*|mand\\w*|env[ií]\\w*|contact\\w*|molest\\w*|recib\\w*) ~{8}más",
    "(?:spam|acoso|denunci\\w*|protección de datos|bloque(?:o|aré|aremos|ar))~?",
    { says: "(?:mi|nuestro) abogado|hart[ao]s?|ya está bien|pesad[ao]s|de una vez", surety: HINT },
  ],
};
