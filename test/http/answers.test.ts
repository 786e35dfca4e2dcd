import { describe, expect, it } from "vitest";
import { askPlan } from "../../src/reminders/agreements/ask-plan.ts";
import { makePromise } from "../../src/reminders/agreements/make-promise.ts";
import { proposeContact } from "../../src/reminders/agreements/propose-contact.ts";
import { day } from "../support/cast.ts";
import { storedCustomer } from "../support/stored.ts";
import { type Caller, invoiceBody, makeCaller, tellBasics } from "./call.ts";

// The clock stands at Monday, 2 March 2026; A-1 over 1,000.00 EUR is due on Wednesday.
const DEBTOR = { author: "debtor", by: "debtor" as const };

async function caller(): Promise<Caller> {
  const made = await makeCaller();
  await tellBasics(made);
  return made;
}

describe("a promise", () => {
  it("is recorded for a share or the whole, shown with its invoice, and withdrawn", async () => {
    const { call } = await caller();
    const made = await call("POST", "/api/invoices/A-1/promises", { amount: "600.00", on: "2026-03-13" });
    expect(made).toMatchObject({
      status: 201,
      body: {
        invoice_number: "A-1",
        currency: "EUR",
        amount: "600.00",
        on: "2026-03-13",
        last_day: "2026-03-17",
      },
    });
    const { promise } = made.body;
    const shown = await call("GET", "/api/invoices/A-1");
    expect(shown.body).toMatchObject({
      promise: { promise, state: "open", amount: "600.00", on: "2026-03-13", last_day: "2026-03-17" },
      holds: [{ kind: "promise", until: "2026-03-17", amount: "600.00", author: "api" }],
      dispute: null,
      plan: null,
    });
    expect(await call("POST", "/api/invoices/A-1/promises", { on: "2026-03-16" })).toMatchObject({
      status: 409,
    });
    expect(await call("DELETE", `/api/promises/${promise}`)).toMatchObject({ status: 204 });
    expect(await call("DELETE", `/api/promises/${promise}`)).toMatchObject({ status: 409 });
    expect((await call("GET", "/api/invoices/A-1")).body.promise).toBeNull();
  });

  it("is moved to another day and share under a new id, as often as finance says", async () => {
    const { call } = await caller();
    const made = await call("POST", "/api/invoices/A-1/promises", { on: "2026-03-13" });
    const path = `/api/promises/${made.body.promise}`;
    const changed = await call("PUT", path, { on: "2026-06-12", amount: "600.00" });
    const [next] = changed.body.promises;
    expect(changed.status).toBe(200);
    expect(next).toMatchObject({ invoice_number: "A-1", amount: "600.00", on: "2026-06-12" });
    expect(await call("PUT", path, { on: "2026-06-15" })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining(`gave way to promise ${next.promise}`) },
    });
    expect(await call("PUT", `/api/promises/${next.promise}`, { on: "2026-06-15" })).toMatchObject({
      status: 200,
      body: { promises: [{ amount: "600.00", on: "2026-06-15" }] },
    });
    expect(await call("PUT", path, {})).toMatchObject({ status: 422, body: { errors: [{ field: "on" }] } });
    expect((await call("PUT", "/api/promises/prm_none", { on: "2026-06-15" })).status).toBe(404);
  });

  it("beyond the policy's bounds is finance's to make, and to answer", async () => {
    const { call, services } = await caller();
    const ask = async (number: string) => {
      await call("PUT", `/api/invoices/${number}`, invoiceBody());
      const asked = await makePromise(services, { invoices: [{ number }], on: day("2026-05-01"), ...DEBTOR });
      return `/api/promises/${asked.promises[0]!.id}/decision`;
    };
    const [one, two] = [await ask("B-1"), await ask("B-2")];
    expect(await call("PUT", one, { decision: "approve" })).toMatchObject({
      status: 200,
      body: { decision: "approve", invoices: ["B-1"], promises: [{ on: "2026-05-01" }] },
    });
    expect(await call("PUT", two, { decision: "decline", answer: "In April, please." })).toMatchObject({
      status: 200,
      body: { decision: "decline", invoices: ["B-2"], promises: [] },
    });
    expect(await call("PUT", two, { decision: "approve" })).toMatchObject({ status: 409 });
    const own = await call("POST", "/api/invoices/A-1/promises", { on: "2026-05-01" });
    expect(own).toMatchObject({ status: 201, body: { amount: "1000.00" } });
  });

  it.each([
    ["a day that is none", { on: "13 March" }, "on"],
    ["no day", {}, "on"],
    ["an amount with too many decimals", { on: "2026-03-13", amount: "1.001" }, "amount"],
    ["a field that nobody knows", { on: "2026-03-13", date: "2026-03-13" }, "date"],
  ])("with %s is refused by name", async (_name, body, field) => {
    const { call } = await caller();
    expect(await call("POST", "/api/invoices/A-1/promises", body)).toMatchObject({
      status: 422,
      body: { errors: [{ field }] },
    });
  });

  it("for an invoice that is not there is not found", async () => {
    const { call } = await caller();
    const missing = await call("POST", "/api/invoices/NONE/promises", { on: "2026-03-13" });
    expect(missing.status).toBe(404);
    expect((await call("DELETE", "/api/promises/prm_none")).status).toBe(404);
  });
});

