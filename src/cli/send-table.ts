import type { SendLine } from "../reminders/sending/run.ts";
import type { CliContext } from "./context.ts";

type Sends = {
  add(line: SendLine): void;
  /** How many invoices in how many reminders, as a person says it. */
  summary(): string;
};

const LEAST_WIDTHS = [10, 13, 10];

/** Prints what is sent as it comes: JSON lines, or columns that widen as they must. */
export function openSendTable(context: CliContext): Sends {
  const widths = [...LEAST_WIDTHS];
  const invoices = new Set<string>();
  const reminders = new Set<string>();
  return {
    add(line) {
      invoices.add(line.invoice);
      reminders.add(line.reminder);
      context.out(context.json ? JSON.stringify(line) : formatRow(line, widths));
    },
    summary: () => `${count(reminders.size, "reminder")} for ${count(invoices.size, "invoice")}`,
  };
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function formatRow({ date, stage, invoice, customer }: SendLine, widths: number[]): string {
  const cells = [date, stage, invoice].map((cell, i) => {
    widths[i] = Math.max(widths[i]!, cell.length);
    return cell.padEnd(widths[i]!);
  });
  return [...cells, customer].join("  ");
}
