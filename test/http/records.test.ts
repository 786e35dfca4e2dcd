import { expect, test } from "vitest";
import { findSetting } from "../../src/db/settings.ts";
import { ACME } from "../support/cast.ts";
import { invoiceBody, makeCaller, tellBasics } from "./call.ts";

test("a creditor is created once and stored again", async () => {
  const { call } = await makeCaller();
  expect(await call("PUT", "/api/creditor", ACME)).toMatchObject({
    status: 201,
    body: { legal_name: "Acme GmbH" },
  });
  expect(await call("PUT", "/api/creditor", ACME)).toMatchObject({ status: 200 });
});

test("what a creditor was told as can be told again, and a mistake is named", async () => {
  const { call } = await makeCaller();
  const { body: told } = await call("PUT", "/api/creditor", ACME);
  expect(told).toEqual(ACME);
  const { status, body } = await call("PUT", "/api/creditor", { ...ACME, timezone: "Berlin" });
  expect(status).toBe(422);
  expect(body.detail).toMatch(/timezone/);
});

test("a customer comes with its contacts", async () => {
  const { call } = await makeCaller();
  const customer = {
    name: "Nordwind Handel",
    country: "DE",
    contact_name: "Bela Buch",
    contact_email: "bills@nordwind.example",
    contacts: [{ email: "boss@nordwind.example", role: "executive" }],
  };
  const created = await call("PUT", "/api/customers/NORD%2FWIND%201", customer);
  expect(created).toMatchObject({
    status: 201,
    body: { customer_ref: "NORD/WIND 1", country: "DE", kind: "company" },
  });
  expect(created.body.contacts).toEqual([
    { name: "Bela Buch", email: "bills@nordwind.example", role: "billing" },
    { name: null, email: "boss@nordwind.example", role: "executive" },
  ]);
  const again = await call("PUT", "/api/customers/NORD%2FWIND%201", customer);
  expect(again).toMatchObject({ status: 200, body: created.body });
});

test("the contacts a customer is told with are all that it has", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  const told = await caller.call("PUT", "/api/customers/NORDWIND", { contact_email: "new@nordwind.example" });
  expect(told.body.contacts).toEqual([{ name: null, email: "new@nordwind.example", role: "billing" }]);
  const silent = await caller.call("PUT", "/api/customers/NORDWIND", { name: "Nordwind" });
  expect(silent.body.contacts).toEqual(told.body.contacts);
});

test("an invoice is created with 201 and stored again with 200", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  const created = await caller.call("PUT", "/api/invoices/A%2F2", invoiceBody());
  expect(created).toMatchObject({
    status: 201,
    body: {
      invoice_number: "A/2",
      amount: "1000.00",
      balance: "1000.00",
      due_on: "2026-03-04",
      status: "open",
    },
  });
  expect(await caller.call("PUT", "/api/invoices/A%2F2", invoiceBody())).toEqual({
    ...created,
    status: 200,
    headers: expect.anything(),
  });
});

test.each([
  ["due_on", { due_on: "31/02/2026" }],
  ["amount", { amount: "1.234,56" }],
  ["amount", { amount: 1000 }],
  ["currency", { currency: "XYZ" }],
  ["customer_ref", { customer_ref: undefined }],
  ["colour", { colour: "red" }],
  ["invoice_number", { invoice_number: "B-1" }],
])("an invoice with a wrong %s is refused whole, and the field is named", async (field, wrong) => {
  const { call } = await makeCaller();
  const { status, body, headers } = await call("PUT", "/api/invoices/A-1", invoiceBody(wrong));
  expect(status).toBe(422);
  expect(headers.get("Content-Type")).toBe("application/problem+json");
  expect(body).toMatchObject({ type: "about:blank", status: 422, title: "Unprocessable Content" });
  expect(body.errors.map((error: { field: string }) => error.field)).toEqual([field]);
  expect(await call("GET", "/api/invoices/A-1")).toMatchObject({ status: 404 });
});

test("a payment with a reference is recorded once", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  const payment = {
    invoice_number: "A-1",
    amount: "400.00",
    currency: "EUR",
    paid_on: "2026-03-02",
    reference: "BANK 7",
  };
  expect(await caller.call("POST", "/api/payments", payment)).toMatchObject({
    status: 201,
    body: { kind: "payment" },
  });
  expect(await caller.call("POST", "/api/payments", payment)).toMatchObject({ status: 200 });
  expect((await caller.call("GET", "/api/invoices/A-1")).body).toMatchObject({
    balance: "600.00",
    payments: [{ amount: "400.00", reference: "BANK 7" }],
  });
  const other = await caller.call("POST", "/api/payments", { ...payment, amount: "500.00" });
  expect(other).toMatchObject({ status: 409, body: { errors: [{ field: "reference" }] } });
});

