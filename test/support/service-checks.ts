import { unzipSync } from "fflate";
import PostalMime from "postal-mime";
import Stripe from "stripe";
import { expect } from "vitest";
import { formatCivilDay } from "../../src/domain/civil-date.ts";
import { createApp } from "../../src/http/app.ts";
import { ACME } from "./cast.ts";
import { visitorOf } from "./debtor-site.ts";
import {
  authorized,
  call,
  deliveryOf,
  hook,
  type LiveService,
  mailsTo,
  owe,
  receiptOf,
  remindersOf,
  signedPayment,
  today,
} from "./live-service.ts";
import { createSlackUser } from "./slack-user.ts";
import { until, WEBHOOK_SECRETS } from "./world.ts";

const NOTHING_HERE = "There is nothing at this address.";

/** What holds for the whole service, on Node and in workerd alike; PAGE_CHECKS for the debtor's page. */
export const SERVICE_CHECKS: Record<string, (service: LiveService) => Promise<void>> = {
  "every route is there, and described alike": async (service) => {
    const { path: page } = await visitorOf(service);
    const app = createApp(service.services, { isWorker: false, remoteAddress: () => null });
    const routes = app.routes.filter(({ method }) => method !== "ALL");
    const missing: string[] = [];
    for (const route of new Set(routes.map(({ method, path }) => `${method} ${path}`))) {
      const [method, path] = route.split(" ") as [string, string];
      // Kept mails that are not there are answered like addresses that are not.
      if (path.startsWith("/outbox/:id")) continue;
      const at = path.replace(/^\/p\/:token/, page).replace(/:\w+/g, "none");
      const { status, body } = await call(service, method, at, method === "GET" ? undefined : {});
      if (status >= 500 || body.includes(NOTHING_HERE)) missing.push(`${route} ${status}`);
    }
    expect(missing).toEqual([]);
    expect((await call(service, "GET", "/api/none")).body).toContain(NOTHING_HERE);
    const described = await (await app.request("/openapi.json")).json();
    expect((await call(service, "GET", "/openapi.json")).json()).toEqual(described);
  },

  "it says how it is, shows its figures and its documentation, and opens no API without a key": async (
    service,
  ) => {
    await service.tick();
    const get = (path: string) => service.request(path);
    expect(await (await get("/healthz")).json()).toMatchObject({ ok: true });
    expect((await call(service, "GET", "/metrics")).body).toMatch(/^dunwell_healthy 1$/m);
    const docs = await get("/docs");
    expect(docs.headers.get("Content-Security-Policy")).toMatch(/frame-ancestors 'none'/);
    expect(await docs.text()).toContain("/api/invoices/{number}/why");
    for (const path of ["/api/invoices", "/metrics", "/outbox"]) expect((await get(path)).status).toBe(401);
  },

  "a company keeps its books by the API, and reads the decision and the ledger": async (service) => {
    const number = await owe(service, "BOOKS", 10);
    const held = { reason: "they asked", until: formatCivilDay(today() + 5) };
    expect((await call(service, "PUT", `/api/invoices/${number}/hold`, held)).status).toBe(200);
    expect((await call(service, "GET", `/api/invoices/${number}/why`)).json()).toMatchObject({
      reason: "held_manual",
    });
    expect((await call(service, "DELETE", `/api/invoices/${number}/hold`)).status).toBeLessThan(300);
    const paid = {
      invoice_number: number,
      amount: "1000.00",
      currency: "EUR",
      reference: "BOOKS-1",
      paid_on: formatCivilDay(today()),
    };
    expect(await call(service, "POST", "/api/payments", paid)).toMatchObject({ status: 201 });
    expect((await call(service, "GET", `/api/invoices/${number}`)).json()).toMatchObject({ balance: "0.00" });
    const { entries } = (await call(service, "GET", `/api/invoices/${number}/timeline`)).json();
    expect(entries.map(({ kind }: { kind: string }) => kind)).toContain("payment_recorded");
    for (const path of [
      "/api/forecast?days=30",
      "/api/aging",
      "/api/queue?person=fin@acme.example",
      "/api/runs",
      "/api/customers?query=BOOKS",
    ])
      expect([path, (await call(service, "GET", path)).status]).toEqual([path, 200]);
  },

  "a body without a length is read up to the limit": async (service) => {
    const put = async (blanks: number) => {
      const pieces = [...Array(blanks).fill(" ".repeat(1024)), JSON.stringify(ACME)];
      const response = await service.request("/api/creditor", {
        method: "PUT",
        headers: { ...authorized, "Content-Type": "application/json" },
        body: ReadableStream.from(pieces.map((piece) => new TextEncoder().encode(piece))),
        duplex: "half",
      } as RequestInit);
      await response.text();
      return response.status;
    };
    expect([await put(200), await put(256)]).toEqual([200, 413]);
  },

  "a key opens what it was made for, until it is revoked": async (service) => {
    const made = (await call(service, "POST", "/api/keys", { name: "reader", scopes: ["read"] })).json();
    const headers = { Authorization: `Bearer ${made.key}` };
    const asReader = async (path: string, method = "GET") =>
      (await service.request(path, { method, headers })).status;
    expect([await asReader("/api/invoices"), await asReader("/api/stop", "DELETE")]).toEqual([200, 403]);
    expect((await call(service, "DELETE", "/api/keys/reader")).status).toBeLessThan(300);
    expect(await asReader("/api/invoices")).toBe(401);
  },

  "what is due leaves through SES on a ring, is on record, and never leaves twice": async (service) => {
    await owe(service, "DUE", 10);
    await service.tick();
    await service.tick();
    const mails = mailsTo(service, "DUE");
    expect(mails).toMatchObject([{ source: "ar@acme.example", to: ["bills@due.example"] }]);
    expect(await remindersOf(service, "DUE")).toEqual([
      {
        id: mails[0]!.tags.reminder,
        state: "sent",
        message_id: `<${mails[0]!.id}@eu-central-1.amazonses.com>`,
      },
    ]);
  },

  "a button in Slack is answered at once, and its message says what was done": async (service) => {
    const { slack } = service.world;
    const send = (body: string, headers: Record<string, string>) =>
      service.request("/webhooks/slack", { method: "POST", headers, body });
    expect((await send("{}", { "content-type": "application/json" })).status).toBe(401);
    const number = await owe(service, "PRESSED", 10);
    await service.tick();
    // Ten days after the due date the owner is asked to call.
    const message = slack.posts.find(({ text }) => text.startsWith("Please call") && text.includes(number))!;
    expect(message.channel).toBe("D1RITA");
    const user = createSlackUser(slack, { send, now: () => Date.now() });
    const response = await user.press("U1RITA", message, "pause_week");
    expect([response.status, await response.text()]).toEqual([200, ""]);
    await until(() => message.text.includes("✓ Paused for 7 days by <@U1RITA>"));
  },

  "at the hand-off a button in Slack brings the evidence as a file": async (service) => {
    const { slack } = service.world;
    const send = (body: string, headers: Record<string, string>) =>
      service.request("/webhooks/slack", { method: "POST", headers, body });
    const number = await owe(service, "HANDED", 94);
    await service.tick();
    const message = slack.posts.find(({ text }) => text.includes("hand off") && text.includes(number))!;
    const user = createSlackUser(slack, { send, now: () => Date.now() });
    await user.press("U1RITA", message, "bring_evidence");
    await until(() => slack.files.some(({ channel }) => channel === message.channel));
    const { name, content } = slack.files[0]!;
    expect([name, Object.keys(unzipSync(content!))]).toEqual([
      `evidence-${number}.zip`,
      expect.arrayContaining(["timeline.html", "ledger.json"]),
    ]);
  },

  "/dunwell and the Home in Slack show a customer, and open a form about it": async (service) => {
    const { slack } = service.world;
    const send = (body: string, headers: Record<string, string>) =>
      service.request("/webhooks/slack", { method: "POST", headers, body });
    const number = await owe(service, "LOOKED", 10);
    const user = createSlackUser(slack, { send, now: () => Date.now() });
    expect((await user.command("U1RITA", "looked")).status).toBe(200);
    await until(() => slack.responses.some(({ text }) => text.includes(number)));
    await user.pressAlone("U1RITA", "answer", "customer.log_call");
    await until(() => slack.views.length > 0);
    await user.openHome("U1RITA");
    await until(() => slack.homes.has("U1RITA"));
  },

  "a promise is confirmed through SES, with its day for the calendar": async (service) => {
    const number = await owe(service, "PROMISED", 1);
    const promise = { amount: "1000.00", on: formatCivilDay(today() + 5) };
    expect((await call(service, "POST", `/api/invoices/${number}/promises`, promise)).status).toBe(201);
    await service.tick();
    const [mail, ...others] = mailsTo(service, "PROMISED").filter(({ tags }) =>
      tags.reminder!.startsWith("ntc_"),
    );
    expect(others).toEqual([]);
    const { subject, attachments } = await PostalMime.parse(mail!.raw);
    expect(subject).toBe(`Invoice ${number} from Acme GmbH: payment date noted`);
    expect(attachments).toMatchObject([{ filename: "payment-date.ics", method: "PUBLISH" }]);
  },

  "a mail of which nobody knows is not sent again": async (service) => {
    await owe(service, "LOST", 10);
    service.world.ses.fail({ kind: "hang_up" }, { to: "bills@lost.example" });
    await service.tick();
    await service.tick();
    expect(mailsTo(service, "LOST")).toHaveLength(1);
    expect(await remindersOf(service, "LOST")).toMatchObject([{ state: "unknown" }]);
  },

  "a delivery event signed by SNS moves its reminder, a forged one nothing": async (service) => {
    await owe(service, "ARRIVED", 10);
    await service.tick();
    const [{ id }] = await remindersOf(service, "ARRIVED");
    const event = deliveryOf(String(id), "bills@arrived.example");
    for (const SignatureVersion of ["1", "2"]) {
      const signed = service.world.sns.notification(event, { SignatureVersion });
      expect((await hook(service, "ses", { ...signed, Message: `${signed.Message} ` })).status).toBe(403);
      expect((await hook(service, "ses", signed)).status).toBe(204);
    }
    expect(await remindersOf(service, "ARRIVED")).toMatchObject([{ state: "delivered" }]);
  },

  "a mail that comes back through SES holds its invoice, and counts once": async (service) => {
    await owe(service, "ANSWERED", 10);
    await service.tick();
    const [{ message_id }] = await remindersOf(service, "ANSWERED");
    const raw =
      `From: bills@answered.example\r\nTo: ar@acme.example\r\nMessage-ID: <live-1@answered.example>\r\n` +
      `In-Reply-To: ${message_id}\r\nSubject: Re: your invoice\r\n\r\nWhich order was this for?\r\n`;
    for (let i = 0; i < 2; i++) {
      expect((await hook(service, "ses", service.world.sns.notification(receiptOf(raw)))).status).toBe(204);
    }
    const { replies } = (await call(service, "GET", "/api/replies")).json();
    expect(replies).toMatchObject([{ customer_ref: "ANSWERED", kind: "question" }]);
  },

  "payments are taken with their signature, and refused without": async (service) => {
    const number = await owe(service, "HOOKED", 1);
    const data = { invoice_number: number, amount: "600.00", currency: "EUR", reference: "H-1" };
    const event = { type: "payment.received", timestamp: new Date().toISOString(), data };
    const headers = signedPayment(event, "msg_1");
    expect((await hook(service, "payments", event)).status).toBe(401);
    expect(await (await hook(service, "payments", event, headers)).json()).toEqual({ result: "recorded" });
    const charged = {
      id: "evt_9",
      type: "payment_intent.succeeded",
      created: Math.floor(Date.now() / 1000),
      data: {
        object: {
          id: "pi_9",
          currency: "eur",
          amount_received: 400_00,
          metadata: { invoice_number: number },
        },
      },
    };
    const made = { payload: JSON.stringify(charged), secret: WEBHOOK_SECRETS.STRIPE_WEBHOOK_SECRET };
    const stripe = { "Stripe-Signature": Stripe.webhooks.generateTestHeaderString(made) };
    expect((await hook(service, "stripe", charged)).status).toBe(401);
    expect(await (await hook(service, "stripe", charged, stripe)).json()).toEqual({ results: ["recorded"] });
    expect((await call(service, "GET", `/api/invoices/${number}`)).json()).toMatchObject({ balance: "0.00" });
  },

  "a document is kept and read back, and the evidence is packed": async (service) => {
    const number = await owe(service, "PROVEN", 10);
    await service.tick();
    const form = new FormData();
    form.set("kind", "contract");
    form.set("file", new File(["%PDF-1.4"], "contract.pdf"));
    // Whole, since the harness of workerd takes no form as it is.
    const upload = new Response(form);
    const kept = await service.request(`/api/invoices/${number}/documents`, {
      method: "POST",
      headers: { ...authorized, "Content-Type": upload.headers.get("Content-Type")! },
      body: await upload.arrayBuffer(),
    });
    expect([kept.status, await kept.json()]).toMatchObject([
      201,
      { media_type: "application/pdf", bytes: 8 },
    ]);
    const evidence = await service.request(`/api/invoices/${number}/evidence`, { headers: authorized });
    const files = unzipSync(new Uint8Array(await evidence.arrayBuffer()));
    expect(Object.keys(files).filter((path) => path.includes("/"))).toEqual([
      expect.stringMatching(/^messages\/.*-rem_\w+\.eml$/),
      expect.stringMatching(/^documents\/contract-contract-doc_\w+\.pdf$/),
    ]);
  },
};
