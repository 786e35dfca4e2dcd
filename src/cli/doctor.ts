import { Command } from "commander";
import { readSettings, type Settings } from "../config.ts";
import { AppError } from "../errors.ts";
import type { Check } from "../reminders/operation/check.ts";
import { doctor } from "../reminders/operation/doctor.ts";
import type { GroundContext } from "./context.ts";
import { createProbes } from "./doctor-probes.ts";

const NAME_WIDTH = 14;

export function doctorCommand(context: GroundContext): Command {
  return new Command("doctor")
    .description(
      "look at all that has to be well for reminders to leave, and say how to mend what is not; changes nothing",
    )
    .action(async () => {
      let failed = 0;
      for await (const check of examine(context)) {
        if (check.result === "fail") failed++;
        context.out(context.json ? JSON.stringify(check) : formatCheck(check));
      }
      if (failed > 0) context.fail(failed === 1 ? "one check failed" : `${failed} checks failed`);
    });
}

async function* examine(context: GroundContext): AsyncGenerator<Check> {
  let settings: Settings;
  try {
    settings = readSettings(context.environment);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    yield {
      check: "settings",
      result: "fail",
      detail: error.message.replace(/^settings: /, ""),
      remedy: "set them right and look again",
    };
    return;
  }
  yield* doctor(settings, createProbes(settings, context.clock), context.clock);
}

function formatCheck({ check, result, detail, remedy }: Check): string {
  return `${result.padEnd(4)}  ${check.padEnd(NAME_WIDTH)}  ${detail}${remedy ? `. ${capital(remedy)}.` : ""}`;
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
