import { GUESS, HINT, type MoneyClues } from "../lexicon.ts";

const PAID =
  "(?:pagad[ao]s?|abonad[ao]s?|realizad[ao]s?|transferid[ao]s?|liquidad[ao]s?|efectuad[ao]s?|saldad[ao]s?|hech[ao]s?|cancelad[ao]s?|emitid[ao]s?|ingresad[ao]s?|enviad[ao] (?:el|la) (?:pago|transferencia))";
const TO_PAY =
  "(?:pagar(?:la|lo|les|le)?|abonar(?:la|lo|les)?|transferir(?:les|le)?|realizar(?:emos)?|liquidar(?:la)?|efectuar|saldar|cancelar(?:la)?|proceder|hacer (?:el|la|un|una) (?:pago|transferencia|abono|ingreso)|ingresar|regularizar|emitir)";
const MONEY = "(?:facturas?|pago|transferencia|importe|abono|saldo|cantidad|monto|dinero|cheque)";
const ROLE =
  "(?:jef[ea]|gerente|director\\w*|dueñ[ao]|responsable|president\\w*|tesorer\\w*|alcald\\w*|consejo|junta|arquitect\\w*|encargad\\w*|soci[ao])";
const WAITS =
  "(?:esper\\w*|firm\\w*|aprob\\w*|apruebe|autoriz\\w*|revis\\w*|vuelv\\w*|vacaciones|viaje|reún\\w*|decid\\w*|tiene que|confirm\\w*)";

