import { beforeAll, describe, expect, it, vi } from "vitest";
import { openDesk } from "./run-dunwell.ts";

vi.setConfig({ testTimeout: 60_000 });

const desk = await openDesk();
const INVOICES = `invoice_number,customer_ref,customer_name,customer_email,currency,amount,issued_on,due_on
INV-1,GLOBEX,Globex,billing@globex.example,EUR,1200.00,2026-01-05,2026-02-04
`;

beforeAll(async () => {
  await desk.write("invoices.csv", INVOICES);
  await desk.run("import invoices invoices.csv");
});

describe("revoking links", () => {
  it("closes those of a customer, and says so", async () => {
    const [people, machine] = await Promise.all([
      desk.run("revoke-links --customer GLOBEX"),
      desk.run("revoke-links --customer GLOBEX --json"),
    ]);
    expect([people.code, people.stdout]).toEqual([0, expect.stringContaining("open nothing any more")]);
    expect(machine.json()).toEqual([{ customer: "GLOBEX", revoked: true }]);
  });

  it("names whom it does not know, and asks for one of the two", async () => {
    const runs = ["--customer NOBODY", "--reminder rem_none", "", "--customer A --reminder B"];
    const [nobody, nothing, neither, both] = await Promise.all(
      runs.map((options) => desk.run(`revoke-links ${options}`)),
    );
    expect([nobody!.code, nobody!.errors]).toEqual([
      1,
      [expect.stringContaining("there is no customer NOBODY")],
    ]);
    expect([nothing!.code, nothing!.errors]).toEqual([
      1,
      [expect.stringContaining("there is no reminder rem_none")],
    ]);
    expect([neither!.code, both!.code]).toEqual([2, 2]);
  });
});
