import { z } from "@hono/zod-openapi";
import { readTimeline } from "../../db/timeline.ts";
import { formatDecimal } from "../../domain/money.ts";
import { endpoint } from "../endpoint.ts";
import { requireInvoice } from "./invoices.ts";
import { answers, cursor, invoiceParams, isoInstant } from "./schemas.ts";

const PAGE_SIZE = 200;

const entry = z
  .object({
    seq: z.int(),
    at: isoInstant,
    kind: z.string(),
    author: z
      .string()
      .openapi({ description: "Who: `clock`, `import`, `api`, `cli`, a person, the debtor." }),
    data: z.record(z.string(), z.unknown()),
    hash: z.string().openapi({ description: "SHA-256 over this entry and the hash before it." }),
  })
  .openapi("LedgerEntry");

export const getTimeline = endpoint(
  {
    summary: "Everything that happened to an invoice, oldest first, 200 a page",
    tags: ["Reading"],
    request: {
      params: invoiceParams,
      query: z.strictObject({
        cursor: z
          .string()
          .regex(/^\d{1,9}$/, "is not one that was given out")
          .optional(),
      }),
    },
    responses: {
      200: answers(
        "The ledger",
        z.object({ invoice_number: z.string(), entries: z.array(entry), next_cursor: cursor }),
      ),
    },
  },
  (services) => async (c) => {
    const { number } = c.req.valid("param");
    const after = Number(c.req.valid("query").cursor ?? 0);
    const { id } = await requireInvoice(services.db, number);
    const found = await readTimeline(services.db, id, { after, limit: PAGE_SIZE + 1 });
    const page = found.slice(0, PAGE_SIZE);
    const next = found.length > PAGE_SIZE ? String(page.at(-1)!.seq) : null;
    const entries = page.map((one) => ({
      ...one,
      at: new Date(one.at).toISOString(),
      data: inDecimals(one.data),
    }));
    return c.json({ invoice_number: number, entries, next_cursor: next }, 200);
  },
);

/** The ledger keeps what was asked in minor units; it is shown as every other amount is. */
function inDecimals(data: Record<string, unknown>): Record<string, unknown> {
  const { asked, currency } = data;
  if (typeof asked !== "number" || typeof currency !== "string") return data;
  return { ...data, asked: formatDecimal(asked, currency) };
}
