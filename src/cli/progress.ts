import type { CliContext } from "./context.ts";

export type Progress = { update(done: number): void; stop(): void };

const CLEAR_LINE = "\r\u001b[K";
const REDRAW_AFTER_MS = 100;

/** A count on stderr while long work is under way, where that is a terminal; it leaves nothing behind. */
export function showProgress({ isTerminal }: CliContext, noun: string): Progress {
  if (!isTerminal) return { update: () => undefined, stop: () => undefined };
  let drawnAt = 0;
  return {
    update(done) {
      if (performance.now() - drawnAt < REDRAW_AFTER_MS) return;
      drawnAt = performance.now();
      process.stderr.write(`${CLEAR_LINE}${done} ${noun}`);
    },
    stop: () => void process.stderr.write(CLEAR_LINE),
  };
}
