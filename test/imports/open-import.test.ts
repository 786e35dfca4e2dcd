import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ImportKind } from "../../src/imports/columns.ts";
import { openImport, type SourceRow } from "../../src/imports/open-import.ts";
import { makeFile } from "../support/import-text.ts";

const HEADER = "invoice_number,amount,paid_on,reference\n";

async function read(
  content: string | Uint8Array,
  kind: ImportKind = "payments",
  mapping?: unknown,
): Promise<SourceRow[]> {
  const mappingPath =
    mapping === undefined
      ? undefined
      : await makeFile(typeof mapping === "string" ? mapping : JSON.stringify(mapping), "m.json");
  const source = await openImport({ kind, path: await makeFile(content), mappingPath });
  const rows: SourceRow[] = [];
  for await (const batch of source.rows()) rows.push(...batch);
  return rows;
}

async function references(content: string | Uint8Array): Promise<(string | undefined)[]> {
  return (await read(content)).map(({ row }) => row.reference);
}

function utf16(text: string): Buffer {
  return Buffer.from(text, "utf16le");
}

function latin1(text: string): Buffer {
  return Buffer.from(text, "latin1");
}

describe("text is recognised as it was saved:", () => {
  const text = `${HEADER}1,2,2026-01-01,Größe\n`;
  const bom = "\ufeff";
  test.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a mark", Buffer.from(bom + text)],
    ["UTF-16 LE with a mark", utf16(bom + text)],
    ["UTF-16 LE without a mark", utf16(text)],
    ["UTF-16 BE with a mark", utf16(bom + text).swap16()],
    ["UTF-16 BE without a mark", utf16(text).swap16()],
    ["Windows-1252", latin1(text)],
    [
      "Windows-1252, semicolons, Windows line ends",
      latin1(text.replaceAll(",", ";").replaceAll("\n", "\r\n")),
    ],
    ["tabs, old Mac line ends", Buffer.from(text.replaceAll(",", "\t").replaceAll("\n", "\r"))],
    ["Excel's first line", Buffer.from(`sep=;\r\n${text.replaceAll(",", ";")}`)],
  ])("%s", async (_, bytes) => expect(await references(bytes)).toEqual(["Größe"]));

  test("the euro sign of Windows-1252", async () =>
    expect(await references(latin1(`${HEADER}1,2,2026-01-01,5 \x80\n`))).toEqual(["5 €"]));

  test("GB 18030, as Chinese spreadsheets save it", async () => {
    const name = Buffer.from([0xd6, 0xd0, 0xb9, 0xfa]);
    expect(await references(Buffer.concat([Buffer.from(`${HEADER}1,2,2026-01-01,`), name]))).toEqual([
      "中国",
    ]);
  });

  test("a first accent that comes late", async () => {
    const rows = "1,2,2026-01-01,x\n".repeat(40_000);
    expect((await references(latin1(`${HEADER}${rows}1,2,2026-01-01,é\n`))).at(-1)).toBe("é");
  });
});

test("a row is told by the physical line on which it starts", async () => {
  const text = `${HEADER}1,2,2026-01-01,"a\r\nb\nc"\r\n\n2,3,2026-01-01,"x"\n3,4,2026-01-01,"y\n\nz"\r\n4,5,2026-01-01,\n`;
  expect((await read(text)).map(({ line, row }) => [line, row.invoice_number])).toEqual([
    [2, "1"],
    [6, "2"],
    [7, "3"],
    [10, "4"],
  ]);
});

test("what is written as CSV is read back cell by cell, with its lines", async () => {
  const cell = fc.string({
    unit: fc.constantFrom("a", "ß", "中", '"', ",", ";", "\t", "\n", "\r\n", " ", "'", "😀"),
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell, cell, cell), { maxLength: 20 }),
      fc.constantFrom(",", ";", "\t"),
      fc.constantFrom("\n", "\r\n"),
      fc.constantFrom("utf8", "utf16le", "utf16be"),
      async (cells, delimiter, lineEnd, encoding) => {
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const lines = [HEADER.trim().split(","), ...cells].map(
          (row) => row.map(quote).join(delimiter) + lineEnd,
        );
        const text = `\ufeff${lines.join("")}`;
        const bytes = encoding === "utf8" ? Buffer.from(text) : utf16(text);
        const rows = await read(encoding === "utf16be" ? bytes.swap16() : bytes);
        expect(rows.map(({ row }) => [row.invoice_number, row.amount, row.paid_on, row.reference])).toEqual(
          cells,
        );
        const starts = cells.map(
          (_, i) =>
            lines
              .slice(0, i + 1)
              .join("")
              .split("\n").length,
        );
        expect(rows.map(({ line }) => line)).toEqual(starts);
      },
    ),
    { numRuns: 60 },
  );
});

