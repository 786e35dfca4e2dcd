import { expect, test } from "vitest";
import { documentName } from "../../src/domain/document.ts";

test.each([
  ["../../etc/passwd", "passwd.pdf"],
  ["C:\\Users\\rita\\Vertrag.pdf", "Vertrag.pdf"],
  ["a\0b\r\nc\u202efdp.pdf", "abcfdp.pdf"],
  ["合同 2026.PDF", "合同 2026.PDF"],
  ["what?<is>|this*.pdf", "what__is__this_.pdf"],
  ["", "document.pdf"],
  ["...", "document.pdf"],
  [" .hidden.pdf. ", "hidden.pdf"],
  ["CON.pdf", "_CON.pdf"],
  ["invoice.pdf.exe", "invoice.pdf.exe.pdf"],
])("calls %j %j", (given, name) => {
  expect(documentName(given, ["pdf"])).toBe(name);
});

test("keeps a long name to a hundred characters, whole ones, with its ending", () => {
  const name = documentName(`${"𝒳".repeat(200)}.pdf`, ["pdf"]);
  expect([...name]).toHaveLength(100);
  expect(name).toMatch(/^𝒳+\.pdf$/u);
});
