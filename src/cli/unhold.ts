import { Command } from "commander";
import { endHold } from "../reminders/end-hold.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";
import { describeTarget, readTarget, targetJson } from "./hold-target.ts";

export function unholdCommand(context: CliContext): Command {
  return new Command("unhold")
    .description("end a hold that was set by hand; the ladder goes on from the next stage")
    .argument("[invoice]", "the invoice's number")
    .option("--customer <reference>", "the hold on all that this customer owes")
    .action(async (invoice: string | undefined, { customer }: { customer?: string }, command: Command) => {
      const target = readTarget({ invoice, customer, command });
      await endHold(await context.services(), { ...target, author: author() });
      if (context.json) context.out(JSON.stringify({ ...targetJson(target), held: false }));
      else context.out(`${describeTarget(target)} is no longer on hold.`);
    });
}
