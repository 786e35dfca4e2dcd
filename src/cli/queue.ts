import { Command } from "commander";
import { formatCivilDay } from "../domain/civil-date.ts";
import { formatDecimal } from "../domain/money.ts";
import { myQueue } from "../reminders/alerts/my-queue.ts";
import type { CliContext } from "./context.ts";

export function queueCommand(context: CliContext): Command {
  return new Command("queue")
    .description("what waits for one person, the own customers by age, and what they promised")
    .argument("<person>", "the e-mail address of an account owner or the finance owner")
    .action(async (person: string) => {
      const { waiting, customers, promises } = await myQueue(await context.services(), person);
      const lines = [
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
      for (const line of lines) context.out(context.json ? JSON.stringify(line) : inWords(line));
    });
}

function inWords(line: Record<string, unknown>): string {
  const said = Object.entries(line).filter(([, value]) => value !== null);
  return said.map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(", ") : value}`).join("  ");
}
