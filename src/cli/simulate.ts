import { Command } from "commander";
import type { CivilDay } from "../domain/civil-date.ts";
import { type Policy, parsePolicy } from "../domain/policy.ts";
import { simulate } from "../reminders/forecast/simulate.ts";
import { dayArgument } from "./arguments.ts";
import type { CliContext } from "./context.ts";
import { showProgress } from "./progress.ts";
import { readJson, withFileNamed } from "./read-json.ts";
import { openSendTable } from "./send-table.ts";

type Options = { from: CivilDay; to: CivilDay; policy?: string };

export function simulateCommand(context: CliContext): Command {
  return new Command("simulate")
    .description(
      "what would have been sent on days past or to come, over the imported history; touches nothing",
    )
    .requiredOption("--from <date>", "the first day", dayArgument)
    .requiredOption("--to <date>", "the last day", dayArgument)
    .option("--policy <file>", "a policy for everybody, instead of those in force")
    .action(async (options: Options, command: Command) => {
      if (options.from > options.to) {
        command.error("error: --from must not be after --to", { exitCode: 2, code: "dunwell.usage" });
      }
      await run(context, options);
    });
}

async function run(context: CliContext, { from, to, policy: path }: Options): Promise<void> {
  const policy = path === undefined ? undefined : await readPolicy(context, path);
  const services = await context.services();
  const { update: onProgress, stop } = showProgress(context, "customers");
  const lines = await simulate(services, { from, to, policy, onProgress }).finally(stop);
  const table = openSendTable(context);
  for (const line of lines) table.add(line);
  if (!context.json) context.out(`${table.summary()}; nothing was sent.`);
}

async function readPolicy(context: CliContext, path: string): Promise<Policy> {
  const file = await readJson(path);
  const { policy, warnings } = await withFileNamed(path, () => parsePolicy(file));
  for (const warning of warnings) context.note(`warning: ${warning}`);
  return policy;
}
