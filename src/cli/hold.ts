import { Command } from "commander";
import { type CivilDay, formatCivilDay } from "../domain/civil-date.ts";
import { setHold } from "../reminders/decisions/set-hold.ts";
import { dayArgument } from "./arguments.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";
import { describeTarget, readTarget, targetJson } from "./hold-target.ts";

type Options = { customer?: string; until: CivilDay; reason: string };

export function holdCommand(context: CliContext): Command {
  return new Command("hold")
    .description("remind an invoice, or all that a customer owes, no more through a day")
    .argument("[invoice]", "the invoice's number")
    .option("--customer <reference>", "all that this customer owes, instead of one invoice")
    .requiredOption("--until <date>", "the last day of the hold", dayArgument)
    .requiredOption("--reason <text>", "why, for the record")
    .action(async (invoice: string | undefined, options: Options, command: Command) => {
      const target = readTarget({ invoice, customer: options.customer, command });
      const { until, reason } = options;
      const { id, changed } = await setHold(await context.services(), {
        ...target,
        until,
        reason,
        author: author(),
      });
      const day = formatCivilDay(until);
      if (context.json) context.out(JSON.stringify({ hold: id, ...targetJson(target), until: day, changed }));
      else context.out(`${describeTarget(target)} is on hold through ${day}${changed ? "" : ", as before"}.`);
    });
}
