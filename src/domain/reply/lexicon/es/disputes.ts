import { type Disputes, GUESS, HINT } from "../lexicon.ts";

const GOODS =
  "(?:mercancía|género|entrega|repartidor|transportista|técnico|operarios?|obreros?|máquina|aparato|piezas?|cajas?|palés?|unidades|horas|precio|presupuesto|cantidad|calidad|línea|descuento|pedido|obra|trabajo|servicio|montaje|instalación|reparación|mantenimiento|desplazamiento|transporte|portes|habitación|licencias?|contrato|caldera|tejado|ventanas?|puertas?|pintura|suelo|color|talla|plantas?)";
const FLAW =
  "(?:no|nunca|nadie|nada|solo|sólo|mal\\w*|en vez|todavía|falt\\w*|tarde|sin|otra vez|rot\\w*|distint\\w*|menos|defect\\w*|problemas?|dos veces|doble|mitad|dañ\\w*|devol\\w*|pero)";

/** What is wrong with the invoice, or with what it is for. */
export const DISPUTES: Disputes = {
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
    "nota de (?:crédito|abono)|factura rectificativa|abono (?:por|de la diferencia)|cobrad\\w* (?:dos veces|de más|doble)|facturad\\w* (?:dos veces|de más|por duplicado)",
    "duplicad[ao]|(?:mercancía|servicio|pedido|material|producto)s?~(?:no|nunca)~(?:recib\\w*|lleg\\w*|entreg\\w*|prest\\w*|pedi\\w*|realiz\\w*)",
    "(?:nunca|no) (?:pedimos|encargamos|solicitamos|contratamos|hemos (?:pedido|contratado))|no~(?:recib\\w*|lleg\\w*)~(?:mercancía|pedido|material|productos?|servicio|género)",
    "no (?:vamos a pagar|pagaremos)~",
    {
      says: "falt(?:an|aban|aron) \\w+ (?:bultos?|cajas?|piezas?|unidades|palés?)|no (?:lo|la) (?:aprob|autoriz|firm|pidi)\\w*|mal (?:hecho|montado|instalado|facturado)",
      surety: HINT,
    },
    {
      says: "(?:solo|sólo|solamente)~(?:recib\\w*|lleg\\w*|entreg\\w*)|rectifi\\w*|corrij\\w*|corregir|(?:iba|estaba|va) incluid[ao]",
      unless: "recordatorio|aviso|correo|e-?mail",
      surety: HINT,
    },
    {
      says: "\\d[\\d.,]*(?: \\w+){0,3},? (?:y no|no|en (?:vez|lugar) de|en vez|frente a) (?:los |las |de )?\\d+",
      unless: "(?:pag|transf)\\w*~",
    },
    "(?:lleg\\w*|recib\\w*|entreg\\w*|pedi\\w*|encarg\\w*|acord\\w*|pactad\\w*|trabaj\\w*|presupuest\\w*|eran?)~\\d+~(?:factur\\w*|cobr\\w*|cargad\\w*)",
    "(?:factur\\w*|cobr\\w*|cargad\\w*)~\\d+~(?:lleg\\w*|recib\\w*|entreg\\w*|pedi\\w*|encarg\\w*|acord\\w*|pactad\\w*|presupuest\\w*|trabaj\\w*)",
    "\\d+~(?:lleg\\w*|vinier\\w*|venían?|salier\\w*|estab\\w*)~{16}(?:rot[ao]s?|mal|dañad[ao]s?|abiert[ao]s?|defectuos\\w*|golpead\\w*|mojad\\w*|caducad\\w*|estropead\\w*|tarde)",
    "no (?:es|son|era|eran|fue|está|viene|vienen|se) ~{12}(?:lo|el|la|los|las|nuestr\\w*|correct\\w*|bien|acordad\\w*|pactad\\w*|aplicad\\w*)~?(?:que|acord\\w*|pact\\w*|pedimos|pedí|contrat\\w*|presupuest\\w*|nuestr\\w*|precio|habíamos|correspond\\w*|descuento)",
    "(?:precio|tarifa|descuento|importe|cantidad)~(?:acordad\\w*|pactad\\w*|presupuestad\\w*|convenid\\w*|prometid\\w*|no (?:está|aparece|se)|falta)",
    "(?:falta\\w*|sin|olvid\\w*|no)~{12}(?:aplic\\w*~|restar |descontar )?(?:el |la )?(?:descuento|rappel|anticipo|señal|bonificación)|más (?:car[ao]|alto|alta) (?:que|de lo)",
    "(?:dos veces|doble|duplicad\\w*)",
    {
      says: "(?:rayad[ao]s?|roturas?|golpead[ao]s?|estropead[ao]s?|agrietad[ao]s?|grietas?|goter\\w*|fugas?|humedad\\w*|caducad[ao]s?|podrid[ao]s?|inservibles?|inutilizables?|chapuza|pésim[ao]|mal (?:hech[ao]s?|pintad[ao]s?|instalad[ao]s?|acabad[ao]s?|montad[ao]s?|terminad[ao]s?)|mala calidad|deficiente|equivocad[ao]s? de (?:talla|color|modelo)|(?:otr[ao]|distint[ao]|diferente) (?:color|talla|modelo|material|referencia)|(?:sin|no (?:está|están|han|ha)|nunca|nadie) ~{8}(?:terminar|terminad\\w*|acabar|acabad\\w*|reparar|reparad\\w*|arregl\\w*|instal\\w*|vino|vinieron|apareci\\w*|recog\\w*|complet\\w*)|(?:devolv|devuelt|retir)\\w*~(?:mercancía|género|material|pedido|producto|cajas?|piezas?|máquina)?)",
      unless:
        "ordenador|correo|e-?mail|servidor|devuelto (?:el|la) (?:banco|recibo|transferencia)|no ha terminado",
    },
    "(?:es[ao]s?|l[ao]s?|así|no l[ao]s?|est[ao]s?)? ?no (?:l[aoe]s? )?(?:pag(?:o|amos|aré|aremos|aba)|abon(?:o|amos|aré|aremos)|acept(?:o|amos)|firm(?:o|amos)|admit\\w*|reconoc\\w*|asum\\w*)(?! (?:hasta (?:el|la|fin)|antes del? (?:\\d+|lunes)))",
    "(?:neg(?:amos|arnos|arme)|me niego)|ni un (?:euro|céntimo|duro)|hasta que~no",
    "(?:dirección|domicilio|cif|nif|razón social|nombre|datos fiscales|iva)~(?:mal|incorrect\\w*|antigu\\w*|equivocad\\w*|no es|err\\w*|viej\\w*)",
    "(?:haga|hagan|hacer|hágan?l[ao]|emit\\w*|rehac\\w*|anul\\w*|mand\\w*|envi\\w*|env[ií]en)~{16}(?:de nuevo|otra (?:factura)?|nueva (?:factura)?|correcta|corregida|rectificad\\w*|bien hecha)",
    "así no (?:nos )?(?:sirve|vale|podemos)|no (?:nos )?(?:sirve|vale)",
    {
      says:
        "(?:reclam|quej|inadmisible|inaceptable|vergüenza|indign|devolución|reembols|indemniz)\\w*|" +
        "(?:falt\\w*|incompleto|incompleta)~(?:material|piezas?|unidades|cajas?|género|horas|mitad|entrega|por (?:entregar|llegar|hacer))|" +
        "no (?:hemos|he|habíamos|había) (?:pedido|encargado|autorizado|firmado|aprobado|solicitado)|cobr\\w* de más|de más",
      unless: "nada más|más de lo|reclamarle a",
      surety: HINT,
    },
    {
      says:
        "(?:cobr|factur|carg)\\w*~(?:gratis|gratuit\\w*|incluid\\w*|sin (?:cargo|coste)|no (?:era|es|hemos))|" +
        "(?:factura|pedido|contrato|suscripción)~(?:anulad\\w*|cancelad\\w*|dad[ao] de baja|rescindid\\w*)|" +
        "(?:cancel|anul|rescind)(?:é|amos|aron|ado|ada)~(?:contrato|pedido|servicio|suscripción|factura)?|hicisteis (?:el|un) abono|" +
        "(?:prometi|dij|asegur)\\w*~(?:abono|descuento|gratis|iba a)|(?:cuando|hasta que|en cuanto|si)~{16}(?:funcione|arregl\\w*|repar\\w*|termin\\w*|acab\\w*|cambi\\w*|corrij\\w*)",
      unless: "aprob\\w*|firm\\w*",
      surety: HINT,
    },
    "(?:lleg|vin|vien|entreg)\\w*~{12}(?:sec[ao]s?|muert[ao]s?|rot[ao]s?|mojad[ao]s?|abiert[ao]s?|suci[ao]s?|caducad[ao]s?|tarde)|garantía",
    { says: `${GOODS}~${FLAW}|${FLAW}~${GOODS}`, surety: GUESS },
  ],
};
