import { Command } from "commander";
import { resumeAll } from "../reminders/decisions/resume-all.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";

export function resumeAllCommand(context: CliContext): Command {
  return new Command("resume-all")
    .description("end what `dunwell stop-all` began; the next tick goes on")
    .option("--author <name>", "who resumes, for the record")
    .action(async (options: { author?: string }) => {
      const stop = await resumeAll(await context.services(), { author: author(options.author) });
      const since = new Date(stop.at).toISOString();
      if (context.json) context.out(JSON.stringify({ stopped: false, since }));
      else context.out(`Resumed: the next tick goes on. It was stopped since ${since} (${stop.reason}).`);
    });
}
