import type { NoticeFile } from "../domain/notice.ts";
import { findDocument } from "./documents.ts";
import type { Db } from "./open.ts";

/**
 * The latest copy on record of each of these invoices that has no link to one, as many as weigh no more than `mostBytes` together;
 * `tooLarge` are the numbers of those that do not fit.
 */
export async function findInvoiceFiles(
  db: Db,
  { invoiceIds, mostBytes }: { invoiceIds: string[]; mostBytes: number },
): Promise<{ files: NoticeFile[]; tooLarge: string[] }> {
  const { rows } = await db.client.execute({
    sql: `SELECT i.number, d.bytes, max(d.id) AS id FROM json_each(?) j
          JOIN invoices i ON i.id = j.value AND i.invoice_url IS NULL
          JOIN documents d ON d.invoice_id = i.id AND d.kind = 'invoice' AND d.author <> 'debtor'
          GROUP BY i.id ORDER BY d.bytes`,
    args: [JSON.stringify(invoiceIds)],
  });
  const files: NoticeFile[] = [];
  const tooLarge: string[] = [];
  let room = mostBytes;
  for (const { number, bytes, id } of rows) {
    room -= Number(bytes);
    const found = room < 0 ? undefined : await findDocument(db, String(id));
    if (found) files.push(fileOf(String(number), found));
    else tooLarge.push(String(number));
  }
  return { files, tooLarge };
}

function fileOf(number: string, { name, mediaType, content }: Omit<NoticeFile, "number">): NoticeFile {
  return { number, name, mediaType, content };
}
