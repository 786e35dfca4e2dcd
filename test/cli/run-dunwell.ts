import { type ChildProcess, execFile, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ACME } from "../support/cast.ts";
import { makeFolder } from "../support/folder.ts";

export const COMMAND = fileURLToPath(new URL("../../src/cli/dunwell.js", import.meta.url));

export type Run = {
  code: number;
  stdout: string;
  /** The lines of stderr. */
  errors: string[];
  /** The lines of stdout, each read as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: every command prints other objects
  json(): any[];
};

export type Desk = {
  folder: string;
  /** Runs the command as a person at this desk would; nothing of our own environment reaches it. */
  run(args: string, environment?: Record<string, string>): Promise<Run>;
  /** Starts it and lets it run; `stdout` is a file to print to instead of a pipe. */
  start(args: string, environment?: Record<string, string>, stdout?: number): ChildProcess;
  /** Writes a file there: JSON for an object, else the text. */
  write(name: string, content: unknown): Promise<string>;
};

/** A folder of its own with a creditor file in it; removed after the test file. */
export async function openDesk(): Promise<Desk> {
  const folder = await makeFolder("cli");
  const desk: Desk = {
    folder,
    run: (args, environment) =>
      new Promise((resolve) => {
        const options = { cwd: folder, env: environmentOf(environment), maxBuffer: 2 ** 24 };
        execFile(process.execPath, [COMMAND, ...words(args)], options, (error, stdout, stderr) =>
          resolve(toRun(error ? Number(error.code) : 0, stdout, stderr)),
        );
      }),
    start: (args, environment, stdout) =>
      spawn(process.execPath, [COMMAND, ...words(args)], {
        cwd: folder,
        env: environmentOf(environment),
        stdio: ["ignore", stdout ?? "pipe", "pipe"],
      }),
    async write(name, content) {
      await writeFile(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
      return name;
    },
  };
  await desk.write("creditor.json", ACME);
  return desk;
}

function environmentOf(environment: Record<string, string> = {}): Record<string, string> {
  return { PATH: process.env.PATH ?? "", ...environment };
}

/** Splits at spaces, but not within double quotes. */
function words(args: string): string[] {
  return (args.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"(.*)"$/, "$1"));
}

function toRun(code: number, stdout: string, stderr: string): Run {
  return {
    code,
    stdout,
    errors: stderr.split("\n").filter(Boolean),
    json: () =>
      stdout
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  };
}
