import { afterAll, expect, it, vi } from "vitest";
import { startSesRecorder, TEST_KEY } from "../support/ses-recorder.ts";
import { openDesk } from "./run-dunwell.ts";

// Each run is a process of its own, on a machine that may have other work.
vi.setConfig({ testTimeout: 60_000 });

const desk = await openDesk();
const ses = await startSesRecorder();
afterAll(() => ses.close());

const LIVE = {
  MAILER: "ses",
  MAIL_FROM: "Acme <ar@acme.example>",
  AWS_REGION: "eu-central-1",
  AWS_ENDPOINT_URL_SES: ses.url,
  ...TEST_KEY,
};
const INVOICES = `invoice_number,customer_ref,customer_name,customer_email,currency,amount,issued_on,due_on
INV-1,GLOBEX,Globex,billing@globex.example,EUR,1200.00,2026-01-05,2026-02-04
`;

it("settles a letter of which nobody knows whether it left, once", async () => {
  await desk.run("creditor apply creditor.json");
  await desk.write("invoices.csv", INVOICES);
  await desk.run("import invoices invoices.csv --at 2026-01-30T08:00:00Z");
  ses.fail({ kind: "hang_up" });
  const ticked = await desk.run("tick --at 2026-01-30T09:00:00Z", LIVE);
  expect(ticked.code).toBe(0);
  const why = await desk.run("why INV-1 --at 2026-01-30T09:01:00Z");
  expect(why.stdout).toContain("`dunwell settle INV-1 --as sent` or `--as not-sent`");

  const unsure = await desk.run('settle INV-1 --as maybe --reason "it came"');
  expect([unsure.code, unsure.errors]).toEqual([2, [expect.stringMatching(/sent, not-sent/)]]);
  expect((await desk.run("settle INV-1 --as sent")).code).toBe(2);

  const settled = await desk.run('settle INV-1 --as not-sent --reason "SES has no record of it" --json');
  expect(settled.code).toBe(0);
  const outcome = { stage: "pre_due", invoices: ["INV-1"], outcome: "not_sent" };
  expect(settled.json()).toEqual([{ reminder: expect.stringMatching(/^rem_/), ...outcome }]);

  const again = await desk.run('settle INV-1 --as sent --reason "it came"');
  expect([again.code, again.errors]).toEqual([1, [expect.stringContaining("is known: it is failed")]]);
  const sent = await desk.run("tick --json --at 2026-01-30T09:15:00Z", LIVE);
  expect(sent.json()).toMatchObject([{ invoice: "INV-1", stage: "pre_due", action: "send" }]);
});
