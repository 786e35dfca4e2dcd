import { createHash } from "node:crypto";
import type { InStatement, Transaction } from "@libsql/client";
import {
  documentsQuery,
  putDocumentStatement,
  readDocuments,
  type StoredDocument,
} from "../../db/documents.ts";
import { noteCustomer } from "../../db/touch.ts";
import {
  type DocumentKind,
  documentName,
  LARGEST_DOCUMENT_BYTES,
  MOST_DEBTOR_DOCUMENTS,
  MOST_DOCUMENTS,
} from "../../domain/document.ts";
import { newId } from "../../domain/ids.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { loadTarget } from "../decisions/hold-target.ts";
import { enter, startRecording, writeRecording } from "../recording.ts";
import { settleMediaType } from "./media-type.ts";

/** One file for an invoice. */
export type NewFile = {
  kind: DocumentKind;
  /** As its file was called; made safe here. */
  name: string;
  content: Uint8Array;
};

type Attaching = {
  invoiceNumber: string;
  author: string;
  /** Where a debtor attaches it: the customer whose invoice it has to be. */
  customerId?: string;
};

export type NewDocument = Attaching & NewFile;

type Attached = StoredDocument & { changed: boolean };

/**
 * Keeps a document with an invoice, byte for byte, and enters its SHA-256 in the ledger; nothing is decided by it. The same content
 * is kept once: the document that is there is answered, as it was named then. Throws `not_found` for an unknown invoice, `invalid`
 * for a file that is empty, too large or of a form that is not taken, `conflict` where the invoice has too many.
 */
export async function attachDocument(
  services: Pick<Services, "db" | "clock">,
  { kind, name, content, ...to }: NewDocument,
): Promise<Attached> {
  const [attached] = await attachDocuments(services, { ...to, files: [{ kind, name, content }] });
  return attached!;
}

/** Keeps several documents with an invoice, all of them or none. Throws what `attachDocument` throws. */
export async function attachDocuments(
  services: Pick<Services, "db" | "clock">,
  { files, ...to }: Attaching & { files: NewFile[] },
): Promise<Attached[]> {
  const taken = await Promise.all(files.map(takeFile));
  const { author } = to;
  const at = services.clock();
  return services.db.write(async (tx) => {
    const { customerId, invoiceId, ledgers } = await loadInvoice(tx, to);
    const known = readDocuments(await tx.execute(documentsQuery(invoiceId)));
    const bySha256 = new Map(known.map((document) => [document.sha256, document]));
    const recording = startRecording({ at, author });
    const statements: InStatement[] = [];
    const attached = taken.map(({ content, ...file }) => {
      const same = bySha256.get(file.sha256);
      if (same) return { ...same, changed: false };
      const document = { id: newId("doc", at), ...file, author, at };
      bySha256.set(document.sha256, document);
      enter(recording, invoiceId, "document_attached", said(document));
      statements.push(putDocumentStatement({ ...document, customerId, invoiceId, content }));
      return { ...document, changed: true };
    });
    if (statements.length > 0) {
      refuseMore([...bySha256.values()], author);
      await tx.batch([...statements, noteCustomer(customerId, at)]);
      await writeRecording(tx, recording, ledgers);
    }
    return attached;
  });
}

/** What a file is by its content, under a name that fits it. */
async function takeFile({ kind, name: given, content }: NewFile) {
  refuseSize(content.length);
  const { mediaType, extensions } = await settleMediaType(content, given);
  const sha256 = createHash("sha256").update(content).digest("hex");
  return { kind, name: documentName(given, extensions), mediaType, bytes: content.length, sha256, content };
}

async function loadInvoice(tx: Transaction, { invoiceNumber, customerId }: Attaching) {
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

/** Throws `conflict` where the author's side would have more documents with the invoice than it may. */
function refuseMore(documents: StoredDocument[], author: string): void {
  const isDebtors = author === "debtor";
  const most = isDebtors ? MOST_DEBTOR_DOCUMENTS : MOST_DOCUMENTS;
  const count = documents.filter((document) => (document.author === "debtor") === isDebtors).length;
  if (count <= most) return;
  const whose = isDebtors ? "of its debtor" : "of ours";
  throw new AppError("conflict", `the invoice takes at most ${most} documents ${whose}, and no more`);
}
