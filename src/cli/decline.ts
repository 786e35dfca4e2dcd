import { Command } from "commander";
import { type CivilDay, formatCivilDay } from "../domain/civil-date.ts";
import { declineReminder } from "../reminders/decisions/decline-reminder.ts";
import { postponeReminder } from "../reminders/decisions/postpone-reminder.ts";
import { answerDebtor, isOfDebtor } from "./answer-debtor.ts";
import { dayArgument } from "./arguments.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";
import { describeLetter } from "./letter-of.ts";

export function declineCommand(context: CliContext): Command {
  return new Command("decline")
    .description(
      "keep a letter back that finance is asked about, for as long as the policy lets anybody pause; or refuse what a debtor asks for",
    )
    .argument(
      "<asked>",
      "the reminder's id or the number of an invoice in it; the id of a promise, plan or contact",
    )
    .requiredOption(
      "--reason <text>",
      "why, for the record; the debtor reads it where a promise or a plan is refused",
    )
    .option(
      "--until <date>",
      "a letter: the last day on which it does not leave; finance is asked after it",
      dayArgument,
    )
    .option("--author <name>", "who declines, for the record")
    .action(async (asked: string, options: { reason: string; until?: CivilDay; author?: string }) => {
      const answer = { asked, reason: options.reason, author: author(options.author) };
      if (isOfDebtor(asked)) {
        const { reason, author } = answer;
        return answerDebtor(context, asked, { decision: "decline", answer: reason, author });
      }
      const { until } = options;
      const services = await context.services();
      const declined =
        until === undefined
          ? await declineReminder(services, answer)
          : await postponeReminder(services, { ...answer, until });
      const { reminder, stage, invoices, heldUntil } = declined;
      const day = formatCivilDay(heldUntil);
      if (context.json) {
        context.out(JSON.stringify({ reminder, stage, invoices, decision: "decline", held_until: day }));
      } else {
        const letter = describeLetter({ stage, invoices });
        context.out(
          `Declined: ${letter} does not leave. On hold through ${day}; then finance is asked again.`,
        );
      }
    });
}
