import { CommanderError } from "commander";
import { AppError } from "../errors.ts";
import type { Output } from "./output.ts";

const REFUSED = 1;
const WRONG_USAGE = 2;

/** The exit code for what ended a command, told in one line on stderr. Commander has told about wrong usage itself. */
export async function reportFailure(error: unknown, output: Output): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
  output.note(`error: ${oneLine(await describe(error))}`);
  if (process.env.DEBUG) output.note(error instanceof Error ? (error.stack ?? "") : "");
  return REFUSED;
}

export function oneLine(message: string): string {
  return message.trim().replace(/\s*\n\s*/g, "; ");
}

async function describe(error: unknown): Promise<string> {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const told = cause.name.startsWith("Libsql") ? await translate(cause) : cause;
    if (told instanceof AppError) return told.message;
  }
  return `internal error: ${error instanceof Error ? error.name : "unknown"} (DEBUG=1 shows where)`;
}

async function translate(error: Error): Promise<unknown> {
  const { toAppError } = await import("../db/open.ts");
  return toAppError(error);
}
