import { Command } from "commander";
import { describeStop, stopAll } from "../reminders/decisions/stop-all.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";

export function stopAllCommand(context: CliContext): Command {
  return new Command("stop-all")
    .description("for emergencies: nothing leaves from now on, until `dunwell resume-all`")
    .requiredOption("--reason <text>", "why, for everybody who asks")
    .option("--author <name>", "who stops it, for the record")
    .action(async ({ reason, ...options }: { reason: string; author?: string }) => {
      const told = { reason, author: author(options.author) };
      const stop = await stopAll(await context.services(), told);
      if (context.json) {
        const since = new Date(stop.at).toISOString();
        const { author: by, reason: because, changed } = stop;
        context.out(JSON.stringify({ stopped: true, since, author: by, reason: because, changed }));
      } else if (stop.changed)
        context.out("Everything is stopped: nothing leaves until `dunwell resume-all`.");
      else context.out(`Nothing changes: ${describeStop(stop)}.`);
    });
}
