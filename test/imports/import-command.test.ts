import { describe, expect, test } from "vitest";
import type { CliContext } from "../../src/cli/context.ts";
import { importCommand } from "../../src/cli/import.ts";
import { suppressAddress } from "../../src/reminders/sending/suppress-address.ts";
import type { Services } from "../../src/services.ts";
import { makeServices } from "../support/database.ts";
import { makeFile } from "../support/import-text.ts";

const HEADER = "invoice_number,customer_ref,currency,amount,due_on";
const GOOD = "1,K-1,EUR,10.00,2026-02-04";
const BAD = "2,K-1,EUR,10.00,31/02/2026";

async function run(args: string[], options: { json?: boolean; services?: Services } = {}) {
  const out: string[] = [];
  const notes: string[] = [];
  let failure: string | undefined;
  const context = {
    services: async () => options.services ?? (await makeServices()),
    json: options.json ?? false,
    out: (line: string) => out.push(line),
    note: (line: string) => notes.push(line),
    isTerminal: false,
    fail(message: string) {
      failure = message;
      throw new Error(message);
    },
  } as Partial<CliContext> as CliContext;
  const command = importCommand(context)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  const error = await command.parseAsync(args, { from: "user" }).then(
    () => undefined,
    (thrown) => thrown,
  );
  return { out, notes, failure, error };
}

test("with --json every row is one object on stdout, then the summary", async () => {
  const path = await makeFile([HEADER, GOOD, BAD, ""].join("\n"));
  const { out, failure } = await run(["invoices", path], { json: true });
  expect(out.map((line) => JSON.parse(line))).toEqual([
    {
      line: 2,
      ok: true,
      row: {
        invoice_number: "1",
        customer_ref: "K-1",
        currency: "EUR",
        amount: "10.00",
        due_on: "2026-02-04",
      },
    },
    {
      line: 3,
      ok: false,
      column: "due_on",
      value: "31/02/2026",
      error: "31/02/2026 is no date; write YYYY-MM-DD",
    },
    { summary: { rows: 2, imported: 1, unchanged: 0, refused: 1, preset: null } },
  ]);
  expect(failure).toBe("1 of 2 rows was refused");
});

test("without it bad rows go to stderr, and the count to stdout", async () => {
  const path = await makeFile([HEADER, GOOD, BAD, ""].join("\n"));
  const { out, notes } = await run(["invoices", path, "--dry-run"]);
  expect(notes).toEqual(['line 3, due_on "31/02/2026": 31/02/2026 is no date; write YYYY-MM-DD']);
  expect(out).toEqual(["nothing was kept: 2 rows: 1 imported, 0 unchanged, 1 refused"]);
});

const INVOICELY = '"Date","Due","Details","Client","Status","Total"';

test("a recognised file is named in the summary, and how it was read on stderr", async () => {
  const row = (day: string, number: string) => `"${day}","28/02/2026","${number}","Otter","Due","1,020.00"`;
  const path = await makeFile(
    [INVOICELY, row("03/02/2026", "1"), row("31/31/2026", "2"), '"","","","","Total","9.00"', ""].join("\n"),
  );
  const { out, notes, failure } = await run(["invoices", path, "--currency", "eur"], { json: true });
  expect(out.map((line) => JSON.parse(line))).toMatchObject([
    {
      line: 2,
      ok: true,
      row: { invoice_number: "1", currency: "EUR", amount: "1020.00", issued_on: "2026-02-03" },
    },
    { line: 3, ok: false, column: "issued_on", value: "31/31/2026" },
    { summary: { rows: 2, imported: 1, unchanged: 0, refused: 1, preset: "invoicely" } },
  ]);
  expect(notes).toEqual([
    "read as invoices of Invoicely (--preset invoicely)",
    'dates like "03/02/2026" are read day first',
    "1 line left out: titles, sums, or something else than invoices",
    expect.stringContaining("1 customer without a country"),
    expect.stringContaining("1 open invoice with nobody to write to"),
  ]);
  expect(failure).toBe("1 of 2 rows was refused");
});

test("a file that leaves the order of its dates open is refused with the way to say it, and read once it is said", async () => {
  const path = await makeFile(
    [INVOICELY, '"01/02/2026","03/04/2026","1","Otter","Due","5.00"', ""].join("\n"),
  );
  const asked = await run(["invoices", path, "--currency", "EUR"]);
  expect(asked.error).toMatchObject({
    code: "invalid",
    message: expect.stringContaining("--date-order dmy"),
  });
  const { out } = await run(["invoices", path, "--currency", "EUR", "--date-order", "mdy"], { json: true });
  expect(JSON.parse(out[0]!)).toMatchObject({ row: { issued_on: "2026-01-02", due_on: "2026-03-04" } });
});

