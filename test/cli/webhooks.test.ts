import { beforeAll, expect, it, vi } from "vitest";
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

it("a system is added, listed and closed, and the secret is printed once", async () => {
  const added = await desk.run(
    "webhooks add https://erp.example/hooks --event invoice.paid promise.broken --json",
  );
  const [{ endpoint, secret }] = added.json() as [{ endpoint: string; secret: string }];
  expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
  const list = await desk.run("webhooks list");
  expect(list.stdout).toContain(`${endpoint}  https://erp.example/hooks  invoice.paid promise.broken  open`);
  expect(list.stdout).not.toContain(secret);
  expect((await desk.run(`webhooks close ${endpoint}`)).code).toBe(0);
  const again = await desk.run(`webhooks close ${endpoint}`);
  expect([again.code, again.errors]).toEqual([
    1,
    [expect.stringContaining(`there is no open endpoint ${endpoint}`)],
  ]);
  expect((await desk.run("webhooks log")).errors).toEqual([expect.stringContaining("nothing was told yet")]);
});

it("money without an invoice is allocated by hand, and what is no such money is named", async () => {
  await desk.write(
    "bank.csv",
    "customer_ref,amount,currency,paid_on,reference\nGLOBEX,1200.00,EUR,2026-02-10,B-1\n",
  );
  await desk.run("import payments bank.csv");
  const nothing = await desk.run("allocate pay_none INV-1");
  expect([nothing.code, nothing.errors]).toEqual([
    1,
    [expect.stringContaining("there is no payment pay_none")],
  ]);
});