/** What became, or becomes, of the money. */
export const MONEY_CLUES: MoneyClues = {
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
    "(?:ya )?(?:está|quedó|queda|fue|ha sido|han sido|estaba) (?:ya )?(?:todo )?(?:pagad|transferid|abonad|liquidad|ingresad|saldad|cancelad|hech|enviad|cobrad|cargad)[ao]s?(?! (?:de|por error))",
    "(?:^|[.,!:] ?|ya )(?:l[ao]s? |l[eo]s? |os |se |te |nos )*(?:pagué|pagamos|pagó|pagaron|transferí|transferimos|transfirió|transfirieron|aboné|abonamos|abonó|ingresé|ingresamos|ingresó|liquidé|cargaron|descontaron|adeudaron)~{24}(?:ayer|anteayer|pasad[ao]|el (?:día )?\\d+|hace|lunes|martes|miércoles|jueves|viernes|semana|transferencia|pago|ingreso|banco|cuenta|dinero|bizum|[.,!]|$)",
    "(?:adjunt|mand|env[ií]|pas|acompañ|anex)\\w*~{10}(?:justificante|comprobante|recibo|resguardo|extracto|pantallazo|captura|orden|swift)",
    "(?:justificante|comprobante|resguardo)~(?:adjunt\\w*|banco|pago|transferencia|ingreso)",
    "(?:pagad[ao]|transferid[ao]|abonad[ao]|ingresad[ao]|transferencia (?:hecha|realizada|emitida|enviada)|pago (?:hecho|realizado|efectuado|emitido)) (?:el|ayer|la semana|desde|con fecha|hace|por|en|este|anteayer)",
    {
      says:
        "(?:mirad?|miren|revis\\w*|comprob\\w*|comprueb\\w*|verifi\\w*)~{10}(?:bien|extracto|cuentas?|banco|movimientos|otra vez|de nuevo)|(?:se han|nos hemos|se habrán) cruzad\\w*|" +
        "(?:debe|debería|tiene|tendría)\\w* (?:que )?(?:de )?(?:estar|haber|aparecer)~(?:cuenta|llegado|banco|ya)|a nombre de~(?:matriz|otra|socio)",
      unless: "pagar|precio|factura bien",
      surety: HINT,
    },
    { says: "según~{8}(?:banco|extracto|cuenta)~(?:salió|salieron|pagad\\w*|cargad\\w*|\\d+)", surety: HINT },
    "(?:entregu\\w+|di|dimos|dejé|dejamos)~{12}(?:cheque|efectivo|dinero|talón)",
    "(?:hice|hicimos|hizo|hicieron|mandé|mandamos|envié|enviamos|salió|salieron|cargó)~{16}(?:transferencia|pago|ingreso|bizum|dinero|banco|cuenta|giro)",
  ],
  hardship: [
    "(?:plazos|cuotas|fraccion\\w*|a plazos|mensualidades|pagos? (?:parcial\\w*|fraccionad\\w*|aplazad\\w*)|en (?:dos|tres|cuatro|varios|varias|\\d) (?:plazos|pagos|partes|veces|cuotas)|plan de pagos?|calendario de pagos)(?! de pago de \\d+ días)",
    "(?:problemas?|dificultad\\w*|falta|tensiones|situación)~(?:liquidez|tesorería|económic\\w*|financier\\w*|caja|efectivo|flujo|difícil|complicad\\w*)|mal momento",
    "momento (?:difícil|complicado)",
    "(?:aplaz\\w*|prórroga|prorrog\\w*|ampliar~plazo|más (?:tiempo|plazo)|extensión|posponer|retrasar~pago|demorar|diferir|moratoria|un poco de (?:paciencia|tiempo)|esper(?:ar|en|e) (?:un|unos|hasta))",
    "no (?:tenemos|tengo|hay|nos queda) (?:con qué|dinero|fondos|liquidez|efectivo|caja)|(?:den|dad|dar|da|de)(?:nos|me)~(?:plazo|tiempo|margen|días)|más de (?:plazo|tiempo|margen)",
    "(?:muy )?(?:justos|apretados|ahogados)",
    "no (?:podemos|puedo|podremos|estamos en condiciones|nos es posible|tenemos fondos)~(?:pagar|abonar|hacer frente|asumir|liquidar|realizar|afrontar|todo|la totalidad)?",
    { says: "\\d+(?: euros| €)? (?:al|por|cada) mes|poco a poco|ventas~(?:caíd|baj|hund)\\w*", surety: HINT },
    "(?:no|imposible|difícil|cuesta)~{16}(?:de golpe|de una (?:sola )?vez|todo (?:junto|a la vez)|de una tacada|la totalidad|el total|íntegr\\w*)",
    "(?:pagar|abonar|hacer|dividir|repartir|partir|fraccionar)\\w*~{12}(?:en|a) (?:dos|tres|cuatro|cinco|seis|varios|varias|\\d+) (?:veces|meses|plazos|pagos|partes|cuotas|mensualidades)",
    "(?:mitad|una parte|algo|un poco|\\d+)~{10}(?:cada mes|al mes|por mes|mensual\\w*)|(?:a plazos|poco a poco|aplaz\\w*|fraccion\\w*)",
    "(?:estamos|estoy|andamos|ando|vamos|voy|va) ~{10}(?:mal|fatal|just[ao]s?|apretad[ao]s?|pelad[ao]s?|ties[ao]s?|sin (?:blanca|liquidez|dinero|fondos|tesorería)|ahogad[ao]s?|en números rojos|con el agua)",
    "(?:caja|tesorería|liquidez|cuenta)~(?:tensa|vacía|baj[ao]|justa|seca|temblando|números rojos|complicad\\w*|bajo mínimos)",
    "(?:mala|floja|malísima|pésima) (?:temporada|campaña|racha|época)|(?:margen|plazo|tiempo|prórroga|aire|paciencia)~(?:más|hasta|necesit\\w*|pedi\\w*)",
    "(?:necesit|ped|rog|conced|da|den)\\w*~{10}(?:más )?(?:margen|plazo|tiempo|prórroga|aire|paciencia|unos días|unas semanas)",
    "(?:no (?:me|nos) (?:llega|alcanza|da)|no (?:puedo|podemos) (?:con|hacer frente|pagar|afrontar))",
    "(?:client\\w*|obra)~(?:no (?:nos|me) (?:paga|pagan|ha pagado|han pagado)|perdid\\w*|debe\\w*)",
    "(?:esperando|espera|esperamos)~{8}(?:a )?(?:cobrar|que (?:nos|me) paguen|(?:un |el )?cobro|el pago de)",
    "(?:mitad|parte|\\d+)~{8}(?:ahora|ya|hoy|este mes)~{8}(?:y|el) ~{12}(?:resto|mitad|enero|después|próximo)",
  ],
  in_approval: [
    "(?:pendiente|proceso|fase|espera|curso|trámite)s? (?:de |del |por )?(?:la |el |su )?(?:aprobación|validación|autorización|firma|revisión|visto bueno|conformidad|contabilización|tramitación|aprobar|verificación)",
    "visto bueno|(?:falta|esperando|esperamos|esperar|necesita|requiere|a falta)~(?:firma|aprobación|autorización|validación|aprobar|pedido|orden de compra|conformidad|visto bueno)",
    "(?:en (?:trámite|tramitación|revisión|proceso))",
    "(?:la |lo |he |hemos )?(?:pasad[oa]|enviad[oa]|reenviad[oa]|remitid[oa]|trasladad[oa])~(?:a |al )(?:mi |la |el )?(?:jefe|director\\w*|gerencia|departamento|responsable|superior|compañer\\w*|dirección|contabilidad)",
    "(?:está|están) (?:siendo )?(?:revisando|aprobando|validando|revisad\\w* por)",
    {
      says: "(?:mesa|escritorio|manos) del?~(?:gerente|jef[ea]|director\\w*|dueñ\\w*)|luz verde|a ver si (?:la|lo) (?:firma|aprueba)",
      surety: HINT,
    },
    "(?:pendient\\w*|falt\\w*|esper\\w*|necesit\\w*|requier\\w*|sin|hasta que|en cuanto|cuando)~{16}(?:visto bueno|firm\\w*|aprob\\w*|autoriz\\w*|valid\\w*|conform\\w*|pedido|albarán|número de pedido|orden de compra|recepción|entrada|confirm\\w*|ok|revis\\w*)(?! (?:su|tu|vuestr\\w*) (?:recepción|pedido))",
    "(?:está|sigue|la tiene|lo tiene|parad[ao]|bloquead[ao]|atascad[ao]|retenid[ao]|parada)~{10}(?:en|con|por|sobre) ~{8}(?:mesa|despacho|bandeja|firma|gerente|gerencia|jef\\w*|direct\\w*|encargad\\w*|responsable|compras|central|revisión|sistema|dirección|administración|obra|workflow|circuito)",
    {
      says:
        "(?:ya )?(?:se )?l[oae]s? (?:he|hemos) (?:recordado|reclamado|dicho|insistido|pasado|preguntado)|" +
        "(?:albarán|recepción|entrada|pedido)~(?:no|sin)~(?:registr\\w*|grab\\w*|contabiliz\\w*|casad\\w*|cuadr\\w*)|bloquead[ao] (?:en|por)|no depende de mí|" +
        "(?:jef[ea]|gerente|director\\w*|dueñ[ao])~(?:tiene que|debe|ha de|falta que|está de (?:viaje|vacaciones|baja)|no ha (?:firmado|aprobado))",
      unless: "pagaremos|transferencia",
      surety: HINT,
    },
    "(?:tiene|tienen|debe|deben|ha de|falta|queda|hay) (?:que )?~{12}(?:aprob|firm|valid|revis|autoriz|dar el visto)\\w*",
    "para (?:firmar|aprobar|validar|revisar|autorizar|que la (?:firme|apruebe))",
    { says: `${ROLE}~${WAITS}|${WAITS}~${ROLE}`, surety: GUESS },
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
    {
      says: "(?:l[ao]s?|os|les?|te|se|nos)? ?(?:tenéis|tendréis|tienes|tendrás|tiene|tienen|tendrá|tendrán|pago|pagamos|hago|hacemos|transfiero|transferimos|mando|mandamos|ingreso|ingresamos|abono|abonamos|sale|salen|saldrá|entra|entras|entráis|entra|va|vas|vais|cae|llega|llegará|emitimos|ordeno|ordenamos|liquido|liquidamos|cobra|cobras|cobráis|cobrará|cobrarán)~{24}(?:mañana|hoy|lunes|martes|miércoles|jueves|viernes|el (?:día )?\\d+|este|esta semana|semana|fin|finales|primeros|antes|remesa|en cuenta|próxim\\w*|a más tardar|sin falta)",
      unless:
        "no |nunca|vacaciones|reunión|oficina|entrega|obra|pedido|llam\\w*|aprob\\w*|firm\\w*|ayer|pasad[ao]|mercancía|hablar|si |cuando",
    },
    {
      says:
        "(?:remesa|pagos|transferencias|nóminas|vencimiento|ciclo|día de pago)s? ~{16}(?:día|días|del|de|el|próxim\\w*|viernes|lunes|martes|miércoles|jueves|este|es)|" +
        "(?:voy|vamos|va|van|pienso|pensamos|intento|intentamos|prometo|prometemos|quedamos en|procuro|procuraré)~{8}(?:a |en |que )?(?:pagar|abonar|transferir|ingresar|hacer|mandar|enviar|liquidar|saldar|ordenar|dejar\\w* (?:pagad|hech)\\w*)\\w*|" +
        "(?:pagar|abonar|ingresar|transferir|liquidar|mandar|saldar|tramitar|cobrar|recibir|har|saldr|tendr)(?:é|emos|án|á|éis|ás)",
      unless: "no |nunca|copia|factura rectificativa|consulta|gestiones",
    },
  ],
};
