import type { InStatement, Row } from "@libsql/client";
import type { DocumentKind } from "../domain/document.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

/** A document without its content. */
export type StoredDocument = {
  id: string;
  kind: DocumentKind;
  name: string;
  mediaType: string;
  bytes: number;
  /** In hexadecimal. */
  sha256: string;
  author: string;
  at: Instant;
};

const COLUMNS = "id, kind, name, media_type, bytes, sha256, author, at";

/** The documents of an invoice in the order in which they came. */
export function documentsQuery(invoiceId: string): InStatement {
  return { sql: `SELECT ${COLUMNS} FROM documents WHERE invoice_id = ? ORDER BY id`, args: [invoiceId] };
}

export function readDocuments({ rows }: { rows: Row[] }): StoredDocument[] {
  return rows.map((row) => ({
    id: String(row.id),
    kind: row.kind as DocumentKind,
    name: String(row.name),
    mediaType: String(row.media_type),
    bytes: Number(row.bytes),
    sha256: String(row.sha256),
    author: String(row.author),
    at: Number(row.at),
  }));
}

/** One document with its content, or undefined. */
export async function findDocument(
  db: Db,
  id: string,
): Promise<(StoredDocument & { content: Uint8Array<ArrayBuffer> }) | undefined> {
  const result = await db.client.execute({
    sql: `SELECT ${COLUMNS}, content FROM documents WHERE id = ?`,
    args: [id],
  });
  const [document] = readDocuments(result);
  return document && { ...document, content: new Uint8Array(result.rows[0]!.content as ArrayBuffer) };
}

export function putDocumentStatement(
  document: StoredDocument & { customerId: string; invoiceId: string; content: Uint8Array },
): InStatement {
  const d = document;
  return {
    sql: `INSERT INTO documents (customer_id, invoice_id, ${COLUMNS}, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [
      d.customerId,
      d.invoiceId,
      d.id,
      d.kind,
      d.name,
      d.mediaType,
      d.bytes,
      d.sha256,
      d.author,
      d.at,
      d.content,
    ],
  };
}
