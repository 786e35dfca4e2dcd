import { Command, Option } from "commander";
import { endHold } from "../reminders/decisions/end-hold.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";
import { describeTarget, readTarget, targetJson } from "./hold-target.ts";

type Options = { customer?: string; kind: "manual" | "insolvency" };

export function unholdCommand(context: CliContext): Command {
  return new Command("unhold")
    .description("end a hold; the ladder goes on from the next stage")
    .argument("[invoice]", "the invoice's number")
    .option("--customer <reference>", "the hold on all that this customer owes")
    .addOption(
      new Option("--kind <kind>", "the hold set by hand, or that of an insolvency, which no day ends")
        .choices(["manual", "insolvency"])
        .default("manual"),
    )
    .action(async (invoice: string | undefined, { customer, kind }: Options, command: Command) => {
      const target = readTarget({ invoice, customer, command });
      await endHold(await context.services(), { ...target, kind, author: author() });
      if (context.json) context.out(JSON.stringify({ ...targetJson(target), held: false }));
      else context.out(`${describeTarget(target)} is no longer on hold.`);
    });
}
