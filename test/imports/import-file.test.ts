import { describe, expect, test } from "vitest";
import { findSetting } from "../../src/db/settings.ts";
import type { Services } from "../../src/services.ts";
import { makeServices } from "../support/database.ts";
import { importText } from "../support/import-text.ts";

const HEADER = "invoice_number,customer_ref,currency,amount,issued_on,due_on";
const invoice = (number: string, amount = "100.00", due = "2026-02-04") =>
  `${number},K-1,EUR,${amount},2026-01-05,${due}`;
const file = (...rows: string[]) => [HEADER, ...rows, ""].join("\n");

async function stored(services: Services, sql: string): Promise<unknown[][]> {
  const { rows } = await services.db.client.execute(sql);
  return rows.map((row) => Array.from({ length: Object.keys(row).length }, (_, i) => row[i]));
}

const invoicesOf = (services: Services) =>
  stored(services, "SELECT number, amount_minor, due_on, missing_since FROM invoices ORDER BY number");

test("good rows are kept, and a bad one is named by line, column, value and what would be right", async () => {
  const services = await makeServices();
  const text = file(invoice("1"), invoice("2", "100.00", "31/02/2026"), invoice("3"));
  const { outcomes, summary } = await importText(services, "invoices", text);
  expect(outcomes[0]).toMatchObject({
    line: 2,
    ok: true,
    changed: true,
    row: { amount: "100.00", due_on: "2026-02-04" },
  });
  expect(outcomes[1]).toEqual({
    line: 3,
    ok: false,
    column: "due_on",
    value: "31/02/2026",
    error: "31/02/2026 is no date; write YYYY-MM-DD",
  });
  expect(summary).toMatchObject({ rows: 3, imported: 2, unchanged: 0, refused: 1 });
  expect((await invoicesOf(services)).map(([number]) => number)).toEqual(["1", "3"]);
});

test("importing a file twice changes nothing, not even the ledger", async () => {
  const services = await makeServices();
  const text = file(invoice("1"), invoice("2"));
  await importText(services, "invoices", text);
  const all =
    "SELECT invoice_id, seq, hash FROM ledger UNION ALL SELECT id, facts_version, updated_at FROM customers";
  const before = await stored(services, all);
  services.clock.advance({ days: 1 });
  const { summary } = await importText(services, "invoices", text);
  expect(summary).toMatchObject({ rows: 2, imported: 0, unchanged: 2, refused: 0 });
  expect(await stored(services, all)).toEqual(before);
});

test("across files the later row updates, and an absent column or empty cell leaves what is stored", async () => {
  const services = await makeServices();
  await importText(services, "invoices", file(invoice("1")));
  const { summary } = await importText(
    services,
    "invoices",
    "invoice_number,customer_ref,amount,due_on\n1,K-1,80.00,\n",
  );
  expect(summary).toMatchObject({ imported: 1, refused: 0 });
  expect(await invoicesOf(services)).toEqual([["1", 8000, 20488, null]]);
});

