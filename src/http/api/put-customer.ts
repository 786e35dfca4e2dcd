import { z } from "@hono/zod-openapi";
import { findRecordedCustomer, type RecordedCustomer } from "../../db/recorded-customer.ts";
import { CONTACT_ROLES, CUSTOMER_KINDS } from "../../domain/facts.ts";
import { type CUSTOMER_COLUMNS, parseCustomerRow } from "../../domain/rows.ts";
import { keepContacts } from "../../reminders/records/keep-contacts.ts";
import { putCustomers } from "../../reminders/records/put-customers.ts";
import { endpoint } from "../endpoint.ts";
import { isChanged, recordOf, requireSame, toRow } from "./rows.ts";
import { answers, customerAnswer, customerParams, field, jsonBody } from "./schemas.ts";

const role = () => field({ enum: CONTACT_ROLES, description: "`billing` unless told otherwise." });

const columns = {
  customer_ref: field({ description: "Where given, the same as in the path." }),
  name: field({ example: "Example GmbH", description: "The reference while nobody told." }),
  legal_name: field(),
  address: field({ description: "Lines separated by a line feed." }),
  kind: field({ enum: CUSTOMER_KINDS }),
  country: field({ description: "ISO 3166, two letters.", example: "DE" }),
  locale: field({ example: "en" }),
  timezone: field({ example: "Europe/Berlin" }),
  owner_email: field({ description: "The account owner." }),
  policy: field({ description: "The name of a policy; without one the standard policy." }),
  contact_name: field(),
  contact_email: field(),
  contact_role: role(),
} satisfies Record<(typeof CUSTOMER_COLUMNS)[number], z.ZodType>;

const body = z
  .strictObject({
    ...columns,
    contacts: z
      .array(z.strictObject({ name: field(), email: z.string(), role: role() }))
      .max(50)
      .optional(),
  })
  .openapi("CustomerBody");

export const putCustomer = endpoint(
  {
    summary: "Creates a customer, or updates what is named",
    description:
      "What is absent, null or empty leaves what is stored. Contacts told here are all that the customer has from then on.",
    tags: ["Records"],
    request: { params: customerParams, body: jsonBody(body) },
    responses: { 200: answers("Stored", customerAnswer), 201: answers("Created", customerAnswer) },
  },
  (services) => async (c) => {
    const { ref } = c.req.valid("param");
    const { contacts = [], customer_ref, ...flat } = c.req.valid("json");
    requireSame("customer_ref", customer_ref, ref);
    const base = { ...flat, customer_ref: ref };
    const rows = [base, ...contacts.map((contact) => withContact(base, contact))].map(toRow);
    const records = rows.map((row) => recordOf(parseCustomerRow(row)));
    const existed = (await findRecordedCustomer(services.db, ref)) !== undefined;
    isChanged(
      await putCustomers(services, records, { author: c.get("author"), at: services.clock(), source: "api" }),
    );
    const told = records.flatMap(({ contact }) => contact ?? []);
    if (told.length > 0) await keepContacts(services, { customerRef: ref, contacts: told });
    const card = (await findRecordedCustomer(services.db, ref))!;
    return existed ? c.json(toAnswer(card), 200) : c.json(toAnswer(card), 201);
  },
);

function withContact<T>(base: T, contact: { name?: string | null; email: string; role?: string | null }) {
  return { ...base, contact_name: contact.name, contact_email: contact.email, contact_role: contact.role };
}

function toAnswer(card: RecordedCustomer): z.output<typeof customerAnswer> {
  return {
    customer_ref: card.ref,
    name: card.name,
    legal_name: card.legalName,
    address: card.address,
    kind: card.kind,
    country: card.country,
    locale: card.locale,
    timezone: card.timezone,
    owner_email: card.ownerEmail,
    policy: card.policy,
    contacts: card.contacts.map(({ name, email, role }) => ({ name, email, role })),
  };
}
