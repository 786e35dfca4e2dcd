import { Command } from "commander";
import { type CivilDay, formatCivilDay } from "../domain/civil-date.ts";
import { AppError } from "../errors.ts";
import { logCall } from "../reminders/agreements/log-call.ts";
import { confirmByMail } from "../reminders/notices/confirm-by-mail.ts";
import { dayArgument } from "./arguments.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";
import { describeTarget, readTarget, targetJson } from "./hold-target.ts";
import { currencyOf, minorOf } from "./money-argument.ts";

type Options = {
  customer?: string;
  person: string;
  said: string;
  on?: CivilDay;
  promisedOn?: CivilDay;
  amount?: string;
  author?: string;
};

export function callCommand(context: CliContext): Command {
  return new Command("call")
    .description("log a call about an invoice, or all that a customer owes; it counts as a contact")
    .argument("[invoice]", "the invoice's number")
    .option("--customer <reference>", "all that this customer owes, instead of one invoice")
    .requiredOption("--person <name>", "who was spoken to")
    .requiredOption("--said <text>", "what was said")
    .option("--on <date>", "the day of the call; today unless told otherwise", dayArgument)
    .option(
      "--promised-on <date>",
      "the day for which money was promised; the debtor gets it in writing",
      dayArgument,
    )
    .option("--amount <amount>", "of an invoice: the promised share; all that is left unless told otherwise")
    .option("--author <name>", "who logs it, for the record")
    .action(async (invoice: string | undefined, options: Options, command: Command) => {
      const target = readTarget({ invoice, customer: options.customer, command });
      const services = await context.services();
      const { person, said, on, promisedOn } = options;
      if (options.amount !== undefined && (invoice === undefined || promisedOn === undefined))
        throw new AppError("invalid", "--amount is of one invoice, and comes with --promised-on");
      const amountMinor =
        options.amount === undefined
          ? undefined
          : minorOf("--amount", options.amount, await currencyOf(services, invoice!));
      const call = await logCall(services, {
        ...target,
        person,
        said,
        on,
        promise: promisedOn === undefined ? undefined : { on: promisedOn, amountMinor },
        author: author(options.author),
        by: "finance",
      });
      await confirmByMail(services);
      const promises = call.promise?.promises.map(({ id }) => id) ?? [];
      const day = formatCivilDay(call.on);
      if (context.json) {
        context.out(JSON.stringify({ call: call.id, ...targetJson(target), on: day, promises }));
      } else {
        const promised = promises.length > 0 ? `, with a promise for ${formatCivilDay(promisedOn!)}` : "";
        const before = call.changed ? "" : ", as before";
        context.out(`${describeTarget(target)}: call of ${day} logged${promised}${before}.`);
      }
    });
}
