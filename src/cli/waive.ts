import { Command } from "commander";
import { waiveStage } from "../reminders/decisions/waive-stage.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";

type Options = { stage: string; reason: string; author?: string };

export function waiveCommand(context: CliContext): Command {
  return new Command("waive")
    .description("leave out the stage that comes next for an invoice; the ladder goes on after it")
    .argument("<invoice>", "the invoice's number")
    .requiredOption("--stage <key>", "the stage, like overdue_30")
    .requiredOption("--reason <text>", "why, for the record")
    .option("--author <name>", "who waives it, for the record")
    .action(async (invoiceNumber: string, { stage, reason, ...options }: Options) => {
      const word = { invoiceNumber, stage, reason, author: author(options.author) };
      const { changed, next } = await waiveStage(await context.services(), word);
      if (context.json) context.out(JSON.stringify({ invoice: invoiceNumber, waived: stage, changed, next }));
      else {
        const after = next === null ? "no stage comes after it" : `${next} comes next`;
        context.out(`Invoice ${invoiceNumber}: ${stage} is waived${changed ? "" : ", as before"}; ${after}.`);
      }
    });
}
