import { Command } from "commander";
import about from "../../package.json" with { type: "json" };
import { databaseArgument, instantArgument } from "./arguments.ts";
import { COMMANDS, type CommandEntry } from "./commands.ts";
import type { GroundContext } from "./context.ts";
import { createContext, type GlobalOptions } from "./create-context.ts";
import { oneLine, reportFailure } from "./failure.ts";
import { openOutput } from "./output.ts";

/** Runs one command. Returns the exit code: 0 done, 1 refused or failed, 2 wrong usage. */
export async function main(argv: string[]): Promise<number> {
  const output = openOutput();
  const program = createProgram();
  const context = createContext(() => program.opts<GlobalOptions>(), output);
  try {
    await addCommands(program, context, argv);
    await program.parseAsync(argv, { from: "user" }).finally(() => context.close());
    await output.finish();
    return 0;
  } catch (error) {
    return reportFailure(error, output);
  }
}

function createProgram(): Command {
  const program = new Command("dunwell");
  const refuse = (message: string) => program.error(message, { exitCode: 2, code: "dunwell.usage" });
  return program
    .description("Gets invoices paid and keeps the customer: reminders that know when not to be sent.")
    .version(about.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "say how a command is used")
    .option("--json", "print newline-delimited JSON on stdout, and nothing else there")
    .option(
      "--db <url>",
      "the database, instead of DATABASE_URL (file:./dunwell.db by default)",
      databaseArgument(refuse),
    )
    .option(
      "--at <instant>",
      "the present moment, like 2026-01-05T10:00:00Z; the clock stands still there",
      instantArgument,
    )
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: (text, write) => write(`${oneLine(text)}\n`) })
    .addHelpText("after", "\nA first look:\n  npx dunwell demo\n  dunwell help tick")
    .exitOverride();
}

/** Only the command that is asked for is loaded: the others would take longer to load than most of them run. */
async function addCommands(program: Command, context: GroundContext, argv: string[]): Promise<void> {
  const { operands } = program.parseOptions(argv);
  const wanted = operands[0] === "help" ? operands[1] : operands[0];
  for (const entry of COMMANDS) {
    const command =
      entry.name === wanted
        ? await loadCommand(entry, context)
        : new Command(entry.name).description(entry.summary);
    inheritSettings(program, command);
    program.addCommand(command);
  }
}

async function loadCommand({ load, examples }: CommandEntry, context: GroundContext): Promise<Command> {
  const command = (await load())(context);
  const title = examples.length > 1 ? "Examples:" : "Example:";
  return command.addHelpText(
    "afterAll",
    ["", title, ...examples.map((line) => `  dunwell ${line}`)].join("\n"),
  );
}

function inheritSettings(parent: Command, command: Command): void {
  command.copyInheritedSettings(parent);
  for (const inner of command.commands) inheritSettings(command, inner);
}
