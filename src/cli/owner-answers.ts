import { Command, Option } from "commander";
import { type CivilDay, formatCivilDay } from "../domain/civil-date.ts";
import { DISPUTE_REASONS, type DisputeReason } from "../domain/dispute.ts";
import {
  ACCOUNT_CHECK_ANSWERS,
  type AccountCheckAnswer,
  WARNING_ANSWERS,
  type WarningAnswer,
} from "../domain/owner-answers.ts";
import { answerAccountCheck } from "../reminders/decisions/answer-account-check.ts";
import { answerWarning } from "../reminders/decisions/answer-warning.ts";
import { objectToReminder } from "../reminders/decisions/object-to-reminder.ts";
import { confirmByMail } from "../reminders/notices/confirm-by-mail.ts";
import { dayArgument } from "./arguments.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";
import { describeLetter } from "./letter-of.ts";

type Check = {
  answer: AccountCheckAnswer;
  note?: string;
  paidOn?: CivilDay;
  reference?: string;
  reason?: DisputeReason;
  author?: string;
};

export function checkCommand(context: CliContext): Command {
  return new Command("check")
    .description("answer the account check of a due invoice, and have done what follows from it")
    .argument("<invoice>", "the invoice's number")
    .addOption(oneOf("--answer <answer>", "how it stands there", ACCOUNT_CHECK_ANSWERS).makeOptionMandatory())
    .option("--note <text>", "what the customer said, or what is wrong with the invoice")
    .option("--paid-on <date>", "reported_paid: the day; today unless told otherwise", dayArgument)
    .option("--reference <text>", "reported_paid: the reference of the transfer")
    .addOption(oneOf("--reason <reason>", "disputed: why", DISPUTE_REASONS))
    .option("--author <name>", "who answers, for the record")
    .action(async (invoiceNumber: string, options: Check) => {
      const services = await context.services();
      const check = { ...options, invoiceNumber, author: author(options.author) };
      const { invoice, answer, heldUntil } = await answerAccountCheck(services, check);
      await confirmByMail(services);
      say(context, { invoice, answer, heldUntil });
    });
}

export function warningCommand(context: CliContext): Command {
  return new Command("warning")
    .description(
      "answer the warning before a firm letter: send it, talk first, offer instalments, or finance",
    )
    .argument("<invoice>", "the invoice's number")
    .addOption(oneOf("--answer <answer>", "what is to be done", WARNING_ANSWERS).makeOptionMandatory())
    .option("--author <name>", "who answers, for the record")
    .action(async (invoiceNumber: string, options: { answer: WarningAnswer; author?: string }) => {
      const services = await context.services();
      const word = { invoiceNumber, answer: options.answer, author: author(options.author) };
      const { invoice, answer, heldUntil } = await answerWarning(services, word);
      await confirmByMail(services);
      say(context, { invoice, answer, heldUntil });
    });
}

export function objectCommand(context: CliContext): Command {
  return new Command("object")
    .description("tell finance why a letter that it is asked about had better not leave; finance decides")
    .argument("<asked>", "the reminder's id, or the number of an invoice in it")
    .requiredOption("--reason <text>", "why, for finance and the record")
    .option("--author <name>", "who objects, for the record")
    .action(async (asked: string, options: { reason: string; author?: string }) => {
      const objection = { asked, reason: options.reason, author: author(options.author) };
      const { reminder, stage, invoices } = await objectToReminder(await context.services(), objection);
      if (context.json) context.out(JSON.stringify({ reminder, stage, invoices }));
      else context.out(`Finance is told: ${describeLetter({ stage, invoices })} waits for its decision.`);
    });
}

function oneOf(flags: string, what: string, values: readonly string[]): Option {
  return new Option(flags, what).choices(values);
}

function say(
  context: CliContext,
  { invoice, answer, heldUntil }: { invoice: string; answer: string; heldUntil: CivilDay | null },
): void {
  const day = heldUntil === null ? null : formatCivilDay(heldUntil);
  if (context.json) context.out(JSON.stringify({ invoice, answer, held_until: day }));
  else
    context.out(
      `Invoice ${invoice}: ${answer.replaceAll("_", " ")}${day === null ? "" : `; no reminder through ${day}`}.`,
    );
}
