import { expect, test } from "vitest";
import { tick } from "../../src/reminders/sending/tick.ts";
import { ledgerOf } from "../support/stored.ts";
import { invoiceBody, makeCaller, tellBasics } from "./call.ts";

test("invoices are listed page by page, each once", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  for (let n = 2; n <= 103; n++) await caller.call("PUT", `/api/invoices/A-${n}`, invoiceBody());
  const first = (await caller.call("GET", "/api/invoices")).body;
  const second = (await caller.call("GET", `/api/invoices?cursor=${first.next_cursor}`)).body;
  expect([first.invoices.length, second.invoices.length, second.next_cursor]).toEqual([100, 3, null]);
  const numbers = [...first.invoices, ...second.invoices].map((one) => one.invoice_number);
  expect(new Set(numbers).size).toBe(103);
});

test("a cursor that was never given out is refused", async () => {
  const { call } = await makeCaller();
  for (const cursor of ["zzz", "inv_zzz", "rem_00000000000000000000000", "inv_0000000000000000000000u", ""]) {
    const { status, body } = await call("GET", `/api/invoices?cursor=${cursor}`);
    expect([status, body.detail]).toEqual([422, "cursor is not one that was given out"]);
  }
});

test("invoices are listed by status, by stage and by owner", async () => {
  const caller = await makeCaller();
  const { services, call } = caller;
  await tellBasics(caller);
  await call(
    "PUT",
    "/api/invoices/B-1",
    invoiceBody({ customer_ref: "OTHER", owner_email: "otto@acme.example" }),
  );
  await call("PUT", "/api/invoices/B-2", invoiceBody({ customer_ref: "OTHER", status: "void" }));
  await call("PUT", "/api/invoices/B-3", invoiceBody({ customer_ref: "OTHER", paid_on: "2026-03-01" }));
  await tick(services);
  const numbers = async (query: string) => {
    const { body } = await call("GET", `/api/invoices?${query}`);
    return body.invoices.map((one: { invoice_number: string }) => one.invoice_number);
  };
  expect(await numbers("status=open")).toEqual(["A-1", "B-1"]);
  expect(await numbers("status=void")).toEqual(["B-2"]);
  expect(await numbers("status=paid")).toEqual(["B-3"]);
  expect(await numbers("owner=OTTO@acme.example&status=open")).toEqual(["B-1"]);
  expect(await numbers("stage=pre_due")).toEqual(["A-1"]);
  expect((await call("GET", "/api/invoices/A-1")).body).toMatchObject({
    stage: "pre_due",
    reminders: [{ stage: "pre_due", state: "sent", on: "2026-03-02", amount: "1000.00" }],
  });
});

test("what happened to an invoice is told in order, and chained", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  await caller.call("POST", "/api/payments", {
    invoice_number: "A-1",
    amount: "1.00",
    paid_on: "2026-03-02",
  });
  const { entries, next_cursor } = (await caller.call("GET", "/api/invoices/A-1/timeline")).body;
  expect(entries.map((entry: { kind: string }) => entry.kind)).toEqual([
    "invoice_imported",
    "payment_recorded",
  ]);
  expect(entries[1]).toMatchObject({ seq: 2, at: "2026-03-02T10:00:00.000Z", author: "api" });
  expect([entries[1].hash.length, next_cursor]).toEqual([64, null]);
});

test("what a reminder asked for is told in decimals, while the ledger keeps it as it was written", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  await tick(caller.services);
  const { entries } = (await caller.call("GET", "/api/invoices/A-1/timeline")).body;
  const sending = entries.find(({ kind }: { kind: string }) => kind === "reminder_sending");
  expect(sending.data).toMatchObject({ asked: "1000.00", currency: "EUR" });
  const kept = await ledgerOf(caller.services.db, "A-1");
  expect(kept.find(({ kind }) => kind === "reminder_sending")?.data).toMatchObject({ asked: 100_000 });
});

test("why says what an invoice waits for", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  await caller.call("PUT", "/api/invoices/A-1/hold", { reason: "Returned goods", until: "2026-03-20" });
  const { body } = await caller.call("GET", "/api/invoices/A-1/why");
  expect(body).toMatchObject({ invoice: "A-1", action: "wait", reason: "held_manual" });
  expect(body.explanation.length).toBeGreaterThan(0);
});

test.each(["", "/timeline", "/why"])("an invoice that is not there is not found at %j", async (part) => {
  const { call } = await makeCaller();
  expect(await call("GET", `/api/invoices/NONE${part}`)).toMatchObject({
    status: 404,
    body: { title: "Not Found" },
  });
});

test("the forecast says what will leave and when", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  const { days, reminders } = (await caller.call("GET", "/api/forecast?days=10")).body;
  expect(days).toBe(10);
  expect(reminders[0]).toEqual({
    date: "2026-03-02",
    invoice: "A-1",
    customer: "NORDWIND",
    stage: "pre_due",
    action: "send",
    reminder: expect.stringMatching(/^rem_/),
  });
  for (const wrong of ["-1", "1.5", "400", "x"]) {
    expect((await caller.call("GET", `/api/forecast?days=${wrong}`)).status).toBe(422);
  }
});

