import { Command } from "commander";
import { releaseBacklog } from "../reminders/sending/release-backlog.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";

export function releaseCommand(context: CliContext): Command {
  return new Command("release")
    .description(
      "let go the backlog: from the next tick on it leaves, oldest first, each policy's share a day",
    )
    .action(async () => {
      const { invoices } = await releaseBacklog(await context.services(), { author: author() });
      if (context.json) context.out(JSON.stringify({ invoices }));
      else context.out("The backlog is released: it leaves with the next ticks, the oldest first.");
    });
}
