import { Command } from "commander";
import { type RunLine, recentRuns } from "../reminders/operation/list-runs.ts";
import type { CliContext } from "./context.ts";
import { count } from "./send-table.ts";
import { describeRun } from "./tick-summary.ts";

const TIME_WIDTH = 9;

export function runsCommand(context: CliContext): Command {
  return new Command("runs")
    .description("the last 20 runs of the clock, the newest first")
    .action(async () => {
      const runs = await recentRuns(await context.services());
      for (const run of runs) context.out(context.json ? JSON.stringify(run) : formatRun(run));
      if (runs.length === 0) context.note("no tick has run yet");
    });
}

function formatRun(run: RunLine): string {
  const when = run.started_at.slice(0, 19).replace("T", " ");
  const took = run.seconds === null ? "?" : `${run.seconds.toFixed(1)} s`;
  return `${when} UTC  ${took.padStart(TIME_WIDTH)}  ${describe(run)}`;
}

function describe(run: RunLine): string {
  if (run.state === "unfinished") return "never finished: killed, or still under way";
  const parts = describeRun(run);
  if (run.failed > 0) parts.push(`${count(run.failed, "customer")} not decided on`);
  if (run.error !== null) parts.push(`failed: ${run.error}`);
  return parts.join(", ");
}
