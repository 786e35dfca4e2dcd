import { beforeAll, expect, test } from "vitest";
import { createApp } from "../../../src/http/app.ts";
import { applyCreditor } from "../../../src/reminders/records/apply-creditor.ts";
import { ACME } from "../../support/cast.ts";
import { makeServices } from "../../support/database.ts";
import { type DebtorSite, everythingIn, rowsOf, type Visitor, visitorOf } from "../../support/debtor-site.ts";
import { formOf, textOf } from "../../support/form.ts";

let site: DebtorSite;

beforeAll(async () => {
  const services = await makeServices();
  await applyCreditor(services, ACME);
  const app = createApp(services, { isWorker: false, remoteAddress: () => "192.0.2.1" });
  site = { services, request: async (path, init) => app.request(path, init) };
});

const TYPED = { reason: "other", text: "The pallets are not ours." };

function filesOf(from: number, count: number): File[] {
  return Array.from({ length: count }, (_, n) => new File([`%PDF-1.4 ${from + n}`], `${from + n}.pdf`));
}

async function confirmAgain(visitor: Visitor, body: string, files: File[]) {
  return visitor.send(formOf(body), { confirm: "yes", name: "Bela Buch", files });
}

for (const [locale, sentence] of [
  ["en", "at most 10 files"],
  ["zh-CN", "最多可上传 10 个文件"],
] as const) {
  test(`a form with more than ten files is shown again and records nothing (${locale})`, async () => {
    const visitor = await visitorOf(site, { locale });
    const page = await visitor.fillIn("dispute", TYPED);
    const before = await everythingIn(site.services);
    const refused = await visitor.confirm(page, { files: filesOf(0, 11) });
    expect(refused.status).toBe(422);
    expect(textOf(refused.body)).toContain(sentence);
    expect(await everythingIn(site.services)).toBe(before);
    expect((await confirmAgain(visitor, refused.body, filesOf(0, 10))).status).toBe(200);
    expect(await rowsOf(site, "documents", visitor)).toHaveLength(10);
  });
}

test("what an invoice has no room for is asked to be left out, and the form is good still", async () => {
  const visitor = await visitorOf(site);
  for (const from of [0, 8]) {
    const paid = await visitor.fillIn("paid", { on: "2026-03-01" });
    await visitor.confirm(paid, { files: filesOf(from, 8) });
  }
  const page = await visitor.fillIn("dispute", TYPED);
  const refused = await visitor.confirm(page, { files: filesOf(16, 5) });
  expect(refused.status).toBe(422);
  expect(textOf(refused.body)).toContain("takes at most 20 files from you");
  expect(await rowsOf(site, "documents", visitor)).toHaveLength(16);
  expect(await rowsOf(site, "disputes", visitor)).toHaveLength(0);
  expect((await confirmAgain(visitor, refused.body, filesOf(16, 4))).status).toBe(200);
  expect(await rowsOf(site, "disputes", visitor)).toHaveLength(1);
});
