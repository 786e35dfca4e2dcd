import { SingleBar } from "cli-progress";
import { Command, Option } from "commander";
import { COLUMNS, type ImportKind } from "../imports/columns.ts";
import { openImport } from "../imports/open-import.ts";
import { type ImportSummary, importFile } from "../reminders/import-file.ts";
import type { RowOutcome } from "../reminders/import-rows.ts";
import type { CliContext } from "./context.ts";
import { count } from "./send-table.ts";

type Options = {
  mapping?: string;
  preset?: string;
  dryRun?: boolean;
  complete?: boolean;
  decimal: "point" | "comma";
};

const SHOWN_LENGTH = 60;
const CLEAR_LINE = "\r\u001b[K";

export function importCommand(context: CliContext): Command {
  return new Command("import")
    .description("import customers, invoices or payments from a CSV file")
    .argument("<kind>", "what the file holds: customers, invoices or payments")
    .argument("<file>", "the CSV file; UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs")
    .addOption(
      new Option("--mapping <file>", "JSON that says where each field comes from").conflicts("preset"),
    )
    .option("--preset <name>", "a mapping that comes with the product")
    .addOption(
      new Option("--decimal <sign>", "1234.56 or 1.234,56").choices(["point", "comma"]).default("point"),
    )
    .option("--dry-run", "check every row, keep nothing")
    .option(
      "--complete",
      "the file is all that is open: invoices absent from it are not reminded until somebody says why",
    )
    .action(async (kind: string, path: string, options: Options, command: Command) => {
      if (!isKind(kind)) {
        const known = `import customers, invoices or payments, not "${kind}"`;
        return command.error(`error: ${known}`, { exitCode: 2, code: "dunwell.usage" });
      }
      if (options.complete && kind !== "invoices") {
        command.error("error: --complete is for invoices", { exitCode: 2, code: "dunwell.usage" });
      }
      await runImport(context, { kind, path, options });
    });
}

function isKind(kind: string): kind is ImportKind {
  return Object.hasOwn(COLUMNS, kind);
}

async function runImport(
  context: CliContext,
  { kind, path, options }: { kind: ImportKind; path: string; options: Options },
): Promise<void> {
  if (options.preset !== undefined) {
    context.fail(
      `there is no preset ${JSON.stringify(options.preset)}; describe the file with --mapping FILE.json`,
    );
  }
  const source = await openImport({ kind, path, mappingPath: options.mapping });
  const services = await context.services({
    createsDatabase: !options.dryRun,
    takesEmptyFile: !options.dryRun,
  });
  const progress = showProgress(context, source.bytes);
  const summary = await importFile(services, source, {
    decimal: options.decimal,
    isDryRun: options.dryRun ?? false,
    isComplete: options.complete ?? false,
    onRow: (outcome) => reportRow(context, outcome),
    onProgress: (rows) => progress.update(source.bytesRead(), { rows }),
  }).finally(() => progress.stop());
  reportSummary(context, summary, options.dryRun ?? false);
  if (summary.refused > 0) context.fail(describeRefused(summary));
}

function showProgress(context: CliContext, bytes: number): Pick<SingleBar, "update" | "stop"> {
  if (!context.isTerminal) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    format: "{bar} {percentage} %  {rows} rows  {eta_formatted} left",
  });
  bar.start(bytes, 0, { rows: 0 });
  return bar;
}

function reportRow(context: CliContext, outcome: RowOutcome): void {
  const { line } = outcome;
  if (context.json) {
    context.out(JSON.stringify(outcome.ok ? { line, ok: true, row: outcome.row } : outcome));
  } else if (!outcome.ok) {
    const clear = context.isTerminal ? CLEAR_LINE : "";
    const where = outcome.column ? `line ${line}, ${outcome.column}` : `line ${line}`;
    context.note(`${clear}${where}${shown(outcome.value)}: ${outcome.error}`);
  }
}

function reportSummary(context: CliContext, summary: ImportSummary, isDryRun: boolean): void {
  const { rows, imported, unchanged, refused, missing, linesWithoutNumber, isRestUnread } = summary;
  if (missing?.length && linesWithoutNumber.length > 0) {
    const lines = linesWithoutNumber.join(", ");
    context.note(
      `one of the missing invoices may stand on a line whose invoice number cannot be read: ${lines}`,
    );
  }
  if (isRestUnread) context.note("the file was not read to its end: it does not count as payment data");
  if (context.json) {
    const told = { rows, imported, unchanged, refused, preset: null, ...(missing && { missing }) };
    context.out(JSON.stringify({ summary: told }));
  } else {
    for (const number of missing ?? []) context.out(`missing: invoice ${number} is open and not in the file`);
    const dry = isDryRun ? "nothing was kept: " : "";
    context.out(
      `${dry}${count(rows, "row")}: ${imported} imported, ${unchanged} unchanged, ${refused} refused`,
    );
  }
}

function describeRefused({ refused, rows }: ImportSummary): string {
  return `${refused} of ${count(rows, "row")} ${refused === 1 ? "was" : "were"} refused`;
}

// As JSON, so that nothing in a cell reaches the terminal as a command.
function shown(value: string): string {
  if (value === "") return "";
  const text = value.length > SHOWN_LENGTH ? `${value.slice(0, SHOWN_LENGTH)}…` : value;
  return ` ${JSON.stringify(text)}`;
}
