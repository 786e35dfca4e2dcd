import { Command, Option } from "commander";
import { isIdOf } from "../domain/ids.ts";
import { settleNotice } from "../reminders/notices/settle-notice.ts";
import { type OutcomeWord, settleReminder } from "../reminders/outcomes/settle-reminder.ts";
import type { Services } from "../services.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";

type Options = { as: "sent" | "not-sent"; reason: string; author?: string };

export function settleCommand(context: CliContext): Command {
  return new Command("settle")
    .description("say what became of a reminder or a notice of which nobody knows whether it left")
    .argument("<mail>", "the reminder's id, or the number of an invoice in it; the notice's id")
    .addOption(
      new Option("--as <outcome>", "what is known of it").choices(["sent", "not-sent"]).makeOptionMandatory(),
    )
    .requiredOption("--reason <text>", "how that is known, for the record")
    .option("--author <name>", "who knows it, for the record")
    .action(async (asked: string, { as, reason, ...options }: Options) => {
      const outcome = as === "sent" ? "sent" : "not_sent";
      const word = { asked, outcome, reason, author: author(options.author) } as const;
      const services = await context.services();
      if (isIdOf("ntc", asked)) await ofNotice(context, services, word);
      else await ofReminder(context, services, word);
    });
}

async function ofReminder(context: CliContext, services: Services, word: OutcomeWord): Promise<void> {
  const { outcome } = word;
  const { reminder, stage, invoices } = await settleReminder(services, word);
  if (context.json) return context.out(JSON.stringify({ reminder, stage, invoices, outcome }));
  const then = outcome === "sent" ? "counts as sent" : "did not leave and comes again";
  context.out(`Reminder ${reminder} (${invoices.join(", ")}): ${stage} ${then}.`);
}

async function ofNotice(context: CliContext, services: Services, word: OutcomeWord): Promise<void> {
  const { outcome } = word;
  const settled = await settleNotice(services, word);
  if (context.json) return context.out(JSON.stringify({ ...settled, outcome }));
  const then = outcome === "sent" ? "left" : "did not leave and is sent again";
  context.out(`Notice ${settled.notice} (${settled.kind}) ${then}.`);
}
