import { Command } from "commander";
import { type WhyAnswer, why } from "../reminders/forecast/why.ts";
import type { CliContext } from "./context.ts";

export function whyCommand(context: CliContext): Command {
  return new Command("why")
    .description("the decision for this invoice now, its reason, and what would change it")
    .argument("<invoice>", "the invoice's number")
    .action(async (invoiceNumber: string) => {
      const { explanation, ...decision } = await why(await context.services(), { invoiceNumber });
      if (context.json) return context.out(JSON.stringify(decision));
      context.out(headline(decision));
      for (const sentence of explanation) context.out(`  ${sentence}`);
    });
}

function headline({ invoice, stage, action, reason, on }: Omit<WhyAnswer, "explanation">): string {
  if (action === "send") return `${invoice}: ${stage} leaves with the next tick`;
  const what = action === "wait" ? "waits" : "nothing is sent";
  return `${invoice}: ${what} (${[reason, stage, on].filter(Boolean).join(", ")})`;
}