describe("in one file", () => {
  test("an identical repetition is skipped, a different one is a bad row that points to the first", async () => {
    const services = await makeServices();
    const text = file(invoice("1"), invoice("1", "100.0"), invoice("1", "90.00"));
    const { outcomes, summary } = await importText(services, "invoices", text);
    expect(summary).toMatchObject({ rows: 3, imported: 1, unchanged: 1, refused: 1 });
    expect(outcomes[2]).toMatchObject({
      line: 4,
      column: "invoice_number",
      value: "1",
      error: expect.stringContaining("other content on line 2"),
    });
    expect(await invoicesOf(services)).toEqual([["1", 10000, 20488, null]]);
  });

  test("a row refused by what is stored is refused again where it is repeated", async () => {
    const services = await makeServices();
    await importText(services, "invoices", file(invoice("1")));
    const dollars = invoice("1").replace("EUR", "USD");
    const { refused } = await importText(services, "invoices", file(dollars, dollars));
    expect(refused).toMatchObject([
      { line: 2, column: "currency" },
      { line: 3, column: "currency" },
    ]);
  });

  test("a customer may span rows, one per contact, but not contradict itself", async () => {
    const services = await makeServices();
    const text = [
      "customer_ref,name,country,contact_email,contact_role,contact_name",
      "K-1,Acme,DE,a@acme.example,billing,Ann",
      "K-1,Acme,,b@acme.example,manager,Bob",
      "K-1,,,c@acme.example,legal,",
      "K-1,Acme,DE,a@acme.example,billing,Ann",
      "K-1,Acne,DE,d@acme.example,legal,",
      "K-1,Acme,DE,a@acme.example,billing,Anna",
      "",
    ].join("\n");
    const { refused, summary } = await importText(services, "customers", text);
    expect(summary).toMatchObject({ rows: 6, imported: 3, unchanged: 1, refused: 2 });
    expect(refused).toMatchObject([
      { line: 6, column: "name", value: "Acne", error: expect.stringContaining("line 2") },
      { line: 7, column: "contact_name", value: "Anna" },
    ]);
    expect(await stored(services, "SELECT email, role FROM contacts ORDER BY email")).toEqual([
      ["a@acme.example", "billing"],
      ["b@acme.example", "manager"],
      ["c@acme.example", "legal"],
    ]);
  });

  test("payments without a reference count how often the same one stands there", async () => {
    const services = await makeServices();
    await importText(services, "invoices", file(invoice("1")));
    const twice = "invoice_number,amount,paid_on\n1,10.00,2026-02-01\n1,10.00,2026-02-01\n";
    expect((await importText(services, "payments", twice)).summary).toMatchObject({
      imported: 2,
      unchanged: 0,
    });
    expect((await importText(services, "payments", twice)).summary).toMatchObject({
      imported: 0,
      unchanged: 2,
    });
    const thrice = `${twice}1,10.00,2026-02-01\n`;
    expect((await importText(services, "payments", thrice)).summary).toMatchObject({
      imported: 1,
      unchanged: 2,
    });
    expect(await stored(services, "SELECT balance_minor FROM invoices")).toEqual([[7000]]);
  });

  test("a reference is one payment", async () => {
    const services = await makeServices();
    await importText(services, "invoices", file(invoice("1")));
    const rows = ["1,10.00,2026-02-01,B-1", "1,10.00,2026-02-01,B-1", "1,11.00,2026-02-01,B-1"];
    const { summary, refused } = await importText(
      services,
      "payments",
      ["invoice_number,amount,paid_on,reference", ...rows].join("\n"),
    );
    expect(summary).toMatchObject({ imported: 1, unchanged: 1, refused: 1 });
    expect(refused).toMatchObject([{ line: 4, column: "reference", value: "B-1" }]);
  });
});

test("a payment on an unknown invoice is a bad row among good ones", async () => {
  const services = await makeServices();
  await importText(services, "invoices", file(invoice("1")));
  const text = "invoice_number,amount,currency,paid_on\n9,10.00,EUR,2026-02-01\n1,10.00,EUR,2026-02-01\n";
  const { refused, summary } = await importText(services, "payments", text);
  expect(refused).toMatchObject([{ line: 2, column: "invoice_number", value: "9" }]);
  expect(summary).toMatchObject({ imported: 1, refused: 1 });
});

test("a dry run answers like the import and keeps nothing", async () => {
  const services = await makeServices();
  await importText(services, "invoices", file(invoice("1"), invoice("9")));
  const text = file(invoice("1"), invoice("2"), invoice("1").replace("EUR", "USD"), invoice("3", "-1"));
  const before = await stored(services, "SELECT count(*), (SELECT count(*) FROM ledger) FROM imports");
  const dry = await importText(services, "invoices", text, { isDryRun: true, isComplete: true });
  expect(await stored(services, "SELECT count(*), (SELECT count(*) FROM ledger) FROM imports")).toEqual(
    before,
  );
  expect((await invoicesOf(services)).map(([number, , , missing]) => [number, missing])).toEqual([
    ["1", null],
    ["9", null],
  ]);
  const real = await importText(services, "invoices", text);
  expect(dry.outcomes).toEqual(real.outcomes);
  expect(dry.summary).toMatchObject({ imported: 1, unchanged: 1, refused: 2, missing: ["9"] });
});

