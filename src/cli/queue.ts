import { Command } from "commander";
import { formatCivilDay } from "../domain/civil-date.ts";
import { formatDecimal } from "../domain/money.ts";
import { myQueue, type Queue } from "../reminders/alerts/my-queue.ts";
import type { CliContext } from "./context.ts";
import { count } from "./send-table.ts";

export function queueCommand(context: CliContext): Command {
  return new Command("queue")
    .description("what waits for one person, the own customers by age, and what they promised")
    .argument("<person>", "the e-mail address of an account owner or the finance owner")
    .action(async (person: string) => {
      const queue = await myQueue(await context.services(), person);
      const lines = context.json ? toJson(queue).map((line) => JSON.stringify(line)) : toLines(queue);
      for (const line of lines) context.out(line);
    });
}

function toJson({ waiting, customers, promises }: Queue) {
  return [
    ...waiting.map(({ id, kind, about, payload }) => ({
      waits: kind,
      alert: id,
      about,
      customer: payload.customer?.ref ?? null,
      invoices: payload.invoices.map(({ number }) => number),
    })),
    ...customers.map(({ ref, currency, totalMinor, invoices, oldestDueOn }) => ({
      owes: formatDecimal(totalMinor, currency),
      currency,
      customer: ref,
      invoices,
      since: oldestDueOn === null ? null : formatCivilDay(oldestDueOn),
    })),
    ...promises.map(({ on, customerRef, number, currency, amountMinor }) => ({
      promised: formatDecimal(amountMinor, currency),
      currency,
      customer: customerRef,
      invoices: [number],
      on: formatCivilDay(on),
    })),
  ];
}

/** The command that answers a question about an invoice, or about what `about` names. */
const ANSWERED_BY: Partial<Record<Queue["waiting"][number]["kind"], string>> = {
  account_check: "check",
  owner_warning: "warning",
  call_task: "call",
  approval_asked: "approve",
  approval_overdue: "approve",
  objection_asked: "object",
  promise_asked: "approve",
  plan_asked: "approve",
  contact_proposed: "approve",
  outcome_unknown: "settle",
  notice_unknown: "settle",
  dispute_opened: "dispute close",
  dispute_waiting: "dispute close",
  reply_received: "replies accept",
  reply_waiting: "replies accept",
  reply_unverified: "replies handled",
  reply_unmatched: "replies handled",
};

/** A line each: whose, how much or what is asked, and the rest. */
function toLines({ waiting, customers, promises }: Queue): string[] {
  const money = (minor: number, currency: string) => `${currency} ${formatDecimal(minor, currency)}`;
  const rows = [
    ...waiting.map(({ kind, about, payload }) => {
      const numbers = payload.invoices.map(({ number }) => number);
      const subject = about ?? numbers[0];
      const command = ANSWERED_BY[kind];
      const answer = command && subject ? `answer: dunwell ${command} ${subject}` : "";
      return [payload.customer?.name ?? "", kind.replaceAll("_", " "), numbers.join(", "), answer];
    }),
    ...customers.map(({ name, currency, totalMinor, invoices, oldestDueOn }) => {
      const oldest = oldestDueOn === null ? "" : `oldest due ${formatCivilDay(oldestDueOn)}`;
      return [name, money(totalMinor, currency), count(invoices, "invoice"), oldest];
    }),
    ...promises.map(({ on, customer, number, currency, amountMinor }) => [
      customer,
      money(amountMinor, currency),
      number,
      `promised for ${formatCivilDay(on)}`,
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((cells) => cells[column]!.length)));
  return rows.map((cells) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