describe("a dispute", () => {
  it("is opened, shown, and accepted with a credit note", async () => {
    const { call } = await caller();
    const body = { amount: "400.00", reason: "quantity", text: "Two boxes are missing." };
    const opened = await call("POST", "/api/invoices/A-1/disputes", body);
    expect(opened).toMatchObject({ status: 201, body: { invoice_number: "A-1", reason: "quantity" } });
    const { dispute } = opened.body;
    expect((await call("GET", "/api/invoices/A-1")).body.dispute).toMatchObject({
      dispute,
      amount: "400.00",
      text: "Two boxes are missing.",
    });
    const outcome = `/api/disputes/${dispute}/outcome`;
    expect(await call("PUT", outcome, { outcome: "rejected" })).toMatchObject({ status: 422 });
    expect(await call("PUT", outcome, { outcome: "accepted", credit: "150.00" })).toMatchObject({
      status: 200,
      body: { invoice_number: "A-1", outcome: "accepted", credit: "150.00" },
    });
    expect((await call("GET", "/api/invoices/A-1")).body).toMatchObject({ balance: "850.00", dispute: null });
    expect((await call("PUT", outcome, { outcome: "withdrawn" })).status).toBe(409);
    expect((await call("PUT", "/api/disputes/dsp_none/outcome", { outcome: "withdrawn" })).status).toBe(404);
  });

  it("takes a reason in one's own words, and keeps them", async () => {
    const { call } = await caller();
    const body = { amount: "400.00", reason: "wrong colour", text: "Green was ordered." };
    const opened = await call("POST", "/api/invoices/A-1/disputes", body);
    expect(opened).toMatchObject({ status: 201, body: { reason: "other" } });
    expect((await call("GET", "/api/invoices/A-1")).body.dispute).toMatchObject({
      reason: "other",
      text: "wrong colour\nGreen was ordered.",
    });
    const silent = await call("POST", "/api/invoices/A-1/disputes", { reason: " " });
    expect(silent).toMatchObject({ status: 422, body: { errors: [{ field: "reason" }] } });
  });

  it("that came with the invoice's data is closed by the invoice's number", async () => {
    const { call } = await caller();
    await call("PUT", "/api/invoices/B-1", invoiceBody({ disputed: true }));
    const outcome = "/api/invoices/B-1/disputes/outcome";
    const settled = await call("PUT", outcome, { outcome: "settled", answer: "Agreed on the phone." });
    expect(settled).toMatchObject({ status: 200, body: { outcome: "settled", credit: null } });
    expect((await call("GET", "/api/invoices/B-1")).body.holds).toEqual([]);
  });
});

describe("a plan", () => {
  const instalments = [
    { amount: "400.00", on: "2026-03-10" },
    { amount: "600.00", on: "2026-06-30" },
  ];

  it("that finance sets is agreed at once", async () => {
    const { call } = await caller();
    const made = await call("POST", "/api/invoices/A-1/plans", { instalments });
    expect(made).toMatchObject({ status: 201, body: { state: "agreed", invoices: ["A-1"], instalments } });
    const { body } = await call("GET", "/api/invoices/A-1");
    expect(body.plan).toMatchObject({ plan: made.body.plan, state: "agreed", invoices: ["A-1"] });
    expect(body.holds).toMatchObject([{ kind: "plan", until: "2026-07-02" }]);
    expect(await call("DELETE", `/api/plans/${made.body.plan}`)).toMatchObject({ status: 204 });
    expect((await call("GET", "/api/invoices/A-1")).body).toMatchObject({ plan: null, holds: [] });
    expect((await call("DELETE", `/api/plans/${made.body.plan}`)).status).toBe(409);
  });

  it("that a debtor asks for is answered with other instalments", async () => {
    const { call, services } = await caller();
    const { id } = await askPlan(services, {
      invoices: ["A-1"],
      instalments: [{ on: day("2026-03-09"), amountMinor: 100_000 }],
      author: "debtor",
    });
    const decision = `/api/plans/${id}/decision`;
    expect(await call("PUT", decision, { decision: "change" })).toMatchObject({ status: 422 });
    const wrong = { decision: "change", instalments: [{ amount: "1", on: "2026-04-01" }] };
    expect((await call("PUT", decision, wrong)).body.detail).toMatch(/come to EUR 1.00; what is open/);
    const changed = await call("PUT", decision, { decision: "change", instalments, waives_interest: true });
    expect(changed).toMatchObject({ status: 200, body: { state: "agreed", instalments } });
    expect((await call("PUT", decision, { decision: "decline" })).status).toBe(409);
    expect((await call("PUT", "/api/plans/pln_none/decision", { decision: "decline" })).status).toBe(404);
  });
});

describe("other answers", () => {
  it("say that an invoice is paid, which holds it until the money is seen", async () => {
    const { call } = await caller();
    const report = { paid_on: "2026-02-27", reference: "RF18" };
    expect(await call("POST", "/api/invoices/A-1/paid-reports", report)).toMatchObject({
      status: 201,
      body: { invoice_number: "A-1", held_until: "2026-03-05" },
    });
    const again = await call("POST", "/api/invoices/A-1/paid-reports", report);
    expect(again.body.held_until).toBe("2026-03-05");
    const ahead = await call("POST", "/api/invoices/A-1/paid-reports", { paid_on: "2026-03-03" });
    expect(ahead.status).toBe(422);
  });

  it("name a contact, who is confirmed with a role", async () => {
    const { call, services } = await caller();
    const customerId = String((await storedCustomer(services.db, "NORDWIND"))!.id);
    const proposal = { customerId, name: "Nina Neu", email: "nina@nordwind.example", author: "debtor" };
    const { id } = await proposeContact(services, proposal);
    const decision = `/api/contacts/${id}/decision`;
    expect(await call("PUT", decision, { decision: "approve", role: "manager" })).toMatchObject({
      status: 200,
      body: { contact: id, email: "nina@nordwind.example", role: "manager" },
    });
    expect((await call("PUT", decision, { decision: "decline" })).status).toBe(409);
  });
});
