import { Command } from "commander";
import { findNextLook } from "../db/looks.ts";
import { findCircuit } from "../db/sending.ts";
import { describeStop, findStop } from "../reminders/decisions/stop-all.ts";
import { previewTick } from "../reminders/forecast/preview-tick.ts";
import type { TickReport } from "../reminders/sending/run.ts";
import { describeCircuit } from "../reminders/sending/sending-limits.ts";
import { tick } from "../reminders/sending/tick.ts";
import { describeUnreached, findUnreachedZones } from "../reminders/sending/unreached-zones.ts";
import type { Services } from "../services.ts";
import { wholeArgument } from "./arguments.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";
import { showProgress } from "./progress.ts";
import { count, openSendTable } from "./send-table.ts";
import { describeBacklog, describeNextLook, describeReasons, summarise } from "./tick-summary.ts";

type Options = { dryRun?: boolean; confirmBacklog?: boolean; limit?: number };

export function tickCommand(context: CliContext): Command {
  return new Command("tick")
    .description("one run of the clock: scan, decide, send, in batches until nothing is due")
    .option("--dry-run", "decide the same, send and store nothing")
    .option("--confirm-backlog", "first release the backlog: stages that became due more than 7 days ago")
    .option("--limit <number>", "send at most about so many reminders", wholeArgument(1, 1_000_000))
    .action((options: Options, command: Command) => {
      if (options.dryRun) return rehearse(context, options);
      const { at } = command.optsWithGlobals<{ at?: number }>();
      return run(context, options, at === undefined);
    });
}

async function run(
  context: CliContext,
  { confirmBacklog, limit }: Options,
  byMachineClock: boolean,
): Promise<void> {
  const services = await context.services({ createsDatabase: true });
  const table = openSendTable(context);
  // Where the lines themselves are seen, nothing has to be counted.
  const progress = process.stdout.isTTY ? undefined : showProgress(context, "invoices reminded");
  let invoices = 0;
  const report = await tick(services, {
    limit,
    byMachineClock,
    confirmBacklog: confirmBacklog ? { author: author() } : undefined,
    onSend: (line) => {
      table.add(line);
      progress?.update(++invoices);
    },
  }).finally(() => progress?.stop());
  if (report.stop) return context.note(describeStop(report.stop));
  if (!context.json) context.out(summarise(report, await describeQuiet(services, report)));
  if (report.counts.outside_hours) {
    for (const zone of await findUnreachedZones(services))
      context.note(`warning: ${describeUnreached(zone)}`);
  }
  await noteCircuit(context, services);
  refuseFailed(context, report);
}

function refuseFailed(context: CliContext, { failed, sent, counts }: TickReport): void {
  if (failed > 0) context.fail(`${count(failed, "customer")} could not be decided on; the others were`);
  if (counts.refused && sent === 0) {
    context.fail(`the mailer refused all ${count(counts.refused, "reminder")}: run \`dunwell doctor\``);
  }
}

async function rehearse(context: CliContext, { confirmBacklog = false, limit }: Options): Promise<void> {
  const services = await context.services();
  const stop = await findStop(services);
  if (stop) return context.note(describeStop(stop));
  const { lines, counts, backlog } = await previewTick(services, { confirmBacklog });
  const table = openSendTable(context);
  const reminders = new Set<string>();
  for (const line of lines) {
    reminders.add(line.reminder);
    if (limit !== undefined && reminders.size > limit) break;
    table.add(line);
  }
  if (!context.json) {
    const sent = reminders.size;
    const waiting = [...describeReasons(counts), ...(await describeQuiet(services, { sent, counts }))];
    const told = [`${table.summary()} would be sent now; nothing was`, waiting.join(", ")];
    context.out(`${[...told, ...describeBacklog(backlog)].filter(Boolean).join("; ")}.`);
  }
  await noteCircuit(context, services);
}

/** Where nothing leaves and nothing was looked at: from when on something is. */
async function describeQuiet(
  { db, clock }: Pick<Services, "db" | "clock">,
  { sent, counts }: Pick<TickReport, "sent" | "counts">,
): Promise<string[]> {
  if (sent > 0 || Object.keys(counts).some((name) => name !== "backlog")) return [];
  return describeNextLook(await findNextLook(db, clock()));
}

async function noteCircuit(context: CliContext, { db }: Pick<Services, "db">): Promise<void> {
  const circuit = await findCircuit(db);
  if (circuit) context.note(describeCircuit(circuit));
}
