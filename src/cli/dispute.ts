import { Command, Option } from "commander";
import { findDispute } from "../db/disputes.ts";
import {
  DISPUTE_OUTCOMES,
  DISPUTE_REASONS,
  type DisputeOutcome,
  type DisputeReason,
} from "../domain/dispute.ts";
import { isIdOf } from "../domain/ids.ts";
import { formatDecimal } from "../domain/money.ts";
import { AppError } from "../errors.ts";
import { closeDispute, type DisputeOf } from "../reminders/agreements/close-dispute.ts";
import { openDispute } from "../reminders/agreements/open-dispute.ts";
import { confirmByMail } from "../reminders/notices/confirm-by-mail.ts";
import type { Services } from "../services.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";
import { currencyOf, minorOf } from "./money-argument.ts";

export function disputeCommand(context: CliContext): Command {
  return new Command("dispute")
    .description("record that an invoice or a share of it is disputed, or close that")
    .addCommand(openCommand(context), { isDefault: true })
    .addCommand(closeCommand(context));
}

function openCommand(context: CliContext): Command {
  type Options = { reason: DisputeReason; amount?: string; text?: string; author?: string };
  return new Command("open")
    .description("record a dispute: that share is not asked for until somebody answers")
    .argument("<invoice>", "the invoice's number")
    .addOption(new Option("--reason <reason>", "why").choices(DISPUTE_REASONS).makeOptionMandatory())
    .option("--amount <amount>", "the share, like 400.00; all that is left unless told otherwise")
    .option("--text <text>", "what the debtor says")
    .option("--author <name>", "who records it, for the record")
    .action(async (number: string, { reason, amount, text, ...options }: Options) => {
      const services = await context.services();
      const amountMinor = minorOf("--amount", amount, await currencyOf(services, number));
      const word = { invoiceNumber: number, amountMinor, reason, text, author: author(options.author) };
      const { id } = await openDispute(services, word);
      await confirmByMail(services);
      if (context.json) context.out(JSON.stringify({ dispute: id, invoice: number, reason }));
      else context.out(`Invoice ${number}: dispute ${id} is open; the account owner is asked for an answer.`);
    });
}

function closeCommand(context: CliContext): Command {
  type Options = { as: DisputeOutcome; answer?: string; credit?: string; author?: string };
  return new Command("close")
    .description("say what became of a dispute; accepting it records a credit note")
    .argument("<dispute>", "the dispute's id, or the invoice's number")
    .addOption(
      new Option("--as <outcome>", "what became of it").choices(DISPUTE_OUTCOMES).makeOptionMandatory(),
    )
    .option("--answer <text>", "what the debtor is told; needed for rejected and settled")
    .option(
      "--credit <amount>",
      "accepted: what the credit note is over; the whole share unless told otherwise",
    )
    .option("--author <name>", "who closes it, for the record")
    .action(async (named: string, { as, answer, credit, ...options }: Options) => {
      const services = await context.services();
      const of: DisputeOf = isIdOf("dsp", named) ? { disputeId: named } : { invoiceNumber: named };
      const currency = await currencyOfDispute(services, of);
      const creditMinor = minorOf("--credit", credit, currency);
      const by = { author: author(options.author), by: "finance" as const };
      const closed = await closeDispute(services, { ...of, as, answer, creditMinor, ...by });
      await confirmByMail(services);
      const recorded = closed.creditMinor > 0 ? formatDecimal(closed.creditMinor, currency) : null;
      if (context.json)
        context.out(JSON.stringify({ invoice: closed.invoice, outcome: as, credit: recorded }));
      else {
        const note = recorded ? `, with a credit note over ${recorded} ${currency}` : "";
        context.out(`Invoice ${closed.invoice}: the dispute is ${as}${note}.`);
      }
    });
}

async function currencyOfDispute(services: Services, of: DisputeOf): Promise<string> {
  if ("invoiceNumber" in of) return currencyOf(services, of.invoiceNumber);
  const dispute = await findDispute(services.db, of.disputeId);
  if (!dispute) throw new AppError("not_found", `there is no dispute ${of.disputeId}`);
  return dispute.currency;
}
