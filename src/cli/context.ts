import type { Clock, LogLevel } from "../ports.ts";
import type { Services } from "../services.ts";

/** What every command gets: how to reach the services, and where to say what. */
export type CliContext = {
  /** Opened at the first call; honours `--db` and `--at`. */
  services(needs?: ServiceNeeds): Promise<Services>;
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

/** For commands that look at the ground on which the services stand. */
export type GroundContext = CliContext & {
  /** What the settings are read from; `--db` has replaced `DATABASE_URL`. */
  environment: Record<string, string | undefined>;
  /** The machine's clock, or the moment of `--at`. */
  clock: Clock;
};

export type ServiceNeeds = {
  /** `none` leaves the database as it is; otherwise an embedded one is brought up to date, a remote one has to be. */
  migration?: "none";
  /** Makes an embedded database that is not there yet; otherwise its absence is refused, as a name mistyped. */
  createsDatabase?: boolean;
  /** Works on an empty one, gone afterwards, where an embedded database is not there yet. */
  triesOut?: boolean;
  /** Makes one in a file without content too; otherwise that is refused, as a database that lost all it had. */
  takesEmptyFile?: boolean;
  /** What the log tells on stderr; by default trouble only. */
  logLevel?: LogLevel;
};