test("balances are aged from the day after the due date", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  const due: Record<string, string | undefined> = {
    "A-1": "2026-03-02",
    "A-2": "2026-03-01",
    "A-3": "2026-01-31",
    "A-4": "2026-01-30",
    "A-5": "2026-01-01",
    "A-6": "2025-12-31",
    "A-7": "2025-12-02",
    "A-8": "2025-12-01",
  };
  for (const [number, due_on] of Object.entries(due)) {
    await caller.call(
      "PUT",
      `/api/invoices/${number}`,
      invoiceBody({ amount: "1.00", issued_on: undefined, due_on }),
    );
  }
  await caller.call("PUT", "/api/invoices/J-1", invoiceBody({ currency: "JPY", amount: "500" }));
  const credit = { customer_ref: "NORDWIND", currency: "EUR", amount: "0.30", paid_on: "2026-03-02" };
  await caller.call("POST", "/api/payments", credit);
  const { body } = await caller.call("GET", "/api/aging");
  expect(body).toEqual({
    as_of: "2026-03-02",
    currencies: [
      {
        currency: "EUR",
        not_due: "1.00",
        "1_30": "2.00",
        "31_60": "2.00",
        "61_90": "2.00",
        over_90: "1.00",
        total: "8.00",
        invoices: 8,
        unallocated_credit: "0.30",
      },
      expect.objectContaining({ currency: "JPY", not_due: "500", total: "500", unallocated_credit: "0" }),
    ],
  });
});

test("health tells how long ago the last tick was", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  expect((await caller.call("GET", "/healthz")).body).toMatchObject({
    ok: true,
    last_tick_age_seconds: null,
  });
  await tick(caller.services);
  caller.services.clock.advance({ minutes: 15 });
  expect((await caller.call("GET", "/healthz")).body).toMatchObject({ ok: true, last_tick_age_seconds: 900 });
});

test("the backlog is released and what waited is counted", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  await caller.call(
    "PUT",
    "/api/invoices/OLD-1",
    invoiceBody({ issued_on: "2025-09-01", due_on: "2025-10-01" }),
  );
  await tick(caller.services);
  expect(await caller.call("POST", "/api/backlog/release")).toMatchObject({
    status: 200,
    body: { released: 1 },
  });
});

test("every route that the description names answers, and every route of the API is named", async () => {
  const { call } = await makeCaller();
  const { paths, openapi } = (await call("GET", "/openapi.json")).body;
  expect(openapi).toBe("3.1.0");
  const named = Object.entries<object>(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(named.sort()).toEqual([
    "DELETE /api/customers/{ref}/hold",
    "DELETE /api/customers/{ref}/links",
    "DELETE /api/invoices/{number}/hold",
    "DELETE /api/keys/{name}",
    "DELETE /api/plans/{id}",
    "DELETE /api/promises/{id}",
    "DELETE /api/stop",
    "DELETE /api/webhook-endpoints/{id}",
    "GET /api/aging",
    "GET /api/customers",
    "GET /api/customers/{ref}",
    "GET /api/documents/{id}",
    "GET /api/forecast",
    "GET /api/invoices",
    "GET /api/invoices/{number}",
    "GET /api/invoices/{number}/documents",
    "GET /api/invoices/{number}/evidence",
    "GET /api/invoices/{number}/timeline",
    "GET /api/invoices/{number}/why",
    "GET /api/keys",
    "GET /api/queue",
    "GET /api/replies",
    "GET /api/replies/{id}/mail",
    "GET /api/runs",
    "GET /api/webhook-endpoints",
    "GET /api/webhook-messages",
    "POST /api/backlog/release",
    "POST /api/customers/{ref}/calls",
    "POST /api/customers/{ref}/contacts",
    "POST /api/invoices/{number}/calls",
    "POST /api/invoices/{number}/disputes",
    "POST /api/invoices/{number}/documents",
    "POST /api/invoices/{number}/paid-reports",
    "POST /api/invoices/{number}/plans",
    "POST /api/invoices/{number}/promises",
    "POST /api/invoices/{number}/resets",
    "POST /api/keys",
    "POST /api/payments",
    "POST /api/reminders/{id}/objections",
    "POST /api/webhook-endpoints",
    "POST /api/webhook-messages/{id}/redelivery",
    "PUT /api/colleagues/{email}/route",
    "PUT /api/contacts/{id}/decision",
    "PUT /api/creditor",
    "PUT /api/customers/{ref}",
    "PUT /api/customers/{ref}/erasure",
    "PUT /api/customers/{ref}/hold",
    "PUT /api/customers/{ref}/route",
    "PUT /api/disputes/{id}/outcome",
    "PUT /api/invoices/{number}",
    "PUT /api/invoices/{number}/account-check",
    "PUT /api/invoices/{number}/disputes/outcome",
    "PUT /api/invoices/{number}/hold",
    "PUT /api/invoices/{number}/waivers/{stage}",
    "PUT /api/invoices/{number}/warning",
    "PUT /api/notices/{id}/outcome",
    "PUT /api/payments/freshness",
    "PUT /api/payments/{id}/allocation",
    "PUT /api/plans/{id}/decision",
    "PUT /api/promises/{id}",
    "PUT /api/promises/{id}/decision",
    "PUT /api/reminders/{id}/approval",
    "PUT /api/reminders/{id}/outcome",
    "PUT /api/replies/{id}/decision",
    "PUT /api/stop",
  ]);
  const { body } = await call("GET", "/docs");
  for (const path of Object.keys(paths)) expect(body).toContain(`<code>${path}</code>`);
  expect(body).not.toMatch(/<script|(src|href)="(https?:)?\/\//);
});
