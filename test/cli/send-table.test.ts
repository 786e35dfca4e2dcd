import { expect, test } from "vitest";
import type { CliContext } from "../../src/cli/context.ts";
import { openSendTable } from "../../src/cli/send-table.ts";

const send = {
  date: "2026-02-04",
  customer: "GLOBEX",
  stage: "overdue_3",
  action: "send" as const,
  name: "Globex",
  amount: "EUR 300.00",
};

function openTable(json = false) {
  const printed: string[] = [];
  const context = { json, out: (line: string) => void printed.push(line) } as unknown as CliContext;
  return { printed, table: openSendTable(context) };
}

test("an invoice reminded twice is one invoice, and a reminder told in two places one reminder", () => {
  const { table } = openTable();
  table.add({ ...send, invoice: "INV-1", reminder: "rem_1" });
  table.add({ ...send, invoice: "INV-3", reminder: "rem_2" });
  table.add({ ...send, invoice: "INV-2", reminder: "rem_1" });
  table.add({ ...send, invoice: "INV-1", reminder: "rem_3" });
  expect(table.summary()).toBe("3 reminders for 3 invoices");
});

test("people read who is asked for how much, in columns; programs read the fields of the contract alone", () => {
  const sends = [
    { ...send, invoice: "INV-1", reminder: "rem_1" },
    { ...send, invoice: "INV-2", reminder: "rem_1", amount: "EUR 1234567.89" },
    { ...send, invoice: "INV-3", reminder: "rem_2", name: "GLOBEX", amount: "JPY 5" },
  ];
  const [people, programs] = [openTable(), openTable(true)];
  for (const { table } of [people, programs]) for (const one of sends) table.add(one);
  expect(people.printed).toEqual([
    "2026-02-04  overdue_3      INV-1         EUR 300.00  Globex (GLOBEX)",
    "2026-02-04  overdue_3      INV-2       EUR 1234567.89  Globex (GLOBEX)",
    "2026-02-04  overdue_3      INV-3                JPY 5  GLOBEX",
  ]);
  expect(programs.printed[0]).toBe(
    '{"date":"2026-02-04","invoice":"INV-1","customer":"GLOBEX","stage":"overdue_3","action":"send","reminder":"rem_1"}',
  );
});
