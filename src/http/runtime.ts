import type { Context } from "hono";
import type { Instant } from "../domain/zone.ts";
import type { Services } from "../services.ts";
import type { GuessLimit } from "./guess-limit.ts";

/** Reads a file of the folder `assets`. */
export type ReadAsset = (name: string) => Promise<Uint8Array>;

/** Takes a request of Slack's. */
export type TakeSlackRequest = (request: { body: string; headers: Headers }) => Promise<Response>;

/** What the routes need to know about where they run; given by the entry. */
export type Runtime = {
  isWorker: boolean;
  /** When the service began whose clock ticks here; absent where none does, and on Workers. */
  startedAt?: Instant;
  /** The address at the other end of the connection; null where there is none to be trusted. */
  remoteAddress(c: Context): string | null;
  /** Makes what takes Slack's requests; null where Slack is not set up to send any. */
  openSlack?(services: Services): Promise<TakeSlackRequest | null>;
  /** Absent where no assets came along: then nothing is offered that needs one. */
  readAsset?: ReadAsset;
  /** Counts wrong links, keys and signatures for all apps of this process; absent, each app counts for itself. */
  guesses?: GuessLimit;
};
