import { SingleBar } from "cli-progress";
import { Command, Option } from "commander";
import { countGaps, type Gaps } from "../db/gaps.ts";
import { isCurrency } from "../domain/money.ts";
import { COLUMNS, type ImportKind } from "../imports/columns.ts";
import { type ImportSource, openImport } from "../imports/open-import.ts";
import { PRESETS } from "../imports/presets.ts";
import { type ImportSummary, importFile } from "../reminders/records/import-file.ts";
import type { RowOutcome } from "../reminders/records/import-rows.ts";
import type { CliContext } from "./context.ts";
import { count } from "./send-table.ts";

type Options = {
  mapping?: string;
  preset?: string;
  dryRun?: boolean;
  complete?: boolean;
  decimal?: "point" | "comma";
  dateOrder?: "dmy" | "mdy";
  currency?: string;
};

const PRESET_NAMES = [...new Set(PRESETS.map(({ name }) => name))].join(", ");
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
    .option(
      "--preset <name>",
      `the program that wrote the file, where its header does not tell: ${PRESET_NAMES}`,
    )
    .addOption(
      new Option(
        "--decimal <sign>",
        "1234.56 (point, the default) or 1.234,56 (comma); programs' files mostly show it",
      ).choices(["point", "comma"]),
    )
    .addOption(
      new Option(
        "--date-order <order>",
        "3/4/2026 is 3 April (dmy) or 4 March (mdy), where a program's file does not tell",
      )
        .choices(["dmy", "mdy"])
        .conflicts("mapping"),
    )
    .addOption(
      new Option(
        "--currency <code>",
        "of the amounts, where a program's file does not name it, like EUR",
      ).conflicts("mapping"),
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
  const source = await openImport({
    kind,
    path,
    mappingPath: options.mapping,
    preset: options.preset,
    told: {
      decimal: options.decimal,
      dateOrder: options.dateOrder,
      currency: currencyTold(context, options),
    },
  });
  for (const note of source.preset?.notes ?? []) context.note(note);
  const services = await context.services(
    options.dryRun ? { triesOut: true } : { createsDatabase: true, takesEmptyFile: true },
  );
  const progress = showProgress(context, source.bytes);
  const summary = await importFile(services, source, {
    decimal: source.preset ? "point" : (options.decimal ?? "point"),
    isDryRun: options.dryRun ?? false,
    isComplete: options.complete ?? false,
    onRow: (outcome) => reportRow(context, outcome),
    onProgress: (rows) => progress.update(source.bytesRead(), { rows }),
  }).finally(() => progress.stop());
  reportLeftOut(context, source);
  reportSummary(context, summary, { isDryRun: options.dryRun ?? false, preset: source.preset?.name ?? null });
  if (kind === "invoices" && !options.dryRun) reportGaps(context, await countGaps(services.db));
  if (summary.refused > 0) context.fail(describeRefused(summary));
}

function currencyTold(context: CliContext, { currency }: Options): string | undefined {
  const code = currency?.toUpperCase();
  if (code !== undefined && !isCurrency(code)) {
    context.fail(`${JSON.stringify(currency)} is no ISO 4217 currency; write a code like EUR`);
  }
  return code;
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

function reportLeftOut(context: CliContext, { preset, kind }: ImportSource): void {
  const lines = preset?.leftOut() ?? 0;
  if (lines > 0)
    context.note(`${count(lines, "line")} left out: titles, sums, or something else than ${kind}`);
}

function reportSummary(
  context: CliContext,
  summary: ImportSummary,
  { isDryRun, preset }: { isDryRun: boolean; preset: string | null },
): void {
  const { rows, imported, unchanged, refused, missing, linesWithoutNumber, isRestUnread } = summary;
  if (missing?.length && linesWithoutNumber.length > 0) {
    const lines = linesWithoutNumber.join(", ");
    context.note(
      `one of the missing invoices may stand on a line whose invoice number cannot be read: ${lines}`,
    );
  }
  if (isRestUnread) context.note("the file was not read to its end: it does not count as payment data");
  if (context.json) {
    const told = { rows, imported, unchanged, refused, preset, ...(missing && { missing }) };
    context.out(JSON.stringify({ summary: told }));
  } else {
    for (const number of missing ?? []) context.out(`missing: invoice ${number} is open and not in the file`);
    const dry = isDryRun ? "nothing was kept: " : "";
    context.out(
      `${dry}${count(rows, "row")}: ${imported} imported, ${unchanged} unchanged, ${refused} refused`,
    );
  }
}

/** Of all that is open, for what an earlier file left out is missing still. */
function reportGaps(context: CliContext, { withoutCountry, withoutAddress }: Gaps): void {
  if (withoutCountry > 0)
    context.note(
      `${count(withoutCountry, "customer")} without a country, so no public holidays are kept: import customers with the columns customer_ref and country`,
    );
  if (withoutAddress > 0)
    context.note(
      `${count(withoutAddress, "open invoice")} with nobody to write to, so no reminder leaves: \`dunwell contact CUSTOMER --email ADDRESS\`, or the column customer_email`,
    );
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
