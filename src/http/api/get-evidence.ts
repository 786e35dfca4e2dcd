import { z } from "@hono/zod-openapi";
import { bundleName, evidenceFiles } from "../../evidence/bundle.ts";
import { zip } from "../../evidence/zip.ts";
import { gatherEvidence } from "../../reminders/operation/gather-evidence.ts";
import { attachment } from "../attachment.ts";
import { endpoint } from "../endpoint.ts";
import { invoiceParams } from "./schemas.ts";

export const getEvidence = endpoint(
  {
    summary: "Everything on record for an invoice, packed to be handed on",
    tags: ["Reading"],
    request: { params: invoiceParams },
    responses: {
      200: {
        description: "A ZIP file; its README.txt says what is in it and how to check it without Dunwell",
        content: { "application/zip": { schema: z.string().openapi({ format: "binary" }) } },
      },
    },
  },
  (services) => async (c) => {
    const invoiceNumber = c.req.valid("param").number;
    const evidence = await gatherEvidence(services, { invoiceNumber });
    const files = evidenceFiles(evidence, ({ faults }) => {
      if (faults.length > 0) services.log("error", "record_does_not_hold", { invoice: evidence.invoice.id });
    });
    c.header("Content-Disposition", attachment(bundleName(invoiceNumber)));
    return c.body(ReadableStream.from(zip(files)), 200, { "Content-Type": "application/zip" });
  },
);
