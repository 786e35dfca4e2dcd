export type ErrorCode = "invalid" | "not_found" | "conflict" | "unauthorized" | "unavailable" | "internal";

/** The one error of the product: a closed set of codes, a sentence for the reader, and whether trying again may help. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly retry: boolean;

  constructor(code: ErrorCode, message: string, options: { retry?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.retry = options.retry ?? code === "unavailable";
  }
}

/** Names and codes only: a message may carry what must not reach a log. */
export function nameOfError(error: unknown): string {
  if (error instanceof AppError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.name : "unknown";
}
