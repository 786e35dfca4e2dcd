import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { DAY_MS } from "../../src/domain/civil-date.ts";
import { writeLetter } from "../../src/email/write-letter.ts";
import { writeNotice } from "../../src/email/write-notice.ts";
import { makePromise } from "../../src/reminders/agreements/make-promise.ts";
import { signLink } from "../../src/reminders/links/link.ts";
import { linkSecret } from "../../src/reminders/links/link-secret.ts";
import { sendNotices } from "../../src/reminders/notices/send-notices.ts";
import { tick } from "../../src/reminders/sending/tick.ts";
import { type Caller, invoiceBody, makeCaller, tellBasics } from "./call.ts";

const HOUR_MS = 3_600_000;

/** A caller after a first reminder has left, as real mail. */
async function afterReminder() {
  const alert = () => ({ text: "", blocks: [] });
  const caller = await makeCaller({
    services: { writer: { letter: writeLetter, notice: writeNotice, alert } },
  });
  await tellBasics(caller);
  await tick(caller.services);
  const { rows } = await caller.services.db.client.execute("SELECT id, customer_id FROM reminders");
  return { ...caller, reminderId: String(rows[0]!.id), customerId: String(rows[0]!.customer_id) };
}

async function linkOf(caller: Caller & { reminderId: string; customerId: string }) {
  const { services, customerId, reminderId } = caller;
  const expiresAt = services.clock() + HOUR_MS;
  return `/p/${signLink(await linkSecret(services), { customerId, reminderId, expiresAt })}`;
}

async function dump({ services }: Caller): Promise<string> {
  const { rows: tables } = await services.db.client.execute(
    "SELECT name FROM sqlite_master WHERE type = 'table'",
  );
  const contents = await Promise.all(
    tables.map(({ name }) => services.db.client.execute(`SELECT * FROM "${name}"`)),
  );
  return JSON.stringify(contents.map(({ rows }) => rows));
}

test("the outbox lists what left and shows it as HTML, as text and byte for byte", async () => {
  const caller = await afterReminder();
  const { call, services, reminderId } = caller;
  expect((await call("GET", "/outbox")).body).toContain(`href="/outbox/${reminderId}"`);
  const page = await call("GET", `/outbox/${reminderId}`);
  expect(page.body).toContain("bills@nordwind.example");
  expect(page.body).toMatch(new RegExp(`<iframe src="/outbox/${reminderId}/body"[^>]*sandbox=`));
  expect((await call("GET", `/outbox/${reminderId}/text`)).body).toContain("Dear Bela Buch");
  expect((await call("GET", `/outbox/${reminderId}/source`)).body).toContain(
    "Auto-Submitted: auto-generated",
  );
  const { body, headers } = await call("GET", `/outbox/${reminderId}/raw`);
  expect(headers.get("Content-Type")).toBe("message/rfc822");
  expect(body).toBe(new TextDecoder().decode(services.mailer.mails[0]!.raw));
  expect(page.body).toContain(createHash("sha256").update(body).digest("hex"));
});

test("the outbox shows what the debtor was told besides reminders, and what came with it", async () => {
  const { call, services, reminderId } = await afterReminder();
  const { rows } = await services.db.client.execute("SELECT number FROM invoices");
  const promised = {
    invoices: [{ number: String(rows[0]!.number) }],
    author: "debtor",
    by: "debtor" as const,
  };
  services.clock.advance({ minutes: 1 });
  await makePromise(services, { ...promised, on: Math.floor(services.clock() / DAY_MS) + 5 });
  await sendNotices(services);
  const list = (await call("GET", "/outbox")).body as string;
  const noticeId = /ntc_\w+/.exec(list)![0];
  expect(list.indexOf(noticeId)).toBeLessThan(list.indexOf(reminderId));
  expect(list).toContain("<code>promise_confirmed</code>");
  const page = (await call("GET", `/outbox/${noticeId}`)).body;
  expect(page).toContain("payment date noted");
  expect(page).toContain("<dt>Attached</dt><dd>payment-date.ics</dd>");
  const { body } = await call("GET", `/outbox/${noticeId}/raw`);
  expect(body).toBe(new TextDecoder().decode(services.mailer.mails.at(-1)!.raw));
});

test("a mail is shown sandboxed: no script, nothing loaded, links open outside", async () => {
  const { call, reminderId } = await afterReminder();
  const { body, headers } = await call("GET", `/outbox/${reminderId}/body`);
  const policy = headers.get("Content-Security-Policy");
  expect(policy).toMatch(/default-src 'none'/);
  expect(policy).toMatch(/sandbox(?!.*allow-scripts)(?!.*allow-same-origin)/);
  expect(body).toMatch(/<a target="_blank" rel="noopener noreferrer"/);
});

test("a mail that is not there is not found", async () => {
  const { call } = await makeCaller();
  for (const part of ["", "/text", "/body", "/raw"]) {
    expect((await call("GET", `/outbox/rem_none${part}`)).status).toBe(404);
  }
});