test("a draft is void until a later file says that it was sent", async () => {
  const services = await makeServices();
  const importAs = async (state: string) => {
    const path = await makeFile(
      [INVOICELY, `"2026-01-01","2026-02-01","1","Otter","${state}","5.00"`, ""].join("\n"),
    );
    await run(["invoices", path, "--currency", "EUR"], { services });
    const { rows } = await services.db.client.execute(
      "SELECT status, balance_minor AS balance, next_look_at IS NOT NULL AS watched FROM invoices",
    );
    return { ...rows[0] };
  };
  expect(await importAs("Draft")).toMatchObject({ status: "void" });
  expect(await importAs("Due")).toEqual({ status: "open", balance: 500, watched: 1 });
});

test("a currency that is none is refused", async () => {
  expect((await run(["invoices", "x.csv", "--currency", "EURO"])).failure).toContain(
    '"EURO" is no ISO 4217 currency',
  );
});

test("one row is a row", async () => {
  const { out, failure } = await run(["invoices", await makeFile([HEADER, BAD, ""].join("\n"))]);
  expect(out).toEqual(["1 row: 0 imported, 0 unchanged, 1 refused"]);
  expect(failure).toBe("1 of 1 row was refused");
});

test("good files end well, and a complete one lists what is missing", async () => {
  const services = await makeServices();
  const both = await makeFile([HEADER, GOOD, GOOD.replace("1,", "2,"), ""].join("\n"));
  expect((await run(["invoices", both], { services })).error).toBeUndefined();
  const one = await makeFile([HEADER, GOOD, ""].join("\n"));
  const { out, error } = await run(["invoices", one, "--complete"], { services });
  expect(error).toBeUndefined();
  expect(out[0]).toContain("invoice 2 is open and not in the file");
  const told = await run(["invoices", one, "--complete"], { services, json: true });
  expect(JSON.parse(told.out.at(-1)!)).toMatchObject({ summary: { unchanged: 1, missing: ["2"] } });
});

test("an import of invoices names what is missing about who owes, and how to mend it, until it is there", async () => {
  const services = await makeServices();
  const put = async (kind: string, ...lines: string[]) =>
    (await run([kind, await makeFile([...lines, ""].join("\n"))], { services })).notes;
  const rows = ["1,K-1,EUR,10.00,2026-02-04", "2,K-1,EUR,10.00,2026-02-04", "3,K-2,EUR,10.00,2026-02-04"];
  const columns = "customer_ref,kind,country,contact_email";
  await put("customers", columns, "P-1,consumer,,");
  expect(await put("invoices", HEADER, ...rows, "4,P-1,EUR,10.00,2026-02-04")).toEqual([
    "2 customers without a country, so no public holidays are kept: import customers with the columns customer_ref and country",
    "3 open invoices with nobody to write to, so no reminder leaves: `dunwell contact CUSTOMER --email ADDRESS`, or the column customer_email",
  ]);
  await put("customers", columns, "K-1,,DE,ap@k1.example", "K-2,,,AP@k2.example");
  expect(await put("invoices", HEADER, ...rows)).toEqual([expect.stringMatching(/^1 customer without/)]);
  await suppressAddress(services, { address: "ap@k2.example", reason: "bounce", source: "test" });
  expect((await put("invoices", HEADER, ...rows))[1]).toMatch(/^1 open invoice with/);
  await put("customers", columns, "K-2,,CN,new@k2.example");
  expect(await put("invoices", HEADER, ...rows)).toEqual([]);
});

test("nothing in a cell reaches the terminal as a command", async () => {
  const path = await makeFile([HEADER, GOOD.replace("EUR", "\u001b[31mEUR"), ""].join("\n"));
  const { notes } = await run(["invoices", path]);
  expect(notes).toHaveLength(1);
  expect(notes[0]).not.toContain("\u001b");
});

describe("a wrong call", () => {
  test.each([
    ["of an unknown kind", ["orders", "x.csv"]],
    ["without a file", ["invoices"]],
    ["of two mappings", ["invoices", "x.csv", "--mapping", "a.json", "--preset", "b"]],
    [
      "of a mapping with an order of dates",
      ["invoices", "x.csv", "--mapping", "a.json", "--date-order", "dmy"],
    ],
    ["with another order of dates", ["invoices", "x.csv", "--date-order", "ymd"]],
    ["with another decimal sign", ["invoices", "x.csv", "--decimal", "dot"]],
  ])("%s is a usage error", async (_, args) => {
    expect((await run(args)).error).toMatchObject({ code: expect.stringMatching(/^(commander|dunwell)\./) });
  });

  test("for a complete file of payments has exit code 2", async () => {
    expect((await run(["payments", "x.csv", "--complete"])).error).toMatchObject({ exitCode: 2 });
  });

  test("for a preset that does not exist is refused", async () => {
    expect((await run(["invoices", "x.csv", "--preset", "sap"])).error).toMatchObject({
      code: "invalid",
      message: expect.stringContaining('no preset "sap"; there are xero, quickbooks'),
    });
  });
});
