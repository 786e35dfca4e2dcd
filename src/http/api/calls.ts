import { z } from "@hono/zod-openapi";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { logCall } from "../../reminders/agreements/log-call.ts";
import type { HoldTarget } from "../../reminders/decisions/hold-target.ts";
import { confirmByMail } from "../../reminders/notices/confirm-by-mail.ts";
import type { Services } from "../../services.ts";
import { endpoint } from "../endpoint.ts";
import { dayOf, minorOf } from "./fields.ts";
import { requireInvoice } from "./invoices.ts";
import { promise, toAnswers } from "./promises.ts";
import {
  answers,
  customerParams,
  dateField,
  decimalField,
  invoiceParams,
  isoDate,
  jsonBody,
} from "./schemas.ts";

const columns = {
  person: z.string({ error: "is needed: who was spoken to" }),
  said: z.string({ error: "is needed: what was said" }),
  on: dateField().openapi({ description: "The customer's civil day; today unless told otherwise." }),
  promised_on: dateField().openapi({ description: "The day for which money was promised." }),
};
const customerBody = z.strictObject(columns).openapi("CustomerCallBody");
const invoiceBody = z
  .strictObject({
    ...columns,
    promised_amount: decimalField().openapi({ description: "Absent: all that is left and not disputed." }),
  })
  .openapi("InvoiceCallBody");

const answer = z
  .object({
    call: z.string(),
    customer_ref: z.string(),
    on: isoDate,
    promises: z
      .array(promise)
      .openapi({ description: "What was promised, confirmed to the debtor by mail." }),
  })
  .openapi("Call");
const logged = { 201: answers("Logged", answer) };

export const postInvoiceCall = endpoint(
  {
    summary: "Logs a call about an invoice; it counts as a contact",
    tags: ["Answers"],
    request: { params: invoiceParams, body: jsonBody(invoiceBody) },
    responses: logged,
  },
  (services) => async (c) => {
    const { number } = c.req.valid("param");
    const { promised_amount, ...told } = c.req.valid("json");
    const { currency } = await requireInvoice(services.db, number);
    const amountMinor = minorOf("promised_amount", promised_amount, currency);
    const target = { invoiceNumber: number, author: c.get("author") };
    return c.json(await log(services, target, { ...told, amountMinor }), 201);
  },
);

export const postCustomerCall = endpoint(
  {
    summary: "Logs a call with a customer about all that it owes; it counts as a contact",
    description: "What is promised is all that is due by that day.",
    tags: ["Answers"],
    request: { params: customerParams, body: jsonBody(customerBody) },
    responses: logged,
  },
  (services) => async (c) => {
    const target = { customerRef: c.req.valid("param").ref, author: c.get("author") };
    return c.json(await log(services, target, c.req.valid("json")), 201);
  },
);

async function log(
  services: Services,
  target: HoldTarget & { author: string },
  { person, said, ...told }: z.output<typeof customerBody> & { amountMinor?: number },
): Promise<z.output<typeof answer>> {
  const on = told.on ? dayOf("on", told.on) : undefined;
  const promisedOn = told.promised_on ? dayOf("promised_on", told.promised_on) : undefined;
  const promised = promisedOn === undefined ? undefined : { on: promisedOn, amountMinor: told.amountMinor };
  const call = await logCall(services, { ...target, person, said, on, promise: promised, by: "finance" });
  await confirmByMail(services);
  return {
    call: call.id,
    customer_ref: call.customer,
    on: formatCivilDay(call.on),
    promises: call.promise ? toAnswers(call.promise) : [],
  };
}