test("the outbox goes on to older mails", async () => {
  const caller = await afterReminder();
  await caller.services.db.batch(
    Array.from({ length: 50 }, (_, n) => `rem_0${String(n).padStart(2, "0")}`).flatMap((id) => [
      `INSERT INTO reminders SELECT '${id}', customer_id, stage, state, policy_name, policy_version, leaves_on, recipients,
       subject, message_id, provider_id, is_backlog, lease_until, failure, asked_at, decision, decided_at, decided_by, closed_at,
       created_at, sending_at, sent_at, unknown_at, settled_by FROM reminders WHERE id = '${caller.reminderId}'`,
      `INSERT INTO messages SELECT '${id}', sha256, raw, bytes FROM messages WHERE reminder_id = '${caller.reminderId}'`,
    ]),
  );
  const first = (await caller.call("GET", "/outbox")).body as string;
  const next = /href="(\/outbox\?before=[^"]+)"/.exec(first)![1]!;
  const second = (await caller.call("GET", next)).body as string;
  const ids = (page: string) => page.match(/href="\/outbox\/rem_\w+"/g) ?? [];
  expect([ids(first).length, ids(second).length]).toEqual([50, 1]);
});

test("the link in a mail opens the debtor's account, in a frame of nobody and kept by nobody", async () => {
  const caller = await afterReminder();
  await caller.call(
    "PUT",
    "/api/invoices/U-1",
    invoiceBody({ currency: "USD", amount: "99.90", po_number: "<b>7</b>" }),
  );
  const raw = new TextDecoder().decode(caller.services.mailer.mails[0]!.raw).replace(/=\r\n/g, "");
  const path = /https:\/\/dunwell\.example(\/p\/[\w.-]+)/.exec(raw)![1]!;
  const { status, body, headers } = await caller.call("GET", path, undefined, {
    "X-Forwarded-For": "203.0.113.9",
  });
  expect(status).toBe(200);
  for (const said of [
    "Acme GmbH",
    "A-1",
    "€1,000.00",
    "US$99.90",
    "DE89370400440532013000",
    "+49 30 1234567",
  ]) {
    expect(body).toContain(said);
  }
  for (const anchor of ["promise", "paid", "resend", "dispute", "plan", "contact"]) {
    expect(body).toContain(`id="${anchor}"`);
    expect(body).toContain(`href="${path}/${anchor}"`);
  }
  expect(body).toContain("&lt;b&gt;7&lt;/b&gt;");
  expect(body).not.toMatch(/<form|<img|src=|http-equiv/);
  expect(headers.get("Cache-Control")).toBe("no-store");
  expect(headers.get("Referrer-Policy")).toBe("no-referrer");
  expect(headers.get("X-Robots-Tag")).toMatch(/noindex/);
});

test("the page speaks the debtor's language", async () => {
  const caller = await afterReminder();
  await caller.call("PUT", "/api/customers/NORDWIND", { locale: "zh-CN" });
  const { body } = await caller.call("GET", await linkOf(caller));
  expect(body).toContain('<html lang="zh-CN">');
  expect(body).toContain("确认付款日期");
});

test("opening a link changes nothing", async () => {
  const caller = await afterReminder();
  const path = await linkOf(caller);
  const before = await dump(caller);
  for (const method of ["GET", "HEAD", "GET"]) expect((await caller.call(method, path)).status).toBe(200);
  expect(await dump(caller)).toBe(before);
});

test("what is paid is no longer on the page", async () => {
  const caller = await afterReminder();
  await caller.call("POST", "/api/payments", {
    invoice_number: "A-1",
    amount: "1000.00",
    paid_on: "2026-03-02",
  });
  const { status, body } = await caller.call("GET", await linkOf(caller));
  expect([status, body.includes("A-1"), body.includes("Nothing is open")]).toEqual([200, false, true]);
});

test("a wrong link, an expired one and one of a customer that is gone look the same", async () => {
  const caller = await afterReminder();
  const good = await linkOf(caller);
  const stranger = await linkOf({ ...caller, customerId: "cus_0none" });
  const answers = [await caller.call("GET", "/p/guess"), await caller.call("GET", stranger)];
  caller.services.clock.advance({ hours: 1 });
  answers.push(await caller.call("GET", good), await caller.call("GET", `${good}x`));
  for (const { status, body } of answers)
    expect({ status, body }).toEqual({ status: 404, body: answers[0]!.body });
  expect(answers[0]!.body).not.toContain("Acme");
  const chinese = await caller.call("GET", "/p/guess", undefined, { "Accept-Language": "zh-CN,zh;q=0.9" });
  expect(chinese.body).toContain('<html lang="zh-CN">');
});

test("whoever cut a link short is sent back to the mail, in the browser's language, and learns nothing", async () => {
  const caller = await afterReminder();
  for (const path of ["/", "/p", "/p/"]) {
    const { status, body, headers } = await caller.call("GET", path);
    expect([path, status, headers.get("Content-Type")]).toEqual([path, 200, "text/html; charset=UTF-8"]);
    expect(body).toContain("<h1>Please use the link in the e-mail</h1>");
    expect(body).not.toMatch(/Acme|href=|src=|<form|<script/);
    expect(headers.get("Content-Security-Policy")).toMatch(/^default-src 'none'/);
    const chinese = await caller.call("GET", path, undefined, { "Accept-Language": "zh,en;q=0.5" });
    expect(chinese.body).toContain('<html lang="zh-CN">');
  }
  expect((await caller.call("POST", "/")).status).toBe(405);
});
