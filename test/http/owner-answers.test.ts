import { describe, expect, it } from "vitest";
import { tick } from "../../src/reminders/sending/tick.ts";
import { ledgerOf } from "../support/stored.ts";
import { type Caller, invoiceBody, makeCaller, tellBasics } from "./call.ts";

// The clock stands at Monday, 2 March 2026; A-1 over 1,000.00 EUR is due on Wednesday.
async function caller(): Promise<Caller> {
  const made = await makeCaller();
  await tellBasics(made);
  return made;
}

const CALL = { person: "Bela Buch", said: "It is in the next run." };

describe("a call", () => {
  it("about an invoice is logged with the promise in it", async () => {
    const { call, services } = await caller();
    const promised = { ...CALL, promised_on: "2026-03-13", promised_amount: "600.00" };
    expect(await call("POST", "/api/invoices/A-1/calls", promised)).toMatchObject({
      status: 201,
      body: {
        customer_ref: "NORDWIND",
        on: "2026-03-02",
        promises: [{ invoice_number: "A-1", amount: "600.00", on: "2026-03-13" }],
      },
    });
    expect(await ledgerOf(services.db, "A-1")).toContainEqual(
      expect.objectContaining({ kind: "call_logged", author: "api" }),
    );
  });

  it("with a customer is about all that it owes", async () => {
    const { call } = await caller();
    expect(await call("POST", "/api/customers/NORDWIND/calls", CALL)).toMatchObject({
      status: 201,
      body: { promises: [] },
    });
    expect(await call("GET", "/api/customers/NORDWIND")).toMatchObject({
      body: { last_contact: { kind: "call", on: "2026-03-02", what: CALL.said, who: "Bela Buch" } },
    });
  });

  it("is refused without words, for a day to come and for a customer not on record", async () => {
    const { call } = await caller();
    expect(await call("POST", "/api/invoices/A-1/calls", { person: "Bela Buch" })).toMatchObject({
      status: 422,
      body: { errors: [{ field: "said", detail: "is needed: what was said" }] },
    });
    const late = { ...CALL, on: "2026-03-03" };
    expect(await call("POST", "/api/customers/NORDWIND/calls", late)).toMatchObject({ status: 422 });
    expect(await call("POST", "/api/customers/NOBODY/calls", CALL)).toMatchObject({ status: 404 });
  });
});

describe("an account owner's answer", () => {
  it("to the account check is taken once", async () => {
    const { call } = await caller();
    const url = "/api/invoices/A-1/account-check";
    expect(await call("PUT", url, { answer: "in_approval" })).toMatchObject({
      status: 200,
      body: { invoice_number: "A-1", answer: "in_approval", held_until: "2026-03-09" },
    });
    expect(await call("PUT", url, { answer: "received" })).toMatchObject({
      status: 409,
      body: { detail: "api answered on 2026-03-02 already: in approval" },
    });
    expect(await call("PUT", url, { answer: "maybe" })).toMatchObject({ status: 422 });
  });

  it("to a warning holds the letter back", async () => {
    const { call, services } = await caller();
    await services.db.client.execute("UPDATE invoices SET due_on = due_on - 20, issued_on = issued_on - 20");
    await call("PUT", "/api/invoices/A-1/waivers/overdue_3", { reason: "told by phone" });
    expect(await call("PUT", "/api/invoices/A-1/warning", { answer: "instalments" })).toMatchObject({
      status: 200,
      body: { stage: "overdue_30", answer: "instalments", held_until: "2026-03-04" },
    });
  });
});

describe("a letter that finance is asked about", () => {
  async function asked() {
    const made = await caller();
    await made.services.db.client.execute(
      "UPDATE invoices SET due_on = due_on - 65, issued_on = issued_on - 65",
    );
    for (const stage of ["overdue_3", "overdue_30"]) {
      await made.call("PUT", `/api/invoices/A-1/waivers/${stage}`, { reason: "told by phone" });
    }
    await made.call("PUT", "/api/payments/freshness", { through: "2026-03-02T09:00:00Z" });
    await tick(made.services);
    const { rows } = await made.services.db.client.execute(
      "SELECT id FROM reminders WHERE asked_at IS NOT NULL",
    );
    return { ...made, id: String(rows[0]!.id) };
  }

  it("can be objected to, and postponed", async () => {
    const { call, id } = await asked();
    expect(
      await call("POST", `/api/reminders/${id}/objections`, { reason: "They pay on Monday." }),
    ).toMatchObject({
      status: 201,
      body: { reminder: id, stage: "formal_notice", invoices: ["A-1"] },
    });
    const url = `/api/reminders/${id}/approval`;
    expect(await call("PUT", url, { decision: "postpone" })).toMatchObject({ status: 422 });
    expect(await call("PUT", url, { decision: "postpone", until: "2026-03-31" })).toMatchObject({
      status: 200,
      body: { decision: "postpone", held_until: "2026-03-31", approved_until: null },
    });
  });
});

describe("a customer", () => {
  it("is found by name, typing errors allowed, and shown", async () => {
    const { call } = await caller();
    expect(await call("GET", "/api/customers?query=nordwnd%20handl")).toMatchObject({
      status: 200,
      body: { customers: [{ customer_ref: "NORDWIND", name: "Nordwind Handel" }] },
    });
    expect(await call("GET", "/api/customers")).toMatchObject({ status: 422 });
    expect(await call("GET", "/api/customers/NORDWIND")).toMatchObject({
      status: 200,
      body: {
        customer_ref: "NORDWIND",
        contacts: [{ email: "bills@nordwind.example", suppressed: false }],
        totals: [{ currency: "EUR", open: "1000.00", overdue: "0.00" }],
        invoices: [
          { invoice_number: "A-1", balance: "1000.00", stage: "pre_due", action: "send", reason: null },
        ],
      },
    });
    expect(await call("GET", "/api/customers/NOBODY")).toMatchObject({ status: 404 });
  });

  it("has an address corrected", async () => {
    const { call } = await caller();
    const right = { email: "ap@nordwind.example", replaces: "bills@nordwind.example" };
    expect(await call("POST", "/api/customers/NORDWIND/contacts", right)).toMatchObject({ status: 204 });
    const { body } = await call("GET", "/api/customers/NORDWIND");
    expect(body.contacts).toEqual([
      { role: "billing", name: "Bela Buch", email: "ap@nordwind.example", suppressed: false },
    ]);
    expect(await call("POST", "/api/customers/NORDWIND/contacts", right)).toMatchObject({ status: 404 });
  });

  it("stands in the queue of its account owner", async () => {
    const { call } = await caller();
    await call("PUT", "/api/invoices/A-2", invoiceBody({ amount: "500.00", due_on: "2026-02-27" }));
    await call("POST", "/api/invoices/A-2/promises", { on: "2026-03-13" });
    expect(await call("GET", "/api/queue?person=rita.rep@acme.example")).toMatchObject({
      status: 200,
      body: {
        customers: [{ customer_ref: "NORDWIND", open: "1500.00", invoices: 2, oldest_due_on: "2026-02-27" }],
        promises: [{ invoice_number: "A-2", amount: "500.00", on: "2026-03-13" }],
      },
    });
  });
});
