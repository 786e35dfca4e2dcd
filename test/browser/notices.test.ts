import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Notice } from "../../src/domain/notice.ts";
import { renderNotice } from "../../src/email/render-notice.ts";
import { EVERY_NOTICE } from "../email/every-notice.ts";
import { launchBrowser } from "./browser.ts";

const START_MS = 60_000;
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
}, START_MS);
afterAll(() => browser?.close());

/** How far each mail reaches beyond a window of this width, in pixels; nothing where it fits. */
async function overflows(mails: [title: string, html: string][], width: number): Promise<string[]> {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  const wide: string[] = [];
  for (const [title, html] of mails) {
    await page.setContent(html);
    const by = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
    if (Number(by) > 0) wide.push(`${title}: ${by} px`);
  }
  await page.close();
  return wide;
}

test.each([320, 1280])("every notice fits a window of %i pixels", { timeout: START_MS }, async (width) => {
  expect(
    await overflows(
      EVERY_NOTICE.map(({ title, html }) => [title, html]),
      width,
    ),
  ).toEqual([]);
});

test("long numbers, names and amounts fit a phone, too", { timeout: START_MS }, async () => {
  const mails = EVERY_NOTICE.map(({ title, notice }): [string, string] => [
    title,
    renderNotice(long(notice)).html,
  ]);
  expect(await overflows(mails, 360)).toEqual([]);
});

function long(notice: Notice): Notice {
  const { body, debtor } = notice;
  const word = "Donaudampfschifffahrtsgesellschaftskapitaenspatentpruefungsamt";
  const items = body.items.map((item) => ({
    ...item,
    number: `${word}-2027-000000000001`,
    amountMinor: 123_456_789_012,
    invoiceUrl: `https://files.acme.example/${word}${word}`,
  }));
  return {
    ...notice,
    debtor: { ...debtor, name: word, legalName: word, contactName: word },
    body: {
      ...body,
      items,
      name: `${word}${word}`,
      email: `${word}@${word}.example`,
      note: word.repeat(3),
      reference: word,
    },
  };
}
