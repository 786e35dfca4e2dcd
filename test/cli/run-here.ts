import type { Command } from "commander";
import type { GroundContext } from "../../src/cli/context.ts";
import { createContext, type GlobalOptions } from "../../src/cli/create-context.ts";
import { reportFailure } from "../../src/cli/failure.ts";

export type RunHere = {
  out: string[];
  notes: string[];
  /** What ended it, as it stands on stderr then; null where it did what it was asked. */
  error: string | null;
};

/** Runs a command in this process: quicker than one of its own, where only what it does and says is looked at. */
export async function runHere(
  create: (context: GroundContext) => Command,
  args: string[],
  options: GlobalOptions,
): Promise<RunHere> {
  const out: string[] = [];
  const notes: string[] = [];
  const output = {
    out: (line: string) => void out.push(line),
    note: (line: string) => void notes.push(line),
    finish: async () => {},
  };
  const context = createContext(() => options, output);
  const command = create(context).exitOverride();
  const code = await command
    .parseAsync(args, { from: "user" })
    .finally(() => context.close())
    .then(
      () => 0,
      (error) => reportFailure(error, output),
    );
  return { out, notes, error: code === 0 ? null : notes.pop()!.replace(/^error: /, "") };
}
