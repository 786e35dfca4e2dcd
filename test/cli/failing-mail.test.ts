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
const NUMBERS = ["1", "2", "3", "4", "5", "6", "7", "8"];
const INVOICES = [
  "invoice_number,customer_ref,customer_name,customer_email,currency,amount,issued_on,due_on",
  ...NUMBERS.map((n) => `INV-${n},C-${n},Firm ${n},b@firm${n}.example,EUR,900.00,2026-01-05,2026-02-04`),
];

it("a key that is refused stops the run; ticks say so until the mail service takes mail again", async () => {
  await desk.run("creditor apply creditor.json");
  await desk.write("invoices.csv", INVOICES.join("\n"));
  await desk.run("import invoices invoices.csv --at 2026-01-30T08:00:00Z");
  const wrong = { ...LIVE, AWS_SECRET_ACCESS_KEY: "not the key" };
  const failing = expect.stringMatching(/has failed since 2026-01-30T09:00:00Z and is tried again after/);

  const first = await desk.run("tick --at 2026-01-30T09:00:00Z", wrong);
  expect([first.code, first.stdout]).toEqual([
    1,
    "0 sent, 5 refused by the mailer, 3 put off by the mailer\n",
  ]);
  expect(first.errors).toContainEqual(failing);
  const again = await desk.run("tick --at 2026-01-30T09:05:00Z", LIVE);
  expect([again.stdout, again.errors]).toEqual([
    "0 sent, nothing is due for a look before 2026-01-30 09:10 UTC\n",
    [failing],
  ]);
  const dry = await desk.run("tick --dry-run --at 2026-01-30T09:05:00Z", LIVE);
  expect([dry.stdout.includes("0 reminders"), dry.errors]).toEqual([true, [failing]]);

  const well = await desk.run("tick --at 2026-01-30T09:15:00Z", LIVE);
  expect(well.code).toBe(0);
  expect(well.stdout).toContain("8 sent");
  expect(well.errors.join("\n")).not.toMatch(/has failed since/);
});
