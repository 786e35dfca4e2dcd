import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, test } from "vitest";
import { createApp } from "../../../src/http/app.ts";
import { applyCreditor } from "../../../src/reminders/records/apply-creditor.ts";
import { ACME } from "../../support/cast.ts";
import { makeServices } from "../../support/database.ts";
import type { DebtorSite } from "../../support/debtor-site.ts";
import { PAGE_CHECKS } from "../../support/page-checks.ts";

let site: DebtorSite;

beforeAll(async () => {
  const services = await makeServices();
  await applyCreditor(services, ACME);
  const app = createApp(services, {
    isWorker: false,
    remoteAddress: () => "192.0.2.1",
    readAsset: (name) => readFile(join(import.meta.dirname, "../../../assets", name)),
  });
  site = { services, request: async (path, init) => app.request(path, init) };
});

describe("the debtor's page on Node", () => {
  for (const [name, check] of Object.entries(PAGE_CHECKS)) test(name, () => check(site));
});
