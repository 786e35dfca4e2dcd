import { DISPUTES } from "./es/disputes.ts";
import { MONEY_CLUES } from "./es/money.ts";
import { OBJECTIONS } from "./es/objections.ts";
import type { Lexicon } from "./lexicon.ts";

export const ES: Lexicon = {
  isSpaced: true,
  clues: {
    ...OBJECTIONS,
    ...DISPUTES,
    ...MONEY_CLUES,
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
  came: "lleg\\w+|recib\\w+|entreg\\w+|pedimos|pedí|pedido|encarg\\w+|acord\\w+|pactad\\w+|trabaj\\w+|presupuest\\w+|eran?|vinieron|contrato",
  billed:
    "factur(?:áis|an|aron|ado|asteis|ó|ada|adas|ados)|cobr(?:áis|an|aron|ado|asteis|ó)|carg(?:áis|an|aron|ado)|en (?:la|su|vuestra) factura|factura (?:pone|dice|indica)|ahora|resulta",
  tells:
    "(?:te|le|os|les) (?:digo|diré|aviso|avisaré|avisamos|informo|cuento)|pregunt(?:o|aré|ar)|(?:lo )?mir(?:o|aré)|cuándo|consult(?:o|aré|ar)",
  future:
    "será|serán|se hará|va|van|vamos|voy|próxim\\w*|que viene|previst\\w*|programad\\w*|para el|antes|mañana|tenéis|tendréis|tendrán|pagaremos|sale|saldrá|haremos|hacemos|hago",
  moves:
    "pag\\w*|abon\\w*|transf\\w*|ingres\\w*|remesa|cuenta|banco|dinero|importe|euros?|liquid\\w*|giro|recibo|bizum|cobr\\w*|sald\\w*|hag\\w*|hacemos|haremos",
  defers:
    "vacaciones|vuelv\\w*|vuelta|regres\\w*|llam\\w*|reunión|reunimos|habl\\w*|mir\\w*|revis\\w*|consult\\w*|pregunt\\w*|confirm\\w*|digo|avis\\w*|respond\\w*|contest\\w*|vencid\\w*|vence|vencimiento|entreg\\w*|recog\\w*|obra|cerrad\\w*|abiert\\w*|oficina|aprob\\w*|firm\\w*|valid\\w*|no|sé|sabr\\w*|hasta|desde",
  asks: "(?:podría|pueden|puede|podrían|sería posible)",
  courtesy: "(?:gracias|buen día|buenos días|buenas tardes|feliz|saludos|cómo está)",
};
