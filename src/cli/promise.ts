import { Command } from "commander";
import { type CivilDay, formatCivilDay } from "../domain/civil-date.ts";
import { formatDecimal } from "../domain/money.ts";
import { confirmByMail } from "../reminders/confirm-by-mail.ts";
import { makePromise } from "../reminders/make-promise.ts";
import { dayArgument } from "./arguments.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";
import { currencyOf, minorOf } from "./money-argument.ts";

type Options = { on: CivilDay; amount?: string; note?: string; author?: string };

export function promiseCommand(context: CliContext): Command {
  return new Command("promise")
    .description(
      "record that a debtor promised to pay; the invoice is held, and the debtor gets it in writing",
    )
    .argument("<invoice>", "the invoice's number")
    .requiredOption("--on <date>", "the promised day", dayArgument)
    .option("--amount <amount>", "the promised share, like 600.00; all that is left unless told otherwise")
    .option("--note <text>", "what the debtor said, for the record")
    .option("--author <name>", "who records it, for the record")
    .action(async (number: string, options: Options) => {
      const services = await context.services();
      const amountMinor = minorOf("--amount", options.amount, await currencyOf(services, number));
      const { on, lastDay, promises } = await makePromise(services, {
        invoices: [{ number, amountMinor }],
        on: options.on,
        note: options.note,
        author: author(options.author),
        by: "finance",
      });
      await confirmByMail(services);
      const { id, currency, ...made } = promises[0]!;
      const amount = formatDecimal(made.amountMinor, currency);
      const days = { on: formatCivilDay(on), last_day: formatCivilDay(lastDay) };
      if (context.json) {
        context.out(JSON.stringify({ promise: id, invoice: number, amount, currency, ...days }));
      } else {
        context.out(
          `Invoice ${number}: ${amount} ${currency} promised for ${days.on}, held through ${days.last_day}.`,
        );
      }
    });
}