describe("payment data is fresh", () => {
  const headerOnly = { invoices: `${HEADER}\n`, payments: "invoice_number,amount,paid_on\n" };
  test.each(["invoices", "payments"] as const)("after an import of %s, an empty one too", async (kind) => {
    const services = await makeServices();
    await importText(services, kind, headerOnly[kind], { isDryRun: true });
    expect(await findSetting(services.db, "fresh_through")).toBeUndefined();
    await importText(services, kind, headerOnly[kind]);
    expect(await findSetting(services.db, "fresh_through")).toBe(services.clock());
  });

  test("but not after customers, nor after a file that breaks off", async () => {
    const services = await makeServices();
    await importText(services, "customers", "customer_ref\nK-1\n");
    const { summary, refused } = await importText(services, "invoices", `${file(invoice("1"))}2,"K-1\n`);
    expect(summary).toMatchObject({ imported: 1, refused: 1, isRestUnread: true });
    expect(refused).toMatchObject([{ line: 3, error: expect.stringContaining("never closed") }]);
    expect(await findSetting(services.db, "fresh_through")).toBeUndefined();
  });
});

describe("a complete file", () => {
  test("marks the open invoices it does not name, lists them, and takes the mark back when they return", async () => {
    const services = await makeServices();
    await importText(services, "invoices", file(invoice("1"), invoice("2"), invoice("3")));
    await importText(services, "payments", "invoice_number,amount,paid_on\n3,100.00,2026-02-01\n");
    const at = services.clock();
    const first = await importText(services, "invoices", file(invoice("1")), { isComplete: true });
    expect(first.summary.missing).toEqual(["2"]);
    expect((await invoicesOf(services)).map(([number, , , missing]) => [number, missing])).toEqual([
      ["1", null],
      ["2", at],
      ["3", null],
    ]);
    const kinds =
      "SELECT l.kind FROM ledger l JOIN invoices i ON i.id = l.invoice_id WHERE i.number = '2' ORDER BY seq";
    expect(await stored(services, kinds)).toEqual([["invoice_imported"], ["invoice_missing"]]);
    services.clock.advance({ days: 1 });
    const again = await importText(services, "invoices", file(invoice("1")), { isComplete: true });
    expect(again.summary.missing).toEqual(["2"]);
    expect(await stored(services, kinds)).toHaveLength(2);
    const back = await importText(services, "invoices", file(invoice("1"), invoice("2")), {
      isComplete: true,
    });
    expect(back.summary).toMatchObject({ missing: [], imported: 1, unchanged: 1 });
    expect((await invoicesOf(services))[1]).toEqual(["2", 10000, 20488, null]);
  });

  test("does not take an invoice for absent whose row was refused, and tells of rows without a number", async () => {
    const services = await makeServices();
    await importText(services, "invoices", file(invoice("1"), invoice("2"), invoice("3")));
    const text = file(invoice("1", "x"), "2,K-1", invoice(""));
    const { summary } = await importText(services, "invoices", text, { isComplete: true });
    expect(summary).toMatchObject({ refused: 3, missing: ["3"], linesWithoutNumber: [4] });
  });

  test("marks nothing when it breaks off", async () => {
    const services = await makeServices();
    await importText(services, "invoices", file(invoice("1"), invoice("2")));
    const { summary } = await importText(services, "invoices", `${file(invoice("1"))}2,"K`, {
      isComplete: true,
    });
    expect(summary.missing).toBeNull();
    expect((await invoicesOf(services)).map(([, , , missing]) => missing)).toEqual([null, null]);
  });

  test("is one of invoices", async () => {
    const services = await makeServices();
    const complete = importText(services, "payments", "invoice_number,amount,paid_on\n", {
      isComplete: true,
    });
    await expect(complete).rejects.toThrow("only a file of invoices");
  });
});

test("rows of many batches are answered in order, and the import is on record", async () => {
  const services = await makeServices();
  const rows = Array.from({ length: 5001 }, (_, i) => invoice(String(i), i % 1000 === 7 ? "x" : "5.00"));
  const { outcomes, summary } = await importText(services, "invoices", file(...rows));
  expect(outcomes.map(({ line }) => line)).toEqual(rows.map((_, i) => i + 2));
  expect(summary).toMatchObject({ rows: 5001, imported: 4996, refused: 5 });
  const counts = "SELECT kind, rows, imported, refused, finished_at IS NOT NULL FROM imports";
  expect(await stored(services, counts)).toEqual([["invoices", 5001, 4996, 5, 1]]);
});
