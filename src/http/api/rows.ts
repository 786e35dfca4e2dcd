import type { ParsedRow } from "../../domain/rows.ts";
import type { RecordOutcome } from "../../reminders/records/record-outcome.ts";
import { ProblemError } from "../problem.ts";

type Body = Record<string, string | boolean | null | undefined>;

/** A body as a row of a file: what is null counts as absent. */
export function toRow(body: Body): Record<string, string> {
  const cells = Object.entries(body).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(cells.map(([column, value]) => [column, cellOf(value!)]));
}

/** The record, or a problem that names the field. */
export function recordOf<R>(parsed: ParsedRow<R>): R {
  if (!parsed.ok) throw refused(parsed);
  return parsed.record;
}

/** Whether anything changed, or a problem that names the field that was refused. */
export function isChanged(outcomes: RecordOutcome[]): boolean {
  const wrong = outcomes.find((outcome) => !outcome.ok);
  if (wrong && !wrong.ok) throw refused(wrong);
  return outcomes.some((outcome) => outcome.ok && outcome.changed);
}

/** A name in the body has to be the one in the path. */
export function requireSame(field: string, given: string | null | undefined, expected: string): void {
  if (given === undefined || given === null || given === expected) return;
  throw refused({ column: field, value: given, error: `differs from "${expected}" in the path` });
}

function cellOf(value: string | boolean): string {
  if (typeof value === "string") return value;
  return value ? "yes" : "no";
}

function refused({ column, value, error }: { column: string; value: string; error: string }): ProblemError {
  return new ProblemError(422, `${column}: ${error}`, [{ field: column, value, detail: error }]);
}
