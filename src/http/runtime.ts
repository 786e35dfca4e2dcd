import type { Context } from "hono";

/** What the routes need to know about where they run; given by the entry. */
export type Runtime = {
  isWorker: boolean;
  /** The address at the other end of the connection; null where there is none to be trusted. */
  remoteAddress(c: Context): string | null;
};
