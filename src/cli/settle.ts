import { Command, Option } from "commander";
import { settleReminder } from "../reminders/settle-reminder.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";

type Options = { as: "sent" | "not-sent"; reason: string; author?: string };

export function settleCommand(context: CliContext): Command {
  return new Command("settle")
    .description("say what became of a reminder of which nobody knows whether it left")
    .argument("<reminder>", "the reminder's id, or the number of an invoice in it")
    .addOption(
      new Option("--as <outcome>", "what is known of it").choices(["sent", "not-sent"]).makeOptionMandatory(),
    )
    .requiredOption("--reason <text>", "how that is known, for the record")
    .option("--author <name>", "who knows it, for the record")
    .action(async (asked: string, { as, reason, ...options }: Options) => {
      const outcome = as === "sent" ? "sent" : "not_sent";
      const word = { asked, outcome, reason, author: author(options.author) } as const;
      const { reminder, stage, invoices } = await settleReminder(await context.services(), word);
      if (context.json) context.out(JSON.stringify({ reminder, stage, invoices, outcome }));
      else {
        const then = outcome === "sent" ? "counts as sent" : "did not leave and comes again";
        context.out(`Reminder ${reminder} (${invoices.join(", ")}): ${stage} ${then}.`);
      }
    });
}
