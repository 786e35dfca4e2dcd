import { createHash } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { type Caller, makeCaller, tellBasics } from "./call.ts";

const PATH = "/api/invoices/A-1/documents";
const PDF = "%PDF-1.4\n%%EOF\n";

let caller: Caller;
beforeEach(async () => {
  caller = await makeCaller();
  await tellBasics(caller);
});

/** Posts a form; a file is its content and its name. */
async function post(
  fields: Record<string, string | [content: string | Uint8Array<ArrayBuffer>, name: string]>,
  path = PATH,
) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === "string") body.set(name, value);
    else body.set(name, new File([value[0]], value[1]));
  }
  const response = await caller.request(path, { method: "POST", body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test("a document is kept, listed and given back byte for byte, to be saved and never shown", async () => {
  const kept = await post({ kind: "contract", file: [PDF, "../Vertrag “Süd”.pdf"] });
  const sha256 = createHash("sha256").update(PDF).digest("hex");
  const document = {
    document: expect.stringMatching(/^doc_/),
    kind: "contract",
    name: "Vertrag “Süd”.pdf",
    media_type: "application/pdf",
    bytes: PDF.length,
    sha256,
    author: "api",
    at: "2026-03-02T10:00:00.000Z",
  };
  expect(kept).toEqual({ status: 201, body: document });
  expect((await caller.call("GET", PATH)).body).toEqual({ documents: [document] });
  const content = await caller.request(`/api/documents/${kept.body.document}`);
  expect(await content.text()).toBe(PDF);
  expect(Object.fromEntries(content.headers)).toMatchObject({
    "content-type": "application/pdf",
    "content-disposition":
      "attachment; filename=\"Vertrag _S_d_.pdf\"; filename*=UTF-8''Vertrag%20%E2%80%9CS%C3%BCd%E2%80%9D.pdf",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "no-store",
  });
});

test("the same content again is answered as it was kept", async () => {
  const first = await post({ kind: "order", file: [PDF, "a.pdf"] });
  expect(await post({ kind: "other", file: [PDF, "b.pdf"] })).toEqual({ status: 200, body: first.body });
});

test("a form that lacks something, or brings what is not taken, is refused by name", async () => {
  const problem = async (fields: Parameters<typeof post>[0]) => {
    const { status, body } = await post(fields);
    return [status, body.detail];
  };
  const needed = "file is needed: the document, as a file of a multipart/form-data body";
  expect(await problem({ kind: "contract" })).toEqual([422, needed]);
  expect(await problem({ kind: "contract", file: "text" })).toEqual([422, needed]);
  expect(await problem({ kind: "poem", file: [PDF, "a.pdf"] })).toEqual([
    422,
    "kind is one of contract, order, delivery_note, invoice, proof, other",
  ]);
  const page = await problem({ kind: "proof", file: ["<html>", "a.pdf"] });
  expect(page).toEqual([422, expect.stringContaining("it is a web page")]);
  expect((await post({ kind: "proof", file: [PDF, "a.pdf"] }, "/api/invoices/X/documents")).status).toBe(404);
  expect((await caller.call("POST", PATH, { kind: "proof" })).status).toBe(415);
  expect((await caller.call("GET", "/api/documents/doc_1")).status).toBe(404);
});

test("a document of the largest size fits, a larger body is refused, and other routes take no more than before", async () => {
  const largest = new Uint8Array(10 * 1024 * 1024);
  largest.set(Buffer.from(PDF));
  expect((await post({ kind: "contract", file: [largest, "large.pdf"] })).status).toBe(201);
  const announced = await caller.request(PATH, {
    method: "POST",
    body: "never read",
    headers: {
      "Content-Type": "multipart/form-data; boundary=x",
      "Content-Length": String(11 * 1024 * 1024),
    },
  });
  expect([announced.status, await announced.json()]).toMatchObject([
    413,
    { detail: "A body has at most 10 MiB." },
  ]);
  const chunks = ReadableStream.from(Array(11).fill(new Uint8Array(1024 * 1024)));
  const streamed = await caller.request(PATH, {
    method: "POST",
    body: chunks,
    headers: { "Content-Type": "multipart/form-data; boundary=x" },
    duplex: "half",
  } as RequestInit);
  expect(streamed.status).toBe(413);
  const invoice = await caller.call("PUT", "/api/invoices/A-1", " ".repeat(300 * 1024));
  expect([invoice.status, invoice.body.detail]).toEqual([413, "A body has at most 256 KiB."]);
});
