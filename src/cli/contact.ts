import { Command, Option } from "commander";
import { CONTACT_ROLES, type ContactRole } from "../domain/facts.ts";
import { correctContact } from "../reminders/records/correct-contact.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";

type Options = {
  email: string;
  replaces?: string;
  name?: string;
  role?: ContactRole;
  lift?: boolean;
  author?: string;
};

export function contactCommand(context: CliContext): Command {
  return new Command("contact")
    .description("correct or add an address of a customer; reminders that wait for one go on")
    .argument("<customer>", "the customer's reference")
    .requiredOption("--email <address>", "the right address")
    .option("--replaces <address>", "the wrong one on record, whose roles become those of the right one")
    .option("--name <name>", "who reads mail there")
    .addOption(
      new Option("--role <role>", "of one that is added; billing unless told otherwise").choices(
        CONTACT_ROLES,
      ),
    )
    .option("--lift", "mail it again though it bounced: somebody there says that mail arrives")
    .option("--author <name>", "who corrects it, for the record")
    .action(async (customerRef: string, options: Options) => {
      const { email, name, role, replaces, lift } = options;
      const { changed } = await correctContact(await context.services(), {
        customerRef,
        from: replaces,
        to: { email, name, role },
        isSuppressionLifted: lift,
        author: author(options.author),
      });
      if (context.json) context.out(JSON.stringify({ customer: customerRef, changed }));
      else context.out(`Customer ${customerRef}: ${changed ? "recorded" : "as it was"}.`);
    });
}
