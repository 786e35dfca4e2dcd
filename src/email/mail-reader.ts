import type { MailReader } from "../ports.ts";
import type { ReplyModel } from "./refine-reading.ts";

/** Reads mail once there is some: what it takes to understand people loads no sooner. Without a model the rules stand alone. */
export function createMailReader(model: ReplyModel | null = null): MailReader {
  return {
    read: async (raw, arrival) => (await import("./read-mail.ts")).readMail(raw, arrival),
    refine: async (reading) =>
      model ? (await import("./refine-reading.ts")).refineReading(reading, model) : reading,
    files: async (raw) => (await import("./mail-files.ts")).filesIn(raw),
  };
}
