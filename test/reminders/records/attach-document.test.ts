import { createHash } from "node:crypto";
import { deflateSync, strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { findDocument } from "../../../src/db/documents.ts";
import { verifyLedger } from "../../../src/reminders/operation/verify-ledger.ts";
import {
  attachDocument,
  attachDocuments,
  type NewDocument,
} from "../../../src/reminders/records/attach-document.ts";
import { invoice } from "../../support/cast.ts";
import { ledgerOf, storedInvoice } from "../../support/stored.ts";
import { type Story, tellStory } from "../../support/story.ts";

const PDF = strToU8("%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n");
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function owed(): Promise<Story> {
  const story = await tellStory();
  await story.invoices(invoice({ number: "A-1" }), invoice({ number: "A-2" }));
  return story;
}

function document(overrides: Partial<NewDocument> = {}): NewDocument {
  return {
    invoiceNumber: "A-1",
    kind: "contract",
    name: "Vertrag.pdf",
    content: PDF,
    author: "cli:frieda",
    ...overrides,
  };
}

/** The parts by which Word files are known. */
function office(contentType: string): Uint8Array {
  const types = `<?xml version="1.0"?><Types><Override PartName="/x.xml" ContentType="${contentType}.main+xml"/></Types>`;
  return zipSync({ "[Content_Types].xml": strToU8(types), "word/document.xml": strToU8("<w/>") });
}
const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

test("keeps what was attached byte for byte, and enters its hash in the ledger", async () => {
  const story = await owed();
  const kept = await attachDocument(story, document());
  const sha256 = createHash("sha256").update(PDF).digest("hex");
  expect(kept).toMatchObject({ changed: true, name: "Vertrag.pdf", mediaType: "application/pdf", sha256 });
  expect((await findDocument(story.db, kept.id))?.content).toEqual(new Uint8Array(PDF));
  expect((await ledgerOf(story.db, "A-1")).at(-1)).toEqual({
    kind: "document_attached",
    author: "cli:frieda",
    data: {
      document: kept.id,
      kind: "contract",
      name: "Vertrag.pdf",
      media_type: "application/pdf",
      bytes: PDF.length,
      sha256,
    },
  });
  expect(await verifyLedger(story, () => {})).toMatchObject({ broken: 0 });
});

test("keeps the same content once for an invoice, under the name it came with first, and again for another invoice", async () => {
  const story = await owed();
  const first = await attachDocument(story, document());
  const again = await attachDocument(story, document({ name: "copy.pdf", kind: "other" }));
  expect(again).toEqual({ ...first, changed: false });
  expect((await ledgerOf(story.db, "A-1")).filter(({ kind }) => kind === "document_attached")).toHaveLength(
    1,
  );
  expect(await attachDocument(story, document({ invoiceNumber: "A-2" }))).toMatchObject({ changed: true });
});

test("decides nothing: what was decided about the customer still holds", async () => {
  const story = await owed();
  const before = (await storedInvoice(story.db, "A-1"))?.facts_version;
  await attachDocument(story, document());
  expect((await storedInvoice(story.db, "A-1"))?.facts_version).toBe(before);
});

test("takes a debtor's document for that debtor's own invoices alone", async () => {
  const story = await owed();
  const customerId = String((await storedInvoice(story.db, "A-1"))?.customer_id);
  const proof = document({ kind: "proof", author: "debtor" });
  await expect(attachDocument(story, { ...proof, customerId: "cus_other" })).rejects.toMatchObject({
    code: "not_found",
    message: "there is no invoice A-1",
  });
  expect(await attachDocument(story, { ...proof, customerId })).toMatchObject({ author: "debtor" });
});

test.each([
  ["a PDF called a picture", "scan.png", PDF, "application/pdf", "scan.png.pdf"],
  ["a picture", "Beleg.PNG", PNG, "image/png", "Beleg.PNG"],
  [
    "a photo",
    "p.jpeg",
    Buffer.from("ffd8ffe000104a46494600010100000100010000ffd9", "hex"),
    "image/jpeg",
    "p.jpeg",
  ],
  ["a text", "note.txt", "BMW hat bezahlt, wie besprochen – Grüße", "text/plain", "note.txt"],
  ["a Chinese text in GBK", "n.txt", Buffer.from("d2d1b8b6bfee", "hex"), "text/plain", "n.txt"],
  ["a text in UTF-16", "n.txt", Buffer.from("fffe48006900", "hex"), "text/plain", "n.txt"],
  ["a text called a script", "run.bat", "hello", "text/plain", "run.bat.txt"],
  ["a table", "lines.csv", "a,b\n1,2\n", "text/csv", "lines.csv"],
  [
    "an e-invoice",
    "xrechnung.xml",
    '<?xml version="1.0"?><ubl:Invoice/>',
    "application/xml",
    "xrechnung.xml",
  ],
  [
    "a mail with HTML",
    "re.eml",
    "From: a@b.example\r\nDate: now\r\n\r\n<html><p>ok</p>",
    "message/rfc822",
    "re.eml",
  ],
  ["a Word file", "order.docx", office(DOCX), DOCX, "order.docx"],
])("takes %s and names it by its content", async (_, name, content, mediaType, kept) => {
  const bytes = typeof content === "string" ? strToU8(content) : content;
  expect(await attachDocument(await owed(), document({ name, content: bytes }))).toMatchObject({
    mediaType,
    name: kept,
  });
});

test.each([
  ["a Windows program", Buffer.concat([Buffer.from("MZ"), Buffer.alloc(300)]), "it is a program"],
  ["a Linux program", Buffer.from("7f454c460201010000000000000000000300", "hex"), "it is a program"],
  ["a shell script", strToU8("#!/bin/sh\nrm -rf /"), "it is a program"],
  ["a web page", strToU8("<!DOCTYPE html><p>hello"), "print it to PDF"],
  ["a web page in UTF-16", Buffer.from("\ufeff<html><script>1</script>", "utf16le"), "print it to PDF"],
  [
    "an SVG picture",
    strToU8('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'),
    "print it to PDF",
  ],
  ["an archive", zipSync({ "a.exe": strToU8("x") }), "it is an archive"],
  [
    "an Office file with macros",
    office("application/vnd.ms-word.document.macroEnabled"),
    "it carries macros",
  ],
  [
    "an old Office file",
    Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]),
    "may carry macros",
  ],
  ["a song", Buffer.concat([Buffer.from("fLaC"), Buffer.alloc(20)]), "it is a .flac file"],
  ["noise", deflateSync(PNG), "nobody knows this form"],
])("refuses %s, whatever it is called, and says what is taken", async (_, content, why) => {
  const story = await owed();
  const refused = attachDocument(story, document({ name: "contract.pdf", content }));
  await expect(refused).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining(why) });
  await expect(refused).rejects.toThrow("accepted are PDF, PNG");
  expect(await ledgerOf(story.db, "A-1")).toHaveLength(1);
});

