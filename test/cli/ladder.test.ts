import { beforeAll, describe, expect, it, vi } from "vitest";
import { openDesk } from "./run-dunwell.ts";

// Each run is a process of its own, on a machine that may have other work.
vi.setConfig({ testTimeout: 60_000 });

const desk = await openDesk();

const INVOICES = `invoice_number,customer_ref,customer_name,customer_email,currency,amount,issued_on,due_on,owner_email
INV-1,GLOBEX,Globex,billing@globex.example,EUR,1200.00,2026-01-05,2026-02-04,rep@acme.example
INV-2,GLOBEX,Globex,billing@globex.example,EUR,300.00,2026-01-05,2026-02-04,rep@acme.example
INV-3,OLDCO,Oldco,billing@oldco.example,EUR,500.00,2025-10-01,2025-11-03,rep@acme.example
`;
const FRIDAY = "--at 2026-01-30T10:00:00+01:00";
const MONDAY = "--at 2026-02-02T09:00:00Z";
const KEYS = ["date", "invoice", "customer", "stage", "action", "reminder"];

beforeAll(() => desk.write("invoices.csv", INVOICES));

describe("from an empty folder to a reminder", () => {
  it("refuses to tick, for real or not, before it knows who the creditor is", async () => {
    await desk.run("migrate");
    const runs = ["tick", "tick --dry-run --json"].map((command) => desk.run(`${command} ${FRIDAY}`));
    for (const { code, stdout, errors } of await Promise.all(runs)) {
      expect([code, stdout]).toEqual([1, ""]);
      expect(errors).toEqual([expect.stringContaining("dunwell creditor apply FILE.json")]);
    }
  });

  it("applies a creditor and imports invoices without a migration before", async () => {
    const creditor = await desk.run("creditor apply creditor.json");
    expect(creditor).toMatchObject({ code: 0, stdout: "The creditor is Acme GmbH.\n", errors: [] });
    const again = await desk.run("--json creditor apply creditor.json");
    expect(again.json()).toEqual([{ creditor: "Acme GmbH", changed: false, warnings: [] }]);
    const imported = await desk.run(`import invoices invoices.csv --json ${FRIDAY}`);
    expect(imported.code).toBe(0);
    expect(imported.json().at(-1)).toMatchObject({ summary: { rows: 3, imported: 3, refused: 0 } });
  });

  it("says in JSON what a tick would send, twice the same, and sends it then", async () => {
    const [planned, plannedAgain] = await Promise.all([
      desk.run(`tick --dry-run --json ${FRIDAY}`),
      desk.run(`--json --at 2026-01-30T09:00:00Z tick --dry-run`),
    ]);
    const sent = await desk.run(`tick --json ${FRIDAY}`);
    const pre_due = { date: "2026-01-30", customer: "GLOBEX", stage: "pre_due", action: "send" };
    for (const { code, json } of [planned, plannedAgain, sent]) {
      expect(code).toBe(0);
      expect(json()).toMatchObject([
        { ...pre_due, invoice: "INV-1" },
        { ...pre_due, invoice: "INV-2" },
      ]);
      const [first, second] = json();
      expect(Object.keys(first)).toEqual(KEYS);
      expect(first.reminder).toMatch(/^rem_/);
      expect(second.reminder).toBe(first.reminder);
    }
    expect(sent.errors).toEqual([expect.stringContaining("for everybody: Reminders wait for release")]);
  });

  it("names the backlog in a rehearsal too, until it is released", async () => {
    const { stdout } = await desk.run("tick --dry-run --at 2026-01-30T09:01:00Z");
    expect(stdout).toBe(
      "0 reminders for 0 invoices would be sent now; nothing was; nothing is due for a look before 2026-02-02 08:00 UTC; 1 backlog: run `dunwell tick --confirm-backlog`.\n",
    );
    const released = await desk.run("tick --dry-run --confirm-backlog --at 2026-01-30T09:01:00Z");
    expect(released.stdout).toContain("1 reminder for 1 invoice would be sent now; nothing was.\n");
  });

  it("sends nothing in the next minute, and names the backlog and its way out", async () => {
    const { code, stdout } = await desk.run(`tick --at 2026-01-30T09:01:00Z`);
    expect(code).toBe(0);
    expect(stdout).toBe(
      "0 sent, nothing is due for a look before 2026-02-02 08:00 UTC, 1 backlog: run `dunwell tick --confirm-backlog`\n",
    );
  });

  it("explains a decision in five JSON keys, or in sentences", async () => {
    const [json, words, unknown] = await Promise.all([
      desk.run(`why INV-1 --json ${MONDAY}`),
      desk.run(`why INV-3 ${MONDAY}`),
      desk.run(`why INV-9 ${MONDAY}`),
    ]);
    expect(json.stdout).toBe(
      '{"invoice":"INV-1","stage":"overdue_3","action":"wait","reason":"not_due","on":"2026-02-09"}\n',
    );
    expect(words.stdout).toMatch(
      /^INV-3: waits \(backlog, overdue_3\)\n {2}It became due more than 7 days ago/,
    );
    expect([unknown.code, unknown.stdout, unknown.errors.length]).toEqual([1, "", 1]);
    expect(unknown.errors[0]).toContain("INV-9");
  });

  it("holds through a day, and forecasts accordingly", async () => {
    const hold = `hold INV-1 --until 2026-02-20 --reason "order number awaited" --json ${MONDAY}`;
    expect((await desk.run(hold)).json()).toEqual([
      { hold: expect.stringMatching(/^hld_/), invoice: "INV-1", until: "2026-02-20", changed: true },
    ]);
    const [late, forecast, table] = await Promise.all([
      desk.run(`hold INV-2 --until 2026-01-01 --reason late ${MONDAY}`),
      desk.run(`forecast --days 25 --json ${MONDAY}`),
      desk.run(`forecast --days 25 ${MONDAY}`),
    ]);
    expect([late.code, late.errors.length]).toEqual([1, 1]);
    expect(forecast.json().map(({ date, invoice, stage }) => `${date} ${invoice} ${stage}`)).toEqual([
      "2026-02-09 INV-2 overdue_3",
      "2026-02-23 INV-1 overdue_3",
    ]);
    expect(table.stdout).toContain("2026-02-09  overdue_3      INV-2         EUR 300.00  Globex (GLOBEX)\n");
    expect(table.stdout).toContain("2 reminders for 2 invoices in the next 25 days");
  });

  it("ends a hold once", async () => {
    expect(await desk.run(`unhold INV-1 ${MONDAY}`)).toMatchObject({ code: 0, errors: [] });
    const again = await desk.run(`unhold INV-1 ${MONDAY}`);
    expect([again.code, again.errors]).toEqual([1, ["error: there is no manual hold on invoice INV-1"]]);
    const customer = `hold --customer GLOBEX --until 2026-02-03 --reason merger --json ${MONDAY}`;
    expect((await desk.run(customer)).json()).toMatchObject([{ customer: "GLOBEX", until: "2026-02-03" }]);
  });

  it("lets the backlog go when it is told to", async () => {
    const planned = await desk.run(`tick --dry-run --confirm-backlog --json ${MONDAY}`);
    expect(planned.json()).toMatchObject([{ invoice: "INV-3", stage: "overdue_3" }]);
    const released = await desk.run(`release --json ${MONDAY}`);
    expect(released.json()).toEqual([{ invoices: 1 }]);
    const sent = await desk.run(`tick --confirm-backlog ${MONDAY}`);
    expect(sent.stdout).toMatch(/^2026-02-02 {2}overdue_3 {6}INV-3 {9}EUR 500.00 {2}Oldco \(OLDCO\)\n1 sent/);
  });

  it("replays the past from the start, without and with a policy of one's own", async () => {
    const stages = [{ key: "late", offsetDays: 1, template: "overdue-3", to: ["billing"] }];
    await desk.write("late.json", { name: "late", stages });
    const days = "--from 2026-01-01 --to 2026-02-10 --json";
    const [replayed, late] = await Promise.all([
      desk.run(`simulate ${days}`),
      desk.run(`simulate ${days} --policy late.json`),
    ]);
    expect(replayed.json().map(({ date, invoice, stage }) => `${date} ${invoice} ${stage}`)).toEqual([
      "2026-01-01 INV-3 overdue_3",
      "2026-01-08 INV-3 overdue_30",
      "2026-01-22 INV-3 formal_notice",
      "2026-01-30 INV-1 pre_due",
      "2026-01-30 INV-2 pre_due",
      "2026-02-09 INV-1 overdue_3",
      "2026-02-09 INV-2 overdue_3",
    ]);
    expect(late.json().map(({ stage }) => stage)).toEqual(["late", "late", "late"]);
  });
});
