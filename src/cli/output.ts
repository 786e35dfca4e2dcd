import { AppError } from "../errors.ts";

export type Output = {
  out(line: string): void;
  note(line: string): void;
  /** Resolves when all is written; throws where it could not be. */
  finish(): Promise<void>;
};

// What would move a terminal's cursor or colour, should it hide in an invoice number.
const CONTROLS = /(?![\t\n])\p{Cc}/gu;

const stdout = watch();

/** Lines on stdout and stderr. A reader that goes away (`| head`) ends the printing, not the work. */
export function openOutput(): Output {
  return {
    out(line) {
      if (!stdout.failure) process.stdout.write(`${clean(line)}\n`);
    },
    note(line) {
      process.stderr.write(`${clean(line)}\n`);
    },
    async finish() {
      await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
      const code = stdout.failure?.code;
      if (code && code !== "EPIPE")
        throw new AppError("unavailable", `the output could not be written: ${code}`);
    },
  };
}

function watch(): { failure: NodeJS.ErrnoException | null } {
  const seen: { failure: NodeJS.ErrnoException | null } = { failure: null };
  process.stdout.on("error", (error) => {
    seen.failure ??= error;
  });
  process.stderr.on("error", () => undefined);
  return seen;
}

function clean(line: string): string {
  return line.replace(CONTROLS, "");
}
