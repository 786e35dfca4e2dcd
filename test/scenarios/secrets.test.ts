import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { compose } from "../../src/compose.ts";
import { readSettings, SETTING_NAMES } from "../../src/config.ts";
import { migrate } from "../../src/db/migrate.ts";
import { createApp } from "../../src/http/app.ts";
import { recordFreshness } from "../../src/reminders/money/record-freshness.ts";
import { createKey } from "../../src/reminders/operation/create-key.ts";
import { applyCreditor } from "../../src/reminders/records/apply-creditor.ts";
import { putCustomers } from "../../src/reminders/records/put-customers.ts";
import { putInvoices } from "../../src/reminders/records/put-invoices.ts";
import { tick } from "../../src/reminders/sending/tick.ts";
import { ACME, invoice, NORDWIND } from "../support/cast.ts";
import { makeFolder } from "../support/folder.ts";

/** Each with a form of its own, so that hiding them by their looks alone would not do. */
const SECRETS: Record<string, string> = {
  DATABASE_AUTH_TOKEN: "database-token-of-a-test",
  LINK_SECRET: "the-first-link-secret,the-second-link-secret",
  API_KEY: "plainwordsasakeyofatest",
  AWS_ACCESS_KEY_ID: "KEYIDOFATEST",
  AWS_SECRET_ACCESS_KEY: "aws/secret+of/a+test",
  AWS_SESSION_TOKEN: "session-of-a-test",
  SLACK_BOT_TOKEN: "xoxb-bot-of-a-test",
  SLACK_SIGNING_SECRET: "signing-of-a-test",
  SLACK_APP_TOKEN: "xapp-app-of-a-test",
  STRIPE_WEBHOOK_SECRET: "stripe-of-a-test",
  PAYMENTS_WEBHOOK_SECRET: "whsec_cGF5bWVudHMtb2YtYS10ZXN0",
};
/** Nothing listens there: every call to a vendor fails, and what is told of it is part of the story. */
const NOWHERE = "http://127.0.0.1:9";
const DEBTOR = NORDWIND.contact!.email;

const log: string[] = [];
const told: { from: string; text: string }[] = [];
let forms: string[] = [];

beforeAll(async () => {
  const at = Date.parse("2026-03-10T10:00:00Z");
  const environment = {
    ...SECRETS,
    DATABASE_URL: `file:${join(await makeFolder("secrets"), "dunwell.db")}`,
    MAILER: "ses",
    MAIL_FROM: "ar@acme.example",
    AWS_REGION: "eu-central-1",
    AWS_ENDPOINT_URL_SES: NOWHERE,
    SLACK_API_URL: NOWHERE,
    PUBLIC_URL: "https://dunwell.example",
  };
  const services = await compose(environment, {
    clock: () => at,
    logLevel: "debug",
    write: (line) => log.push(line),
  });
  await migrate(services.db, at);
  const { key } = await createKey(services, { name: "desk", scopes: ["read"], author: "test" });
  forms = [...Object.values(SECRETS).flatMap((secret) => secret.split(",")), key];
  const context = { author: "test", at };
  await applyCreditor(services, ACME);
  await putCustomers(services, [NORDWIND], context);
  await putInvoices(services, [invoice({ number: "A" })], context);
  await recordFreshness(services, { through: at });
  await tick(services);
  services.log("error", "quoting", { detail: forms.join(" "), list: [{ forms }] });
  const app = createApp(services, { isWorker: false, remoteAddress: () => "203.0.113.9" });
  const ask = async (from: string, init: RequestInit = {}) => {
    const answer = await app.request(`http://localhost${from}`, init);
    told.push({ from, text: JSON.stringify([...answer.headers]) + (await answer.text()) });
  };
  for (const path of [
    "/healthz",
    "/openapi.json",
    "/docs",
    "/metrics",
    "/outbox",
    "/api/runs",
    "/api/keys",
    "/p/wrong",
  ]) {
    await ask(path);
    for (const secret of [SECRETS.API_KEY!, key, `${key}x`]) {
      await ask(path, { headers: { Authorization: `Bearer ${secret}` } });
    }
  }
  for (const path of ["/webhooks/ses", "/webhooks/payments", "/webhooks/stripe"]) {
    const headers = {
      "Stripe-Signature": "t=1,v1=00",
      "webhook-id": "m",
      "webhook-signature": "v1,x",
      "webhook-timestamp": "1",
    };
    await ask(path, { method: "POST", headers, body: JSON.stringify({ from: DEBTOR }) });
  }
  services.db.close();
  await ask("/api/aging", { headers: { Authorization: `Bearer ${SECRETS.API_KEY}` } });
}, 60_000);

test("the story has errors in it, and every secret setting that there is", () => {
  expect(log.join()).toMatch(/"level":"error"/);
  expect(told.at(-1)!.text).toContain("Internal error");
  const secret = SETTING_NAMES.filter((name) => /SECRET|TOKEN|API_KEY|ACCESS_KEY/.test(name));
  expect(Object.keys(SECRETS).sort()).toEqual(secret.sort());
});

test("no secret is read in a log, an error or an answer", () => {
  for (const form of forms) {
    expect(log.filter((line) => line.includes(form))).toEqual([]);
    expect(told.filter(({ text }) => text.includes(form))).toEqual([]);
  }
});

test("no debtor's address is read in a log, or in what anybody may read", () => {
  expect(log.filter((line) => line.includes(DEBTOR))).toEqual([]);
  const open = told.filter(({ from }) => !from.startsWith("/api") && from !== "/outbox");
  expect(open.filter(({ text }) => text.includes(DEBTOR))).toEqual([]);
});

test("a setting that is wrong is named, and its value is not told", () => {
  for (const name of SETTING_NAMES) {
    const value = "?? \u0000";
    let message = "";
    try {
      readSettings({ [name]: value });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).not.toContain(value);
  }
});
