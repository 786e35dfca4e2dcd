import { createHash } from "node:crypto";
import type { Transaction } from "@libsql/client";
import { documentsQuery, putDocumentStatement, readDocuments, type StoredDocument } from "../db/documents.ts";
import {
  type DocumentKind,
  documentName,
  LARGEST_DOCUMENT_BYTES,
  MOST_DOCUMENTS,
} from "../domain/document.ts";
import { newId } from "../domain/ids.ts";
import { AppError } from "../errors.ts";
import type { Services } from "../services.ts";
import { loadTarget } from "./hold-target.ts";
import { settleMediaType } from "./media-type.ts";
import { enter, startRecording, writeRecording } from "./recording.ts";

export type NewDocument = {
  invoiceNumber: string;
  kind: DocumentKind;
  /** As its file was called; made safe here. */
  name: string;
  content: Uint8Array;
  author: string;
  /** Where a debtor attaches it: the customer whose invoice it has to be. */
  customerId?: string;
};

/**
 * Keeps a document with an invoice, byte for byte, and enters its SHA-256 in the ledger; nothing is decided by it. The same content
 * is kept once: the document that is there is answered, as it was named then. Throws `not_found` for an unknown invoice, `invalid`
 * for a file that is empty, too large or of a form that is not taken, `conflict` where the invoice has too many.
 */
export async function attachDocument(
  services: Pick<Services, "db" | "clock">,
  given: NewDocument,
): Promise<StoredDocument & { changed: boolean }> {
  const { content, kind, author } = given;
  refuseSize(content.length);
  const { mediaType, extensions } = await settleMediaType(content, given.name);
  const sha256 = createHash("sha256").update(content).digest("hex");
  const at = services.clock();
  return services.db.write(async (tx) => {
    const { customerId, invoiceId, ledgers } = await loadInvoice(tx, given);
    const documents = readDocuments(await tx.execute(documentsQuery(invoiceId)));
    const same = documents.find((document) => document.sha256 === sha256);
    if (same) return { ...same, changed: false };
    refuseMore(documents.length);
    const name = documentName(given.name, extensions);
    const bytes = content.length;
    const document = { id: newId("doc", at), kind, name, mediaType, bytes, sha256, author, at };
    const recording = startRecording({ at, author });
    enter(recording, invoiceId, "document_attached", said(document));
    await tx.batch([putDocumentStatement({ ...document, customerId, invoiceId, content })]);
    await writeRecording(tx, recording, ledgers);
    return { ...document, changed: true };
  });
}

async function loadInvoice(tx: Transaction, { invoiceNumber, customerId }: NewDocument) {
  const { customer, invoiceId, ledgers } = await loadTarget(tx, { invoiceNumber });
  if (customerId !== undefined && customerId !== customer.id) {
    throw new AppError("not_found", `there is no invoice ${invoiceNumber}`);
  }
  return { customerId: customer.id, invoiceId: invoiceId!, ledgers };
}

/** A document in the words of the ledger. */
function said({ id, kind, name, mediaType, bytes, sha256 }: StoredDocument): Record<string, unknown> {
  return { document: id, kind, name, media_type: mediaType, bytes, sha256 };
}

function refuseSize(bytes: number): void {
  if (bytes === 0) throw new AppError("invalid", "the file is empty");
  if (bytes <= LARGEST_DOCUMENT_BYTES) return;
  const most = LARGEST_DOCUMENT_BYTES / 1024 / 1024;
  throw new AppError("invalid", `the file is too large: a document has at most ${most} MB`);
}

function refuseMore(count: number): void {
  if (count < MOST_DOCUMENTS) return;
  throw new AppError("conflict", `the invoice has ${MOST_DOCUMENTS} documents already, and takes no more`);
}
