import { expect, it, vi } from "vitest";
import { openDesk } from "./run-dunwell.ts";

// Each run is a process of its own, on a machine that may have other work.
vi.setConfig({ testTimeout: 60_000 });

const desk = await openDesk();

it("attaches a file to an invoice, once, and names what it does not take", async () => {
  await desk.write("invoices.csv", "invoice_number,customer_ref,currency,amount\nA-1,C1,EUR,10.00\n");
  await desk.run("import invoices invoices.csv");
  await desk.write("order.txt", "four pumps, as agreed");
  const first = await desk.run("attach A-1 order.txt --kind order --author frieda --json");
  expect([first.code, first.errors]).toEqual([0, []]);
  expect(first.json()).toEqual([
    {
      document: expect.stringMatching(/^doc_/),
      invoice: "A-1",
      kind: "order",
      name: "order.txt",
      media_type: "text/plain",
      bytes: 21,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      changed: true,
    },
  ]);
  const again = await desk.run("attach A-1 order.txt --kind proof");
  expect(again.stdout).toMatch(
    /^order\.txt \(order\) was kept before with invoice A-1; SHA-256 [0-9a-f]{64}$/m,
  );

  await desk.write("page.pdf", "<html>");
  const refusals: [string, number, string][] = [
    ["attach A-1 page.pdf --kind order", 1, "error: page.pdf: this file is not taken: it is a web page"],
    ["attach A-1 none.pdf --kind order", 1, "error: none.pdf does not exist"],
    ["attach A-1 . --kind order", 1, "error: . is a folder, not a file"],
    ["attach A-9 order.txt --kind order", 1, "error: there is no invoice A-9"],
    ["attach A-1 order.txt --kind poem", 2, "Allowed choices are contract, order"],
    ["attach A-1 order.txt", 2, "--kind"],
  ];
  for (const [args, code, message] of refusals) {
    const run = await desk.run(args);
    expect([run.code, run.stdout, run.errors.length]).toEqual([code, "", 1]);
    expect(run.errors[0]).toContain(message);
  }
});
