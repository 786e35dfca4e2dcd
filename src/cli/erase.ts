import { Command } from "commander";
import { rewriteFile } from "../db/open.ts";
import { formatCivilDay } from "../domain/civil-date.ts";
import { civilDayAt, type Instant } from "../domain/zone.ts";
import { eraseCustomer } from "../reminders/operation/erase-customer.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";
import { count } from "./send-table.ts";

type Options = { customer: string; reason: string; force?: boolean; author?: string };

export function eraseCommand(context: CliContext): Command {
  return new Command("erase")
    .description(
      "erase what is personal of a customer, for good; what happened, when and over how much stays",
    )
    .requiredOption("--customer <reference>", "whose")
    .requiredOption("--reason <reason>", "on whose wish, for the record: nothing personal")
    .option("--force", "before RETENTION_DAYS are over")
    .option("--author <name>", "who erases it, for the record")
    .action(async ({ customer, reason, force, ...options }: Options) => {
      const services = await context.services();
      const told = {
        customerRef: customer,
        because: reason,
        isForced: force,
        author: author(options.author),
      };
      const { invoices, erasedBefore } = await eraseCustomer(services, told);
      await rewriteFile(services.db);
      if (context.json) context.out(JSON.stringify({ customer, erased: true, invoices }));
      else {
        context.out(`Customer ${customer}: ${describe(invoices, erasedBefore)}.`);
        context.note("Backups and Slack still have what they had: erase it there too.");
      }
    });
}

function describe(invoices: number, erasedBefore: Instant | null): string {
  if (invoices > 0) return `erased, which the ledger says of ${count(invoices, "invoice")}`;
  if (erasedBefore === null) return "erased; the ledger had nothing personal of it";
  return `was erased already on ${formatCivilDay(civilDayAt(erasedBefore, "UTC"))}`;
}
