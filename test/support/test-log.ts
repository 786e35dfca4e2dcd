import type { Log, LogLevel } from "../../src/ports.ts";

export type LogEvent = { level: LogLevel; event: string; fields: Record<string, unknown> };
export type TestLog = Log & { events: LogEvent[] };

/** A silent log that remembers. */
export function createTestLog(): TestLog {
  const events: LogEvent[] = [];
  const log: Log = (level, event, fields = {}) => {
    events.push({ level, event, fields });
  };
  return Object.assign(log, { events });
}
