import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { wordsFor } from "../../../src/email/words.ts";
import { createApp } from "../../../src/http/app.ts";
import { statementPdf } from "../../../src/http/debtor/statement-pdf.ts";
import type { Page } from "../../../src/http/debtor/way.ts";
import { openLink } from "../../../src/reminders/links/debtor-account.ts";
import { applyCreditor } from "../../../src/reminders/records/apply-creditor.ts";
import { putCustomers } from "../../../src/reminders/records/put-customers.ts";
import { ACME, HUAYUE } from "../../support/cast.ts";
import { makeServices } from "../../support/database.ts";
import { visitorOf } from "../../support/debtor-site.ts";
import { textOf } from "../../support/form.ts";

const require = createRequire(import.meta.url);
// Of the library that made the PDF; it comes without types.
const fontkit = require("fontkit");
const SOURCES = [
  "pdfmake/fonts/Roboto/Roboto-Regular.ttf",
  "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
].map((path) => fontkit.openSync(require.resolve(path)));

// Text that can be copied out of a PDF proves nothing about what is printed: the shapes themselves are compared.
test("every sign of a statement is printed in its own shape, in Chinese and in Europe's alphabets", async () => {
  const company = "鑫晟（上海）贸易有限公司〇 Łódź Köln Ελλάδα Київ";
  const { printed, text } = await printStatement(company, "zh-CN");
  expect(text).not.toContain("\0");
  for (const said of ["对账单", "发票号码", "未结清合计", "¥1,000.00", "订单号", ...company.split(" ")]) {
    expect(text.replaceAll(" ", "")).toContain(said);
  }
  for (const { text: run, font, shapes } of printed) {
    const source = SOURCES.find(({ postscriptName }) => postscriptName === font)!;
    expect([run, ...shapes]).toEqual([run, ...shapesOf(source.layout(run).glyphs)]);
  }
});

test("a statement of many invoices goes on over the pages, each row whole", async () => {
  const { pages, text } = await printStatement("Nordwind", "en", 120);
  expect(pages).toBeGreaterThan(3);
  for (let n = 1; n <= 120; n++) expect(text).toMatch(new RegExp(`-${n}\\D`));
});

test("an account of more than 1,500 invoices has its statement as CSV alone, to which the PDF's address leads", async () => {
  const services = await makeServices();
  await applyCreditor(services, ACME);
  const app = createApp(services, { isWorker: false, remoteAddress: () => null, readAsset });
  const site = { services, request: async (path: string, init?: RequestInit) => app.request(path, init) };
  const pdfOf = async (invoices: number) => {
    const { path, get } = await visitorOf(site, { invoices: Array(invoices).fill({}) });
    const { body } = await get(path);
    expect(body).toContain(`href="${path}/statement.csv"`);
    return { path, get, isOffered: body.includes("statement.pdf") };
  };
  expect((await pdfOf(1_500)).isOffered).toBe(true);
  const { path, get, isOffered } = await pdfOf(1_501);
  expect(isOffered).toBe(false);
  const { status, body } = await get(`${path}/statement.pdf`);
  expect([status, textOf(body)]).toEqual([404, expect.stringContaining("There is no PDF of this statement")]);
  expect(body).toContain(`href="${path}/statement.csv"`);
  expect((await get(`${path}/statement.csv`)).body.split("\r\n")).toHaveLength(1_503);
});

async function printStatement(company: string, locale: string, invoices = 1) {
  const services = await makeServices();
  await applyCreditor(services, ACME);
  const site = { services, request: () => Promise.reject(new Error("nobody asks")) };
  const own = { currency: "CNY", poNumber: "PO-1" };
  const visitor = await visitorOf(site, { locale, invoices: Array(invoices).fill(own) });
  const customer = { ...HUAYUE, ref: visitor.ref, name: company, legalName: company, locale };
  await putCustomers(services, [customer], { author: "test", at: services.clock() });
  const token = visitor.path.slice("/p/".length);
  const opened = await openLink(services, token);
  if (opened.state !== "open") throw new Error("the link opens nothing");
  const page: Page = { ...opened, token, words: wordsFor(locale), hasPdf: true };
  const pdf = await statementPdf(page, readAsset);
  return readPdf(Buffer.from(pdf));
}

function readAsset(name: string): Promise<Buffer> {
  return readFile(`${import.meta.dirname}/../../../assets/${name}`);
}

/** What the pages print, run by run: the signs it stands for, its font, and the shapes that this font brought along. */
function readPdf(pdf: Buffer) {
  const streams = streamsOf(pdf);
  const texts = streams.map((stream) => stream.toString("latin1"));
  // In the order in which they are numbered as /F1, /F2; the first has names with B, the second with C.
  const names = new Set(
    pdf
      .toString("latin1")
      .match(/(?<=\/BaseFont \/)\w+\+[\w-]+/g)!
      .sort(),
  );
  const fontNames = [...names].map((name) => name.split("+")[1]!);
  const fonts = streams
    .filter((_, index) => texts[index]!.startsWith("true"))
    .map((font) => fontkit.create(font));
  const signs = texts.filter((text) => text.includes("begincmap")).map(signsOf);
  const pages = texts.filter((text) => /\bBT\b/.test(text));
  let at = 0;
  const printed = pages.flatMap((content) =>
    [...content.matchAll(/\/F(\d) [\d.]+ Tf|\[(.*)\] TJ/g)].flatMap(([, number, codes]) => {
      if (number) at = Number(number) - 1;
      if (!codes) return [];
      const ids = [...codes.matchAll(/<([0-9a-f]+)>/g)]
        .flatMap(([, hex]) => hex!.match(/.{4}/g)!)
        .map((code) => Number.parseInt(code, 16));
      const shapes = shapesOf(ids.map((id) => fonts[at].getGlyph(id)));
      return [{ text: ids.map((id) => signs[at]![id]).join(""), font: fontNames[at]!, shapes }];
    }),
  );
  return { pages: pages.length, printed, text: printed.map(({ text }) => text).join("") };
}

// biome-ignore lint/suspicious/noExplicitAny: the library comes without types
function shapesOf(glyphs: any[]): string[] {
  return glyphs.map(({ path }) => path.toSVG());
}

function streamsOf(pdf: Buffer): Buffer[] {
  const starts = [...pdf.toString("latin1").matchAll(/\/Length (\d+)[^>]*\/FlateDecode[^>]*>>\s*stream\n/g)];
  return starts.map(({ 0: head, 1: length, index }) =>
    inflateSync(pdf.subarray(index + head.length, index + head.length + Number(length))),
  );
}

/** The signs that the glyphs stand for, by their numbers, from what is there for copying. */
function signsOf(cmap: string): string[] {
  const ranges = [...cmap.matchAll(/<[0-9a-f]+> <[0-9a-f]+> \[([^\]]*)\]/g)].map(([, list]) => list!);
  const signs = ranges.flatMap((list) =>
    [...list.matchAll(/<([0-9a-f ]*)>/g)].map(([, hex]) => hex!.replaceAll(" ", "")),
  );
  return signs.map((hex) => Buffer.from(hex, "hex").swap16().toString("utf16le"));
}