test("an idempotency key stands in for a reference, and does not serve twice", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  const payment = { invoice_number: "A-1", amount: "400.00", paid_on: "2026-03-02" };
  const key = { "Idempotency-Key": '"5f0c"' };
  expect(await caller.call("POST", "/api/payments", payment, key)).toMatchObject({ status: 201 });
  expect(await caller.call("POST", "/api/payments", payment, key)).toMatchObject({ status: 200 });
  const other = { ...payment, paid_on: "2026-03-01" };
  expect(await caller.call("POST", "/api/payments", other, key)).toMatchObject({ status: 422 });
});

test("two payments that nothing tells apart are two payments", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  const payment = { invoice_number: "A-1", amount: "300.00", paid_on: "2026-03-02" };
  const both = await Promise.all([1, 2].map(() => caller.call("POST", "/api/payments", payment)));
  expect(both.map(({ status }) => status)).toEqual([201, 201]);
  expect((await caller.call("GET", "/api/invoices/A-1")).body.balance).toBe("400.00");
});

test("a payment on an unknown invoice is refused", async () => {
  const { call } = await makeCaller();
  const payment = { invoice_number: "A-1", amount: "400.00", currency: "EUR", paid_on: "2026-03-02" };
  const { status, body } = await call("POST", "/api/payments", payment);
  expect([status, body.errors[0].field]).toEqual([422, "invoice_number"]);
});

test("invoices, payments and the word that the ledger is complete are payment data", async () => {
  const caller = await makeCaller();
  const { services, call } = caller;
  const fresh = () => findSetting<number>(services.db, "fresh_through");
  await call("PUT", "/api/creditor", ACME);
  expect(await fresh()).toBeUndefined();
  await call("PUT", "/api/invoices/A-1", invoiceBody());
  expect(await fresh()).toBe(services.clock());
  services.clock.advance({ hours: 1 });
  await call("POST", "/api/payments", { invoice_number: "A-1", amount: "1.00", paid_on: "2026-03-02" });
  expect(await fresh()).toBe(services.clock());
  services.clock.advance({ hours: 1 });
  const through = new Date(services.clock()).toISOString();
  expect(await call("PUT", "/api/payments/freshness", { through })).toMatchObject({
    status: 200,
    body: { through },
  });
  expect(await fresh()).toBe(services.clock());
});

test.each(["2026-03-09T00:00:00Z", "2026-03-02", "today"])(
  "payments are never complete up to %s",
  async (through) => {
    const { call } = await makeCaller();
    expect(await call("PUT", "/api/payments/freshness", { through })).toMatchObject({
      status: 422,
      body: { errors: [{ field: "through" }] },
    });
  },
);

test.each([
  [{ reason: "later" }, "until is needed: the last day of the hold, like 2026-03-31"],
  [{ until: "2026-03-31" }, "reason is needed: why nothing is to be sent"],
  [[], "body is a JSON object, in braces"],
])("what a hold lacks is told in words of its own: %j", async (body, detail) => {
  const caller = await makeCaller();
  const { status, body: problem } = await caller.call("PUT", "/api/invoices/A-1/hold", body);
  expect([status, problem.detail]).toEqual([422, detail]);
});

test("a hold is set, told again and ended", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  for (const path of ["/api/invoices/A-1/hold", "/api/customers/NORDWIND/hold"]) {
    const hold = { reason: "Goods on their way back", until: "2026-03-20" };
    expect(await caller.call("PUT", path, hold)).toMatchObject({ status: 200, body: hold });
    expect(await caller.call("PUT", path, { ...hold, until: "2026-03-27" })).toMatchObject({ status: 200 });
    expect((await caller.call("GET", "/api/invoices/A-1")).body.holds).toMatchObject([
      { kind: "manual", until: "2026-03-27", author: "api" },
    ]);
    expect(await caller.call("DELETE", path)).toMatchObject({ status: 204, body: "" });
    expect(await caller.call("DELETE", path)).toMatchObject({ status: 404 });
  }
});

test.each([
  { reason: "x" },
  { reason: "x", until: "2026-02-30" },
  { reason: "x", until: "2026-03-01" },
  { until: "2026-03-20" },
])("no hold is endless, over or without a reason: %j", async (hold) => {
  const caller = await makeCaller();
  await tellBasics(caller);
  expect(await caller.call("PUT", "/api/invoices/A-1/hold", hold)).toMatchObject({ status: 422 });
});

test("what is not JSON is told apart from what is too much", async () => {
  const { call } = await makeCaller();
  const put = (body: string, type: string) =>
    call("PUT", "/api/invoices/A-1", body, { "Content-Type": type });
  expect(await put("{", "application/json")).toMatchObject({ status: 400, body: { title: "Bad Request" } });
  expect(await put("[]", "application/json")).toMatchObject({ status: 422 });
  expect(await put("a=b", "application/x-www-form-urlencoded")).toMatchObject({ status: 415 });
  expect(await put(`"${"x".repeat(300_000)}"`, "application/json")).toMatchObject({ status: 413 });
});