test("a row with too few or too many columns is a problem of its own", async () => {
  const rows = await read(`${HEADER}1,2\n2,3,2026-01-01,a,b\n3,4,2026-01-01,a,,\n`);
  expect(rows.map(({ line, problem }) => [line, problem?.column, problem?.value])).toEqual([
    [2, "paid_on", ""],
    [3, "", "b"],
    [4, undefined, undefined],
  ]);
});

test("a quote that is never closed ends the reading at its row", async () => {
  const rows = await read(`${HEADER}1,2,2026-01-01,a\n2,3,"2026-01-01,b\n3,4,2026-01-01,c\n`);
  expect(rows).toHaveLength(2);
  expect(rows[1]).toMatchObject({
    line: 3,
    problem: { isRestUnread: true, error: expect.stringContaining("never closed") },
  });
});

test("a mapping takes columns, fixed values and templates, and leaves the other columns alone", async () => {
  const mapping = {
    invoice_number: { column: "No" },
    amount: { column: "Sum" },
    paid_on: { column: "When", format: "M/D/YYYY" },
    currency: { value: "EUR" },
    reference: { template: "{No}/{When}" },
  };
  const rows = await read("When;Other;No;Sum\n1/2/2026;x;7;8\n;x;8;9\n", "payments", mapping);
  expect(rows.map(({ row }) => row)).toEqual([
    { invoice_number: "7", amount: "8", paid_on: "1/2/2026", currency: "EUR", reference: "7/1/2/2026" },
    { invoice_number: "8", amount: "9", paid_on: "", currency: "EUR", reference: "" },
  ]);
});

describe("nothing is opened, and one sentence says why:", () => {
  const good = { invoice_number: { column: "No" }, amount: { column: "Sum" }, paid_on: { column: "When" } };
  test.each([
    ["an unknown column", "invoice_number,amount,paid\n", undefined, 'unknown column "paid"'],
    ["and the nearest one", "invoice_number,amount,paid\n", undefined, "did you mean paid_on?"],
    ["a missing column", "invoice_number,paid_on\n", undefined, "amount is missing"],
    ["a column twice", "invoice_number,amount,amount,paid_on\n", undefined, 'two columns named "amount"'],
    ["an empty file", "", undefined, "has no header"],
    ["a workbook", "PK\u0003\u0004…", undefined, "is an Excel workbook"],
    ["a binary file", "\u0001\u0000\u0000\u0000\u0002", undefined, "is no text file"],
    [
      "damaged UTF-8",
      Buffer.concat([Buffer.from("äöü中国"), Buffer.from([0xe9]), Buffer.from("x")]),
      undefined,
      "damaged",
    ],
    ["a header with an open quote", '"invoice_number,amount\n1,2\n', undefined, "not closed"],
    ["a mapping that is no JSON", "No,Sum,When\n", "{", "mapping: it is no JSON"],
    ["an unknown field", "No,Sum,When\n", { ...good, amont: { column: "Sum" } }, "did you mean amount?"],
    ["an unknown key", "No,Sum,When\n", { ...good, currency: { fixed: "EUR" } }, '"currency" is {"column"'],
    ["a field without its column", "No,Sum,Date\n", good, 'the file has no column "When"'],
    [
      "a template without its column",
      "No,Sum,When\n",
      { ...good, reference: { template: "{Nr}" } },
      "did you mean No?",
    ],
    [
      "a form of date that is none",
      "No,Sum,When\n",
      { ...good, paid_on: { column: "When", format: "M/D" } },
      '"M/D"',
    ],
    [
      "a form for no date",
      "No,Sum,When\n",
      { ...good, amount: { column: "Sum", format: "M/D/YYYY" } },
      "only issued_on",
    ],
    [
      "a required field left out",
      "No,Sum,When\n",
      { amount: { column: "Sum" } },
      "invoice_number or customer_ref is missing",
    ],
  ])("%s", async (_, content, mapping, sentence) => {
    await expect(read(content, "payments", mapping)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining(sentence),
    });
  });

  test("a missing file, and a folder", async () => {
    await expect(openImport({ kind: "payments", path: "/nowhere/x.csv" })).rejects.toThrow(
      "/nowhere/x.csv does not exist",
    );
    await expect(openImport({ kind: "payments", path: "/" })).rejects.toThrow("is no regular file");
  });
});

test("a long file is read in flat memory", async () => {
  const count = 150_000;
  const row = "123456,1234.56,2026-01-01,a reference of some length to fill the file\n";
  const source = await openImport({ kind: "payments", path: await makeFile(HEADER + row.repeat(count)) });
  const held: number[] = [];
  let rows = 0;
  for await (const batch of source.rows()) {
    rows += batch.length;
    if (rows > (count / 4) * (held.length + 1)) held.push(heldBytes());
  }
  expect(rows).toBe(count);
  // A quarter of the rows, were they kept, would weigh some 15 MB.
  expect(held.at(-1)! - held[0]!).toBeLessThan(5_000_000);
  expect(source.bytesRead()).toBe(source.bytes);
});

/** What is in use after everything that nobody holds is gone. */
function heldBytes(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}
