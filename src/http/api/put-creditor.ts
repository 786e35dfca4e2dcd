import { z } from "@hono/zod-openapi";
import { findCreditor } from "../../db/creditor.ts";
import type { Creditor } from "../../domain/letter.ts";
import { applyCreditor } from "../../reminders/records/apply-creditor.ts";
import { endpoint } from "../endpoint.ts";
import { answers, jsonBody } from "./schemas.ts";

const schema = z
  .object({
    legal_name: z.string(),
    address: z.string(),
    country: z.string().openapi({ example: "DE" }),
    timezone: z.string().default("UTC").openapi({ example: "Europe/Berlin" }),
    locale: z.string().default("en").openapi({ example: "en" }),
    from: z.string().openapi({ example: "Acme Accounts <ar@acme.example>" }),
    contact: z.object({ name: z.string(), email: z.string(), phone: z.string().optional() }),
    bank: z
      .object({
        holder: z.string(),
        iban: z.string().optional(),
        bic: z.string().optional(),
        name: z.string().optional(),
        account: z.string().optional(),
        bank_code: z.string().optional(),
      })
      .optional()
      .openapi({ description: "With an IBAN, or an account." }),
    finance_owner: z.string().openapi({ description: "An e-mail address: who decides formal notices." }),
  })
  .openapi("Creditor");

// What a creditor has to be is said once, where it is stored; here the shape is described and nothing judged.
const body = z.unknown().openapi({ allOf: [{ $ref: "#/components/schemas/Creditor" }] });

export const putCreditor = endpoint(
  {
    summary: "Says who is owed the money",
    tags: ["Records"],
    request: { body: jsonBody(body) },
    responses: { 200: answers("Stored", schema), 201: answers("Created", schema) },
  },
  (services) => async (c) => {
    const existed = (await findCreditor(services.db)) !== undefined;
    const { creditor } = await applyCreditor(services, c.req.valid("json"));
    return existed ? c.json(toAnswer(creditor), 200) : c.json(toAnswer(creditor), 201);
  },
);

/** As it is told: what is not known is absent, so that the answer can be sent again. */
function toAnswer(creditor: Creditor): z.output<typeof schema> {
  const { legalName, financeOwner, bank, contact, ...rest } = creditor;
  return {
    ...rest,
    legal_name: legalName,
    contact: { ...contact, phone: contact.phone ?? undefined },
    bank: bank
      ? {
          holder: bank.holder,
          iban: bank.iban ?? undefined,
          bic: bank.bic ?? undefined,
          name: bank.name ?? undefined,
          account: bank.account ?? undefined,
          bank_code: bank.bankCode ?? undefined,
        }
      : undefined,
    finance_owner: financeOwner,
  };
}
