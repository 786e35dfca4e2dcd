import { Command } from "commander";
import { resetStage } from "../reminders/decisions/reset-stage.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";

type Options = { stage: string; reason: string; author?: string };

export function resetCommand(context: CliContext): Command {
  return new Command("reset")
    .description("let the last stage that was sent or waived for an invoice come once more")
    .argument("<invoice>", "the invoice's number")
    .requiredOption("--stage <key>", "the stage, like overdue_30")
    .requiredOption("--reason <text>", "why, for the record")
    .option("--author <name>", "who resets it, for the record")
    .action(async (invoiceNumber: string, { stage, reason, ...options }: Options) => {
      const word = { invoiceNumber, stage, reason, author: author(options.author) };
      await resetStage(await context.services(), word);
      if (context.json) context.out(JSON.stringify({ invoice: invoiceNumber, reset: stage }));
      else context.out(`Invoice ${invoiceNumber}: ${stage} may be sent again.`);
    });
}
