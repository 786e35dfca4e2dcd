import { expect, test } from "vitest";
import { readSettings } from "../../src/config.ts";
import { takePaymentEvent } from "../../src/reminders/money/take-payment-event.ts";
import { tellSystems } from "../../src/reminders/webhooks/tell-systems.ts";
import { startHookReceiver } from "../support/hook-receiver.ts";
import { makeCaller, tellBasics } from "./call.ts";

test("a system is added with a secret that is told once, told, looked up in the log, told again and closed", async () => {
  const caller = await makeCaller({
    services: { settings: readSettings({ WEBHOOK_PRIVATE_HOSTS: "127.0.0.1" }) },
  });
  const { call, services } = caller;
  await tellBasics(caller);
  const receiver = await startHookReceiver(services.clock);
  const added = await call("POST", "/api/webhook-endpoints", { url: receiver.url, events: ["invoice.paid"] });
  expect(added).toMatchObject({
    status: 201,
    body: { url: receiver.url, events: ["invoice.paid"], closed_at: null },
  });
  receiver.secret = added.body.secret;
  const listed = await call("GET", "/api/webhook-endpoints");
  expect(listed.body.endpoints).toMatchObject([{ endpoint: added.body.endpoint, created_by: "api" }]);
  expect(JSON.stringify(listed.body)).not.toContain(receiver.secret);

  await call("POST", "/api/payments", { invoice_number: "A-1", amount: "1000.00", paid_on: "2026-03-02" });
  await tellSystems(services);
  const { messages } = (await call("GET", `/api/webhook-messages?endpoint=${added.body.endpoint}`)).body;
  expect(messages).toMatchObject([
    { type: "invoice.paid", state: "delivered", attempts: [{ status: 204, error: null }] },
  ]);
  expect((await call("POST", `/api/webhook-messages/${messages[0].message}/redelivery`)).status).toBe(202);
  await tellSystems(services);
  expect(receiver.received.map(({ id }) => id)).toEqual([messages[0].message, messages[0].message]);

  const address = `/api/webhook-endpoints/${added.body.endpoint}`;
  expect([(await call("DELETE", address)).status, (await call("DELETE", address)).status]).toEqual([
    204, 404,
  ]);
});

test("an address that leads inside, and an event that there is not, are refused", async () => {
  const { call } = await makeCaller();
  const inside = await call("POST", "/api/webhook-endpoints", { url: "https://10.0.0.1/" });
  expect(inside).toMatchObject({
    status: 422,
    body: { detail: expect.stringContaining("WEBHOOK_PRIVATE_HOSTS") },
  });
  const imagined = { url: "https://erp.example/", events: ["invoice.imagined"] };
  expect((await call("POST", "/api/webhook-endpoints", imagined)).status).toBe(422);
});

test("money that named no invoice is allocated to the one that finance names", async () => {
  const caller = await makeCaller();
  const { call, services } = caller;
  await tellBasics(caller);
  const row = { amount: "1000.00", currency: "EUR", paid_on: "2026-03-02", reference: "BANK-1" };
  await takePaymentEvent(services, { id: "msg 1", source: "payments", event: { row } });
  const address = `/api/payments/${encodeURIComponent("payments msg 1")}/allocation`;
  expect((await call("PUT", address, { invoice_number: "Z-9" })).status).toBe(409);
  expect(await call("PUT", address, { invoice_number: "A-1" })).toMatchObject({
    status: 200,
    body: { invoice_number: "A-1" },
  });
  expect((await call("GET", "/api/invoices/A-1")).body).toMatchObject({ status: "paid", balance: "0.00" });
  expect((await call("PUT", address, { invoice_number: "A-1" })).status).toBe(404);
});
