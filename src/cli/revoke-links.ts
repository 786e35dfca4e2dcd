import { Command } from "commander";
import { type RevokedLinks, revokeLinks } from "../reminders/links/revoke-links.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";

type Options = { customer?: string; reminder?: string; author?: string };

export function revokeLinksCommand(context: CliContext): Command {
  return new Command("revoke-links")
    .description("close links to a debtor's page: all that a customer got until now, or those of one mail")
    .option("--customer <reference>", "every link of this customer made until now")
    .option("--reminder <id>", "the links in this reminder or notice, like rem_…")
    .option("--author <name>", "who revokes them, for the record")
    .action(async (options: Options, command: Command) => {
      const revoked = targetOf(options, command);
      await revokeLinks(await context.services(), { ...revoked, author: author(options.author) });
      if (context.json) {
        const { customer, reminder } = options;
        context.out(JSON.stringify({ customer, reminder, revoked: true }));
      } else context.out("These links open nothing any more; whoever follows one can ask for a new one.");
    });
}

function targetOf({ customer, reminder }: Options, command: Command): RevokedLinks {
  if (customer !== undefined && reminder === undefined) return { customerRef: customer };
  if (reminder !== undefined && customer === undefined) return { mailId: reminder };
  return command.error("error: name either --customer REFERENCE or --reminder ID", {
    exitCode: 2,
    code: "dunwell.usage",
  });
}
