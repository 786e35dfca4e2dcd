import { Command } from "commander";
import { approveReminder } from "../reminders/decisions/approve-reminder.ts";
import { answerDebtor, isOfDebtor } from "./answer-debtor.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";
import { describeLetter } from "./letter-of.ts";

export function approveCommand(context: CliContext): Command {
  return new Command("approve")
    .description(
      "let a letter leave that finance is asked about (it holds for 7 days), or grant what a debtor asks for",
    )
    .argument(
      "<asked>",
      "the reminder's id or the number of an invoice in it; the id of a promise, plan or contact",
    )
    .option("--author <name>", "who approves, for the record")
    .action(async (asked: string, options: { author?: string }) => {
      const answer = { asked, author: author(options.author) };
      if (isOfDebtor(asked))
        return answerDebtor(context, asked, { decision: "approve", author: answer.author });
      const { reminder, stage, invoices, until } = await approveReminder(await context.services(), answer);
      const day = new Date(until).toISOString().slice(0, 10);
      if (context.json) {
        context.out(JSON.stringify({ reminder, stage, invoices, decision: "approve", until: day }));
      } else {
        const letter = describeLetter({ stage, invoices });
        context.out(
          `Approved: the next tick within hours sends ${letter}. Not sent by ${day}, it is asked anew.`,
        );
      }
    });
}
