import { type Send, toSendLine } from "../reminders/sending/send-line.ts";
import type { CliContext } from "./context.ts";

type Sends = {
  add(send: Send): void;
  /** How many invoices in how many reminders, as a person says it. */
  summary(): string;
};

const LEAST_WIDTHS = [10, 13, 10, 12];
/** Which column is set to the right. */
const AMOUNT = 3;

/** Prints what is sent as it comes: JSON lines, or columns that widen as they must. */
export function openSendTable(context: CliContext): Sends {
  const widths = [...LEAST_WIDTHS];
  const invoices = new Set<string>();
  const reminders = new Set<string>();
  return {
    add(send) {
      invoices.add(send.invoice);
      reminders.add(send.reminder);
      context.out(context.json ? JSON.stringify(toSendLine(send)) : formatRow(send, widths));
    },
    summary: () => `${count(reminders.size, "reminder")} for ${count(invoices.size, "invoice")}`,
  };
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function formatRow(send: Send, widths: number[]): string {
  const { date, stage, invoice, amount, customer, name } = send;
  const cells = [date, stage, invoice, amount].map((cell, i) => {
    widths[i] = Math.max(widths[i]!, cell.length);
    return i === AMOUNT ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!);
  });
  return [...cells, name === customer ? customer : `${name} (${customer})`].join("  ");
}
