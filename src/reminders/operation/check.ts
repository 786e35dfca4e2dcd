/** One thing looked at: how it is, and how to mend it where that is not well. */
export type Check = {
  check: string;
  result: "ok" | "warn" | "fail" | "skip";
  detail: string;
  remedy: string | null;
};

export function ok(check: string, detail: string): Check {
  return { check, result: "ok", detail, remedy: null };
}

export function warn(check: string, detail: string, remedy: string): Check {
  return { check, result: "warn", detail, remedy };
}

export function fail(check: string, detail: string, remedy: string): Check {
  return { check, result: "fail", detail, remedy };
}

/** For what cannot be looked at from here. */
export function skip(check: string, detail: string): Check {
  return { check, result: "skip", detail, remedy: null };
}

/** A vendor's code where there is one; never its message, which may carry a secret. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { data, code } = error as { data?: { error?: string }; code?: string };
  return data?.error ?? (error.name !== "Error" ? error.name : (code ?? error.name));
}
