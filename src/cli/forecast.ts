import { Command } from "commander";
import { describeStop, findStop } from "../reminders/decisions/stop-all.ts";
import { forecast } from "../reminders/forecast/forecast.ts";
import { wholeArgument } from "./arguments.ts";
import type { CliContext } from "./context.ts";
import { showProgress } from "./progress.ts";
import { count, openSendTable } from "./send-table.ts";

const MOST_DAYS = 3650;

export function forecastCommand(context: CliContext): Command {
  return new Command("forecast")
    .description(
      "what will be sent, to whom, when, if nothing changes: holds and reminders on record count, approvals are taken as given",
    )
    .option("--days <number>", "how far to look", wholeArgument(0, MOST_DAYS), 30)
    .action(async ({ days }: { days: number }) => {
      const services = await context.services();
      const progress = showProgress(context, "customers");
      const lines = await forecast(services, { days, onProgress: progress.update }).finally(progress.stop);
      const table = openSendTable(context);
      for (const line of lines) table.add(line);
      const stop = await findStop(services);
      if (stop) context.note(`nothing of it leaves now: ${describeStop(stop)}`);
      if (!context.json)
        context.out(`${table.summary()} in the next ${count(days, "day")}, if nothing changes.`);
    });
}
