import { Command } from "commander";
import { acceptSuggestion } from "../reminders/money/accept-suggestion.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";

export function allocateCommand(context: CliContext): Command {
  return new Command("allocate")
    .description("say which invoice money was for that named none; what it does not take stays credit")
    .argument("<payment>", "its id, as the question to finance has it")
    .argument("<invoice>", "the invoice's number")
    .option("--author <name>", "who says so, for the record")
    .action(async (id: string, invoiceNumber: string, options: { author?: string }) => {
      await acceptSuggestion(await context.services(), { id, invoiceNumber, author: author(options.author) });
      if (context.json) context.out(JSON.stringify({ payment: id, invoice: invoiceNumber }));
      else context.out(`Payment ${id} is for invoice ${invoiceNumber} from now on.`);
    });
}
