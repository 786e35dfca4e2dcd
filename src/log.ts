import type { Clock, Log, LogLevel } from "./ports.ts";

const LEVELS: LogLevel[] = ["debug", "info", "warn", "error"];
const SECRET_KEYS = /secret|token|password|authorization|cookie|signature|api_?key|access_?key/i;
const SECRET_SHAPES =
  /\b(?:xox[a-z]-|xapp-|whsec_|sk_live_|dw_|AKIA|ASIA)[\w-]{6,}|\bBearer\s+\S+|(?<=:\/\/)[^\s/@]+(?=@)|(?<=\/p\/)[\w-]+\.[\w.-]+/g;
const ADDRESSES = /[^\s<>"'(),;:=[\]]+@[^\s<>"'(),;:=[\]]+\.[^\s<>"'(),;:=[\]]+/g;
const MAX_DEPTH = 5;

type Options = {
  clock: Clock;
  /** Takes one finished line. */
  write?: (line: string) => void;
  /** Values that must not appear wherever they come from, such as the secrets among the settings. */
  secrets?: (string | undefined)[];
  level?: LogLevel;
};

/** One JSON object a line, on stderr. Whatever it is given, no address and no secret leaves it. */
export function createLog({
  clock,
  write = console.error,
  secrets = [],
  level: least = "info",
}: Options): Log {
  const hidden = secrets.filter((secret) => secret !== undefined && secret.length >= 6) as string[];
  return (level, event, fields = {}) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
    const at = new Date(clock()).toISOString();
    write(JSON.stringify({ at, level, event, ...(redact(fields, hidden) as object) }));
  };
}

function redact(value: unknown, hidden: string[], depth = 0): unknown {
  if (typeof value === "string") return redactText(value, hidden);
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= MAX_DEPTH) return "[deep]";
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (value instanceof Error) return redact(describeError(value), hidden, depth);
  if (Array.isArray(value)) return value.map((item) => redact(item, hidden, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      SECRET_KEYS.test(key) ? "[secret]" : redact(item, hidden, depth + 1),
    ]),
  );
}

function redactText(text: string, hidden: string[]): string {
  const shown = hidden.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
  return shown.replace(SECRET_SHAPES, "[secret]").replace(ADDRESSES, "[address]");
}

/** Errors of ours, of the engine and of the database say nothing about a debtor; others may quote what they could not read. */
const TELLING = new Set(["AppError", "LibsqlError", "LibsqlBatchError", "TypeError", "ReferenceError"]);

function describeError(error: Error): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const frames = stack?.split("\n").filter((line) => /^\s+at /.test(line));
  const told = TELLING.has(name) ? message : undefined;
  return { name, message: told, code: (error as { code?: unknown }).code, cause, stack: frames?.join("\n") };
}
