import fc from "fast-check";
import { expect, test } from "vitest";
import { type CsvRecord, readRecords } from "../../src/imports/csv.ts";

async function read(bytes: Buffer, chunkBytes: number): Promise<CsvRecord[]> {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  const records: CsvRecord[] = [];
  for await (const batch of readRecords(chunks(), { encoding: "utf-8", delimiter: ";" })) {
    records.push(...batch.records);
    if (batch.break) throw new Error(batch.break.error);
  }
  return records;
}

const plainCell = fc.string({
  unit: fc.constantFrom("a", "é", "中", "'", ",", " "),
  minLength: 1,
  maxLength: 5,
});
const quotedCell = fc.string({ unit: fc.constantFrom("a", "é", '"', ";", "\n", "\r\n", "\r"), maxLength: 5 });

test("however the bytes arrive, wherever the first quote comes, and however lines end, the records are the same", async () => {
  const cell = fc.oneof(
    { weight: 9, arbitrary: plainCell.map((value) => ({ value, text: value })) },
    {
      weight: 1,
      arbitrary: quotedCell.map((value) => ({ value, text: `"${value.replaceAll('"', '""')}"` })),
    },
  );
  const record = fc.tuple(
    fc.array(cell, { minLength: 2, maxLength: 4 }),
    fc.constantFrom("\n", "\r\n", "\r"),
    fc.boolean(),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { maxLength: 12 }),
      fc.integer({ min: 1, max: 40 }),
      async (records, chunkBytes) => {
        let text = "";
        let line = 1;
        const expected: CsvRecord[] = [];
        for (const [cells, lineEnd, isBlankAfter] of records) {
          expected.push({ line, cells: cells.map(({ value }) => value) });
          const written = cells.map((one) => one.text).join(";") + lineEnd + (isBlankAfter ? lineEnd : "");
          line += written.split(/\r\n?|\n/).length - 1;
          text += written;
        }
        expect(await read(Buffer.from(text), chunkBytes)).toEqual(expected);
      },
    ),
    { numRuns: 500 },
  );
});

test("a last line needs no end", async () => {
  expect(await read(Buffer.from("a;b\r\n1;2"), 3)).toEqual([
    { line: 1, cells: ["a", "b"] },
    { line: 2, cells: ["1", "2"] },
  ]);
});

test("a line of more than a million characters ends the reading", async () => {
  await expect(read(Buffer.from(`a;b\n1;${"x".repeat(1_200_000)}\n`), 65_536)).rejects.toThrow(
    "more than a million",
  );
});
