import { z } from "@hono/zod-openapi";
import { findListedInvoice } from "../../db/invoice-list.ts";
import { type INVOICE_COLUMNS, parseInvoiceRow } from "../../domain/rows.ts";
import { recordFreshness } from "../../reminders/money/record-freshness.ts";
import { putInvoices } from "../../reminders/records/put-invoices.ts";
import { endpoint } from "../endpoint.ts";
import { requireInvoice, toInvoiceAnswer } from "./invoices.ts";
import { isChanged, recordOf, requireSame, toRow } from "./rows.ts";
import {
  answers,
  dateField,
  decimalField,
  field,
  invoiceAnswer,
  invoiceParams,
  jsonBody,
} from "./schemas.ts";

const columns = {
  invoice_number: field({ description: "Where given, the same as in the path." }),
  customer_ref: z.string({ error: "is needed: the customer's reference" }),
  customer_name: field({ description: "Names a customer that is not known yet." }),
  customer_email: field({ description: "The billing contact of a customer that has none." }),
  currency: field({ description: "ISO 4217; needed for a new invoice.", example: "EUR" }),
  amount: decimalField(),
  issued_on: dateField(),
  due_on: dateField(),
  paid_on: dateField().openapi({ description: "Alone: the whole amount was paid that day." }),
  paid_amount: decimalField().openapi({ description: "The total paid so far." }),
  disputed: z
    .union([z.boolean(), z.string()], { error: "is true or false" })
    .nullish()
    .openapi({ type: "boolean", description: "The whole invoice is contested." }),
  status: field({ enum: ["open", "void", "written_off"] }),
  owner_email: field({ description: "The account owner of a customer that has none." }),
  po_number: field(),
  payment_url: field(),
  invoice_url: field(),
} satisfies Record<(typeof INVOICE_COLUMNS)[number], z.ZodType>;

const body = z.strictObject(columns).openapi("InvoiceBody");

export const putInvoice = endpoint(
  {
    summary: "Creates an invoice, or updates what is named; counts as payment data",
    description:
      "What is absent, null or empty leaves what is stored. A customer that is not known yet is created.",
    tags: ["Records"],
    request: { params: invoiceParams, body: jsonBody(body) },
    responses: { 200: answers("Stored", invoiceAnswer), 201: answers("Created", invoiceAnswer) },
  },
  (services) => async (c) => {
    const { number } = c.req.valid("param");
    const given = c.req.valid("json");
    requireSame("invoice_number", given.invoice_number, number);
    const before = await findListedInvoice(services.db, number);
    const row = toRow({ ...given, invoice_number: number });
    const record = recordOf(parseInvoiceRow(row, { currencyOf: () => before?.currency }));
    const at = services.clock();
    isChanged(await putInvoices(services, [record], { author: c.get("author"), at, source: "api" }));
    await recordFreshness(services, { through: at });
    const answer = toInvoiceAnswer(await requireInvoice(services.db, number));
    return before ? c.json(answer, 200) : c.json(answer, 201);
  },
);
