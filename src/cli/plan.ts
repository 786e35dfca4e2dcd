import { Command, InvalidArgumentError } from "commander";
import { findPlan } from "../db/plans.ts";
import { type CivilDay, formatCivilDay } from "../domain/civil-date.ts";
import { AppError } from "../errors.ts";
import { askPlan } from "../reminders/agreements/ask-plan.ts";
import { withdrawPlan } from "../reminders/agreements/withdraw-plan.ts";
import { confirmByMail } from "../reminders/notices/confirm-by-mail.ts";
import { dayArgument } from "./arguments.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";
import { currencyOf, minorOf } from "./money-argument.ts";

type Given = { on: CivilDay; amount: string };

export function planCommand(context: CliContext): Command {
  return new Command("plan")
    .description("let a debtor pay in instalments, or withdraw that")
    .addCommand(agreeCommand(context), { isDefault: true })
    .addCommand(withdrawCommand(context));
}

function agreeCommand(context: CliContext): Command {
  type Options = { instalment: Given[]; waiveInterest?: boolean; author?: string };
  return new Command("agree")
    .description("agree on instalments; the invoices are held while they come")
    .argument("<invoices...>", "the numbers of invoices of one customer, in one currency")
    .requiredOption(
      "--instalment <date=amount>",
      "one for each, like 2026-04-01=300.00, in order",
      instalments,
    )
    .option("--waive-interest", "no interest is charged while the plan is kept")
    .option("--author <name>", "who agrees, for the record")
    .action(async (invoices: string[], { instalment, waiveInterest, ...options }: Options) => {
      const services = await context.services();
      const currency = await currencyOf(services, invoices[0]!);
      const terms = instalment.map(({ on, amount }) => ({
        on,
        amountMinor: minorOf("--instalment", amount, currency)!,
      }));
      const by = { author: author(options.author), by: "finance" as const };
      const { id } = await askPlan(services, {
        invoices,
        instalments: terms,
        waivesInterest: waiveInterest,
        ...by,
      });
      await confirmByMail(services);
      if (context.json)
        context.out(JSON.stringify({ plan: id, invoices, instalments: instalment.map(said) }));
      else
        context.out(`Plan ${id} is agreed: ${instalment.length} instalments, the debtor gets it in writing.`);
    });
}

function withdrawCommand(context: CliContext): Command {
  return new Command("withdraw")
    .description("take back a plan that is asked for or agreed; the ladder goes on")
    .argument("<plan>", "the plan's id, or the number of an invoice in it")
    .option("--author <name>", "who takes it back, for the record")
    .action(async (named: string, options: { author?: string }) => {
      const services = await context.services();
      const plan = await findPlan(services.db, named);
      if (!plan)
        throw new AppError("not_found", `there is no plan ${named}, nor one for an invoice ${named}`);
      const { id } = plan;
      const by = { author: author(options.author), by: "finance" as const };
      const { invoices } = await withdrawPlan(services, { planId: id, ...by });
      await confirmByMail(services);
      if (context.json) context.out(JSON.stringify({ plan: id, invoices, withdrawn: true }));
      else context.out(`Plan ${id} (${invoices.join(", ")}) is withdrawn: the ladder goes on.`);
    });
}

function instalments(text: string, before: Given[] = []): Given[] {
  const [date = "", amount] = text.split("=");
  if (!amount) throw new InvalidArgumentError("It must be a date and an amount, like 2026-04-01=300.00.");
  return [...before, { on: dayArgument(date), amount }];
}

function said({ on, amount }: Given) {
  return { on: formatCivilDay(on), amount };
}
