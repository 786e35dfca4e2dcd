import { z } from "@hono/zod-openapi";
import { documentsQuery, findDocument, readDocuments, type StoredDocument } from "../../db/documents.ts";
import { DOCUMENT_KINDS } from "../../domain/document.ts";
import { AppError } from "../../errors.ts";
import { attachDocument } from "../../reminders/records/attach-document.ts";
import { attachment } from "../attachment.ts";
import { endpoint } from "../endpoint.ts";
import { requireInvoice } from "./invoices.ts";
import { answers, invoiceParams, isoInstant } from "./schemas.ts";

const FILE = "is needed: the document, as a file of a multipart/form-data body";
const KIND = `is one of ${DOCUMENT_KINDS.join(", ")}`;

const form = z
  .object({
    file: z
      .instanceof(File, { error: FILE })
      .openapi({ type: "string", format: "binary", description: "The document, of at most 10 MB." }),
    kind: z.enum(DOCUMENT_KINDS, { error: KIND }),
  })
  .openapi("DocumentForm");

const document = z
  .object({
    document: z.string(),
    kind: z.enum(DOCUMENT_KINDS),
    name: z.string(),
    media_type: z.string(),
    bytes: z.int(),
    sha256: z.string().openapi({ description: "Of its content, in hexadecimal." }),
    author: z.string(),
    at: isoInstant,
  })
  .openapi("Document");

export const postDocument = endpoint(
  {
    summary: "Keeps a document with an invoice: a contract, an order, a delivery note, a proof",
    tags: ["Records"],
    request: {
      params: invoiceParams,
      body: { required: true, content: { "multipart/form-data": { schema: form } } },
    },
    responses: {
      200: answers("The same content was kept before", document),
      201: answers("Kept", document),
    },
  },
  (services) => async (c) => {
    const { file, kind } = c.req.valid("form");
    const { changed, ...kept } = await attachDocument(services, {
      invoiceNumber: c.req.valid("param").number,
      kind,
      name: file.name,
      content: new Uint8Array(await file.arrayBuffer()),
      author: c.get("author"),
    });
    return c.json(toAnswer(kept), changed ? 201 : 200);
  },
);

export const getDocuments = endpoint(
  {
    summary: "The documents kept with an invoice, in the order in which they came",
    tags: ["Reading"],
    request: { params: invoiceParams },
    responses: { 200: answers("The documents", z.object({ documents: z.array(document) })) },
  },
  (services) => async (c) => {
    const { id } = await requireInvoice(services.db, c.req.valid("param").number);
    const found = readDocuments(await services.db.client.execute(documentsQuery(id)));
    return c.json({ documents: found.map(toAnswer) }, 200);
  },
);

export const getDocument = endpoint(
  {
    summary: "A document's content, to be saved: as it came, byte for byte",
    tags: ["Reading"],
    request: { params: z.object({ id: z.string().openapi({ example: "doc_…" }) }) },
    responses: {
      200: {
        description: "The content",
        content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } },
      },
    },
  },
  (services) => async (c) => {
    const found = await findDocument(services.db, c.req.valid("param").id);
    if (!found) throw new AppError("not_found", "There is no such document.");
    // What people attach is never shown as a page of ours, whatever it holds.
    c.header("Content-Security-Policy", "default-src 'none'; sandbox");
    c.header("Content-Disposition", attachment(found.name));
    return c.body(found.content, 200, { "Content-Type": found.mediaType });
  },
);

function toAnswer({ id, mediaType, at, ...rest }: StoredDocument): z.output<typeof document> {
  return { document: id, ...rest, media_type: mediaType, at: new Date(at).toISOString() };
}