test("takes ten megabytes and not a byte more, nor a file without any", async () => {
  const story = await owed();
  const largest = new Uint8Array(10 * 1024 * 1024);
  largest.set(PDF);
  expect(await attachDocument(story, document({ content: largest }))).toMatchObject({
    bytes: largest.length,
  });
  const larger = new Uint8Array(largest.length + 1);
  larger.set(PDF);
  await expect(attachDocument(story, document({ content: larger }))).rejects.toThrow("at most 10 MB");
  await expect(attachDocument(story, document({ content: new Uint8Array() }))).rejects.toThrow(
    "the file is empty",
  );
});

test("an invoice takes fifty documents and no more", async () => {
  const story = await owed();
  const text = (n: number) => document({ name: `${n}.txt`, content: strToU8(`note ${n}`) });
  for (let n = 1; n <= 50; n++) await attachDocument(story, text(n));
  await expect(attachDocument(story, text(51))).rejects.toMatchObject({ code: "conflict" });
  expect(await attachDocument(story, text(7))).toMatchObject({ changed: false });
});

test("a debtor's documents are counted apart, and all that come together are kept or none", async () => {
  const story = await owed();
  const file = (n: number) => ({ kind: "other" as const, name: `${n}.txt`, content: strToU8(`note ${n}`) });
  const filesOf = (from: number, count: number) => Array.from({ length: count }, (_, n) => file(from + n));
  const attach = (files: ReturnType<typeof filesOf>) =>
    attachDocuments(story, { invoiceNumber: "A-1", author: "debtor", files });
  await attach(filesOf(0, 15));
  const entries = (await ledgerOf(story.db, "A-1")).length;
  await expect(attach(filesOf(15, 6))).rejects.toMatchObject({ code: "conflict" });
  expect(await ledgerOf(story.db, "A-1")).toHaveLength(entries);
  expect(await attach(filesOf(10, 10))).toHaveLength(10);
  expect(await attachDocument(story, document())).toMatchObject({ changed: true });
  expect(await verifyLedger(story, () => {})).toMatchObject({ broken: 0 });
});

test("an unknown invoice takes none", async () => {
  await expect(attachDocument(await owed(), document({ invoiceNumber: "X" }))).rejects.toMatchObject({
    code: "not_found",
  });
});
