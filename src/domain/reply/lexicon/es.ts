import { HINT, type Lexicon } from "./lexicon.ts";

const PAID =
  "(?:pagad[ao]s?|abonad[ao]s?|realizad[ao]s?|transferid[ao]s?|liquidad[ao]s?|efectuad[ao]s?|saldad[ao]s?|hech[ao]s?|cancelad[ao]s?|emitid[ao]s?|ingresad[ao]s?|enviad[ao] (?:el|la) (?:pago|transferencia))";
const TO_PAY =
  "(?:pagar(?:la|lo|les|le)?|abonar(?:la|lo|les)?|transferir(?:les|le)?|realizar(?:emos)?|liquidar(?:la)?|efectuar|saldar|cancelar(?:la)?|proceder|hacer (?:el|la|un|una) (?:pago|transferencia|abono|ingreso)|ingresar|regularizar|emitir)";
const MONEY = "(?:facturas?|pago|transferencia|importe|abono|saldo|cantidad|monto|dinero|cheque)";
const INVOICE = "(?:facturas?|copia|documento|pdf|duplicado|original)";

export const ES: Lexicon = {
  isSpaced: true,
  clues: {
    insolvency: [
      "concurso(?: voluntario| necesario)?(?: de acreedores)?(?! público)|concursal\\w*|quiebra|insolven\\w*|suspensión de pagos|liquidación (?:concursal|judicial|de la (?:empresa|sociedad))|preconcurso|comunicar~créditos?",
    ],
    dispute: [
      "(?:no|ni)~(?:coincid\\w*|corresponde[n]?(?! a usted)|concuerd\\w*|cuadr\\w*|ajust\\w*)",
      "no (?:estamos|estoy|está) (?:de acuerdo|conformes?)|disconform\\w*|desacuerdo|no aceptamos|rechaz\\w*|disput\\w*|reclam(?:ación|amos|o)|impugn\\w*|discrepanc\\w*|objet\\w*",
      {
        says: "error|errores|errónea?s?|erróneo|incorrect\\w*|equivocad\\w*|equivocación",
        unless:
          "equivocad\\w* de (?:persona|destinatario|dirección|empresa|departamento)|salvo error|(?:persona|contacto|destinatario) (?:equivocad|incorrect)\\w*",
      },
      "(?:cobr|factur)\\w* \\d+~(?:lleg\\w*|recib\\w*|entreg\\w*|eran|pero)|(?:sigue|siguen) sin (?:funcionar|llegar|reparar)|no funciona\\w*",
      "(?:precio|importe|iva|cantidad|monto|factura)~(?:incorrect\\w*|erróne\\w*|equivocad\\w*|no es (?:el|la|correct\\w*)|demasiado alto|mal)",
      "(?:dañad[ao]s?|defectuos[ao]s?|rot[ao]s?|averiad[ao]s?|en mal estado|incomplet[ao]s?|defectos?|faltan? \\w+ (?:unidades|piezas|artículos))",
      "nota de (?:crédito|abono)|factura rectificativa|abono (?:por|de la diferencia)|cobrad\\w* (?:dos veces|de más|doble)|facturad\\w* (?:dos veces|de más|por duplicado)|duplicad[ao]|(?:mercancía|servicio|pedido|material|producto)s?~(?:no|nunca)~(?:recib\\w*|lleg\\w*|entreg\\w*|prest\\w*|pedi\\w*|realiz\\w*)|(?:nunca|no) (?:pedimos|encargamos|solicitamos|contratamos|hemos (?:pedido|contratado))|no~(?:recib\\w*|lleg\\w*)~(?:mercancía|pedido|material|productos?|servicio|género)|no (?:vamos a pagar|pagaremos)~",
      {
        says: "falt(?:an|aban|aron) \\w+ (?:bultos?|cajas?|piezas?|unidades|palés?)|no (?:lo|la) (?:aprob|autoriz|firm|pidi)\\w*|mal (?:hecho|montado|instalado|facturado)",
        surety: HINT,
      },
      {
        says: "(?:solo|sólo|solamente)~(?:recib\\w*|lleg\\w*|entreg\\w*)|rectifi\\w*|corrij\\w*|corregir|(?:iba|estaba|va) incluid[ao]",
        unless: "recordatorio|aviso|correo|e-?mail",
        surety: HINT,
      },
    ],
    wrong_person: [
      "(?:no|ya no) (?:soy|es)~(?:responsable|persona|encargad\\w*|contacto|departamento|indicad\\w*)|(?:persona|contacto|destinatario|dirección|departamento) (?:equivocad\\w*|incorrect\\w*|errónea?)|se (?:ha|han) equivocado de (?:persona|destinatario|dirección|empresa)",
      "ya no (?:trabaj\\w*|estoy|está|llevo|lleva|pertenezco|formo|me encargo|gestiono)|no (?:llevo|gestiono|me encargo de|me ocupo de|me corresponde)|dej[óo] (?:la|de trabajar en la) empresa",
      "(?:contact\\w*|dir[ií]ja\\w*|diríjanse|escrib\\w*|remit\\w*|env[ií]e\\w*|comun[ií]que\\w*|habl\\w*)~(?:con |a |al |la |el |directamente )(?:la |el )?(?:contabilidad|administración|departamento|señora?|sr\\.?|sra\\.?|compañer\\w*|financier\\w*|tesorería|pagos|@)(?!~concursal)",
      {
        says: "eso~(?:encarga|lleva|ocupa)~(?:central|otr\\w*|compañer\\w*|no nosotros)|(?:soy|estoy) (?:de|en) (?:compras|ventas|recepción|logística)",
        surety: HINT,
      },
    ],
    not_received: [
      `(?:no|nunca|tampoco|jamás)~(?:recib\\w*|lleg\\w*|encuentr\\w*|encontr\\w*|localiz\\w*|consta|tenemos|tengo|ha llegado|aparece|figura|vemos|veo)~${INVOICE}`,
      `${INVOICE}~(?:no|nunca)~(?:recib\\w*|lleg\\w*|consta|aparece|figura|encuentr\\w*|localiz\\w*|la tenemos)`,
      `(?:reenvi\\w*|reenví\\w*|volver a enviar|enviar?(?:me|nos)?|envíe(?:n)?(?:me|nos)?|mand\\w*|remit\\w*|facilit\\w*)~(?:${INVOICE}|de nuevo|nuevamente|otra vez)(?!~correos)`,
      "(?:me|nos) (?:la|lo|las) (?:pueden?|podrían?) (?:reenviar|enviar|mandar)|duplicado de la factura|no (?:nos |me )?(?:ha|han|hemos|he) (?:llegado|recibido) nada|(?:adjunto|archivo)~(?:no (?:se )?abre|falta|vacío)|sin constancia",
      { says: "no (?:he|hemos) (?:recibido|visto) (?:ninguna|nada|ningún)", surety: HINT },
      { says: "(?:solo|sólo|solamente)~(?:recordatorio|aviso)|la factura no$", surety: HINT },
    ],
    paid: [
      `(?:ha|han|hemos|he|fue|fueron|está|están|ya|quedó|queda)~(?:sido )?(?:ya )?${PAID}`,
      "(?:se )?(?:pagó|pagamos (?:el|ayer|la semana pasada|ya)|abonó|abonamos (?:el|ayer)|transfirió|realizó|efectuó|liquidó|transferimos (?:ayer|el pasado)|pagué|aboné|transferí|hicimos|hice|hizo)~(?:pago|transferencia|factura|ayer|pasad\\w*|el \\d+|importe|abono)?",
      "(?:pago|transferencia|dinero)~(?:salió|se hizo|fue|ha salido|ya salió|se envió|se realizó)",
      {
        says: "(?:adjunt\\w*|anex\\w*|les? envío|aquí tiene[ns]?)~(?:justificante|comprobante|resguardo|recibo|confirmación de (?:la transferencia|pago)|aviso de (?:pago|transferencia)|swift)",
        surety: 0.9,
      },
      "(?:justificante|comprobante)~(?:pago|transferencia)",
      "(?:revis\\w*|comprueb\\w*|verifi\\w*|confirm\\w*)~(?:su cuenta|banco|cobro|ingreso|recepción del (?:pago|importe))",
      {
        says: "(?:salió|salieron)~(?:banco|cuenta)|(?:lo|la|los|las) (?:liquidé|liquidamos|pagué|aboné|transferí|ingresé)",
        surety: HINT,
      },
      { says: "se (?:cargó|adeudó|debitó|cobró)", surety: HINT },
    ],
    hardship: [
      "(?:plazos|cuotas|fraccion\\w*|a plazos|mensualidades|pagos? (?:parcial\\w*|fraccionad\\w*|aplazad\\w*)|en (?:dos|tres|cuatro|varios|varias|\\d) (?:plazos|pagos|partes|veces|cuotas)|plan de pagos?|calendario de pagos)(?! de pago de \\d+ días)",
      "(?:problemas?|dificultad\\w*|falta|tensiones|situación)~(?:liquidez|tesorería|económic\\w*|financier\\w*|caja|efectivo|flujo|difícil|complicad\\w*)|mal momento|momento (?:difícil|complicado)",
      "(?:aplaz\\w*|prórroga|prorrog\\w*|ampliar~plazo|más (?:tiempo|plazo)|extensión|posponer|retrasar~pago|demorar|diferir|moratoria|un poco de (?:paciencia|tiempo)|esper(?:ar|en|e) (?:un|unos|hasta))",
      "no (?:tenemos|tengo|hay|nos queda) (?:con qué|dinero|fondos|liquidez|efectivo|caja)|(?:den|dad|dar|da|de)(?:nos|me)~(?:plazo|tiempo|margen|días)|más de (?:plazo|tiempo|margen)|(?:muy )?(?:justos|apretados|ahogados)",
      "no (?:podemos|puedo|podremos|estamos en condiciones|nos es posible|tenemos fondos)~(?:pagar|abonar|hacer frente|asumir|liquidar|realizar|afrontar|todo|la totalidad)?",
      {
        says: "\\d+(?: euros| €)? (?:al|por|cada) mes|poco a poco|ventas~(?:caíd|baj|hund)\\w*",
        surety: HINT,
      },
    ],
    in_approval: [
      "(?:pendiente|proceso|fase|espera|curso|trámite)s? (?:de |del |por )?(?:la |el |su )?(?:aprobación|validación|autorización|firma|revisión|visto bueno|conformidad|contabilización|tramitación|aprobar|verificación)",
      "visto bueno|(?:falta|esperando|esperamos|esperar|necesita|requiere|a falta)~(?:firma|aprobación|autorización|validación|aprobar|pedido|orden de compra|conformidad|visto bueno)|(?:en (?:trámite|tramitación|revisión|proceso))|(?:la |lo |he |hemos )?(?:pasad[oa]|enviad[oa]|reenviad[oa]|remitid[oa]|trasladad[oa])~(?:a |al )(?:mi |la |el )?(?:jefe|director\\w*|gerencia|departamento|responsable|superior|compañer\\w*|dirección|contabilidad)|(?:está|están) (?:siendo )?(?:revisando|aprobando|validando|revisad\\w* por)",
      {
        says: "(?:mesa|escritorio|manos) del?~(?:gerente|jef[ea]|director\\w*|dueñ\\w*)|luz verde|a ver si (?:la|lo) (?:firma|aprueba)",
        surety: HINT,
      },
    ],
    promise: [
      "(?:pagaremos|pagaré|abonaremos|abonaré|transferiremos|realizaremos|realizaré|haremos|haré|efectuaremos|liquidaremos|procederemos|enviaremos (?:el|la) (?:pago|transferencia)|saldaremos|ingresaremos|regularizaremos|cancelaremos)",
      `(?:vamos|voy|va|van|podemos|puedo|podremos|esperamos|queremos|pensamos|tenemos previsto|prevemos|intentaremos|a punto de)(?: a)? ${TO_PAY}`,
      "(?:se|les|le|lo|la) (?:pagar[áa]n?|abonar[áa]n?|realizar[áa]n?|transferir[áa]n?|har[áa]n?|liquidar[áa]n?|efectuar[áa]n?|enviar[áa]n?|pagaremos|abonaremos|hago|hacemos|transferimos|pagamos|abonamos)",
      `(?:${MONEY})~(?:saldrá|será|estará|se hará|se realizará|se efectuará|está prevista?|previst[ao]|programad[ao]|llegará|irá|quedará|sale|se emite)`,
      {
        says: "(?:os|les|te|le) (?:llegará|entrará|caerá)|(?:lo|la|los|las) (?:ten(?:éis|drás|dréis|drán|drá|drían)|verás|veréis)|(?:en|para) la remesa|sin falta",
        surety: 0.75,
      },
      "(?:recibir[áa]n?|tendr[áa]n?|ver[áa]n?)~(?:pago|importe|transferencia|dinero|abono|ingreso|factura pagada)?",
      "(?:previst[ao]s?|programad[ao]s?|planificad[ao]s?|agendad[ao]s?)~(?:pago|para|el|transferencia|remesa)|(?:previsión|fecha|día|remesa) de pagos?~(?:el|es|para|:)",
      "(?:hacemos|hago|realizamos|realizo|efectuamos|efectúo|pagamos|pago|transferimos|transfiero|abonamos|ordenamos|emitimos|procedemos)~(?:pago|transferencia|factura|importe|mañana|lunes|martes|miércoles|jueves|viernes|hoy|semana|día|abono|al pago)",
      {
        says: "(?:os|les|le|te) (?:(?:hacemos|hago) (?:el|la|un|una)|ingresamos|ingreso|pagamos|pago)|cuent(?:e|en|a) con",
        surety: HINT,
      },
      { says: "(?:esper|pens|confi)\\w* (?:en )?poder~|liberar (?:los )?fondos", surety: HINT },
    ],
    stop: [
      "(?:no|dej\\w*|par\\w*|ces\\w*|basta)~(?:envíen|enviar\\w*|env[ií]e\\w*|mand\\w*|escrib\\w*|contact\\w*|molest\\w*|enviarme|remit\\w*|recibir)~(?:más|correos?|e-?mails?|mensajes?|recordatorios?|me|nos)(?!~factura)",
      "(?:dej|par|ces)\\w* (?:ya )?de (?:escribir|mandar|enviar|molestar|contactar|llamar|acosar)\\w*",
      "(?:de|darme de|dar de|denme de|dadme de) baja|(?:el[ií]m[ií]n\\w*|qu[ií]t\\w*|b[oó]rr\\w*|ret[ií]r\\w*|s[aá][qc]u?\\w*)~(?:lista|correo|dirección|base de datos)",
      { says: "basta ya|dej\\w*~en paz", surety: HINT },
    ],
    question: [
      "(?:a qué|de qué|qué|cuál(?:es)?|por qué|cómo|cuánto|quién|cuándo|dónde) ",
      "(?:me|nos)? ?(?:puede[ns]?|podría[ns]?|pueden)~(?:indicar\\w*|decir\\w*|explicar\\w*|aclarar\\w*|confirmar\\w*|facilitar\\w*|informar\\w*)",
      "(?:indíqu\\w*|aclár\\w*|explíqu\\w*|confírm\\w*)",
    ],
  },
  negated:
    "(?:no|nunca|todavía no|aún no|sin|tampoco|jamás)~{16}(?:pagad\\w*|pagar\\w*|pagó|abonad\\w*|abonar\\w*|transferid\\w*|realizad\\w*|liquidad\\w*|hecho|efectuad\\w*|pago|pagamos)|impagad\\w*|sin pagar|pendiente de pago",
  conditional:
    "(?:si|cuando|una vez|en cuanto|siempre que|hasta que|tras recibir|después de|a condición|salvo)",
  asks: "(?:podría|pueden|puede|podrían|sería posible)",
  courtesy: "(?:gracias|buen día|buenos días|buenas tardes|feliz|saludos|cómo está)",
};
