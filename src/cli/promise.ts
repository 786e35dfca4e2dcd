import { Command } from "commander";
import { findPromise, type StoredPromise } from "../db/promises.ts";
import { type CivilDay, formatCivilDay } from "../domain/civil-date.ts";
import { formatDecimal } from "../domain/money.ts";
import { AppError } from "../errors.ts";
import { changePromise } from "../reminders/agreements/change-promise.ts";
import { makePromise } from "../reminders/agreements/make-promise.ts";
import type { PromiseAnswer } from "../reminders/agreements/promise-news.ts";
import { withdrawPromise } from "../reminders/agreements/withdraw-promise.ts";
import { confirmByMail } from "../reminders/notices/confirm-by-mail.ts";
import type { Services } from "../services.ts";
import { dayArgument } from "./arguments.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";
import { currencyOf, minorOf } from "./money-argument.ts";

const NAMED = "the promise's id, or the number of an invoice promised for";

export function promiseCommand(context: CliContext): Command {
  return new Command("promise")
    .description("record that a debtor promised to pay, change the day, or withdraw it")
    .addCommand(makeCommand(context), { isDefault: true })
    .addCommand(changeCommand(context))
    .addCommand(withdrawCommand(context));
}

function makeCommand(context: CliContext): Command {
  type Options = { on: CivilDay; amount?: string; note?: string; author?: string };
  return new Command("make")
    .description("record a promise: the invoice is held, and the debtor gets it in writing")
    .argument("<invoice>", "the invoice's number")
    .requiredOption("--on <date>", "the promised day", dayArgument)
    .option("--amount <amount>", "the promised share, like 600.00; all that is left unless told otherwise")
    .option("--note <text>", "what the debtor said, for the record")
    .option("--author <name>", "who records it, for the record")
    .action(async (number: string, options: Options) => {
      const services = await context.services();
      const amountMinor = minorOf("--amount", options.amount, await currencyOf(services, number));
      const made = await makePromise(services, {
        invoices: [{ number, amountMinor }],
        on: options.on,
        note: options.note,
        author: author(options.author),
        by: "finance",
      });
      await confirmByMail(services);
      tell(context, made);
    });
}

function changeCommand(context: CliContext): Command {
  type Options = { on: CivilDay; amount?: string; author?: string };
  return new Command("change")
    .description("move a promise, with those made together with it, to another day")
    .argument("<promise>", NAMED)
    .requiredOption("--on <date>", "the day promised now", dayArgument)
    .option("--amount <amount>", "the share promised now; for a promise that was made for one invoice")
    .option("--author <name>", "who changes it, for the record")
    .action(async (named: string, { on, amount, ...options }: Options) => {
      const services = await context.services();
      const { id, currency } = await promiseNamed(services, named);
      const amountMinor = minorOf("--amount", amount, currency);
      const by = { author: author(options.author), by: "finance" as const };
      const changed = await changePromise(services, { promiseId: id, on, amountMinor, ...by });
      await confirmByMail(services);
      tell(context, changed);
    });
}

function withdrawCommand(context: CliContext): Command {
  return new Command("withdraw")
    .description("take back a promise, with those made together with it; the ladder goes on")
    .argument("<promise>", NAMED)
    .option("--author <name>", "who takes it back, for the record")
    .action(async (named: string, options: { author?: string }) => {
      const services = await context.services();
      const { id } = await promiseNamed(services, named);
      const { invoices } = await withdrawPromise(services, {
        promiseId: id,
        author: author(options.author),
      });
      await confirmByMail(services);
      if (context.json) context.out(JSON.stringify({ promise: id, invoices, withdrawn: true }));
      else context.out(`Promise ${id} (${invoices.join(", ")}) is withdrawn: the ladder goes on.`);
    });
}

async function promiseNamed({ db }: Services, named: string): Promise<StoredPromise> {
  const promise = await findPromise(db, named);
  if (!promise)
    throw new AppError("not_found", `there is no promise ${named}, nor one for an invoice ${named}`);
  return promise;
}

function tell(context: CliContext, { on, lastDay, promises }: PromiseAnswer): void {
  const days = { on: formatCivilDay(on), last_day: formatCivilDay(lastDay) };
  for (const { id, invoice, currency, amountMinor } of promises) {
    const amount = formatDecimal(amountMinor, currency);
    if (context.json) context.out(JSON.stringify({ promise: id, invoice, amount, currency, ...days }));
    else
      context.out(
        `Invoice ${invoice}: ${amount} ${currency} promised for ${days.on}, held through ${days.last_day}.`,
      );
  }
}
