import { expect, test } from "vitest";
import type { CliContext } from "../../src/cli/context.ts";
import { openSendTable } from "../../src/cli/send-table.ts";

test("an invoice reminded twice is one invoice, and a reminder told in two places one reminder", () => {
  const table = openSendTable({ json: false, out: () => {} } as unknown as CliContext);
  const line = { date: "2026-02-04", customer: "GLOBEX", stage: "overdue_3", action: "send" as const };
  table.add({ ...line, invoice: "INV-1", reminder: "rem_1" });
  table.add({ ...line, invoice: "INV-3", reminder: "rem_2" });
  table.add({ ...line, invoice: "INV-2", reminder: "rem_1" });
  table.add({ ...line, invoice: "INV-1", reminder: "rem_3" });
  expect(table.summary()).toBe("3 reminders for 3 invoices");
});
