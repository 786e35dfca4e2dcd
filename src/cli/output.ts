import { AppError } from "../errors.ts";

export type Output = {
  out(line: string): void;
  note(line: string): void;
  /** Resolves when all is written; throws where it could not be. */
  finish(): Promise<void>;
};

// What would move a terminal's cursor or colour, should it hide in an invoice number.
const CONTROLS = /(?![\t\n])\p{Cc}/gu;

/** Lines on stdout and stderr. A reader that goes away (`| head`) ends the printing, not the work. */
export function openOutput(): Output {
  let isReaderGone = false;
  let failure: NodeJS.ErrnoException | undefined;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") isReaderGone = true;
    else failure ??= error;
  });
  process.stderr.on("error", () => undefined);
  return {
    out(line) {
      if (!isReaderGone && !failure) process.stdout.write(`${clean(line)}\n`);
    },
    note(line) {
      process.stderr.write(`${clean(line)}\n`);
    },
    async finish() {
      await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
      if (failure) throw new AppError("unavailable", `the output could not be written: ${failure.code}`);
    },
  };
}

function clean(line: string): string {
  return line.replace(CONTROLS, "");
}
