import type { Services } from "../services.ts";

/** What every command gets: how to reach the services, and where to say what. */
export type CliContext = {
  /** Opened at the first call; honours `--db` and `--at`. */
  services(): Promise<Services>;
  /** Newline-delimited JSON on stdout, and nothing else there. */
  json: boolean;
  /** A line on stdout. */
  out(line: string): void;
  /** A line on stderr. */
  note(line: string): void;
  /** Whether stderr is a terminal. */
  isTerminal: boolean;
  /** Ends with exit code 1 and this line on stderr. */
  fail(message: string): never;
};
