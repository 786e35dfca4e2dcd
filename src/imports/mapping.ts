import { z } from "zod";
import { compileDateFormat } from "../domain/date-format.ts";
import { DATE_COLUMNS } from "../domain/rows.ts";
import { AppError } from "../errors.ts";
import { COLUMNS, type ImportKind } from "./columns.ts";
import { nearest } from "./nearest.ts";

const fieldSource = z.union([
  z.strictObject({ column: z.string().min(1), format: z.string().min(1).optional() }),
  z.strictObject({ value: z.string() }),
  z.strictObject({ template: z.string().min(1) }),
]);

/** Where a canonical column comes from: a column of the file, a fixed value, or text with `{column}`s in it. */
export type FieldSource = z.output<typeof fieldSource>;
export type Mapping = Map<string, FieldSource>;

/**
 * Reads a mapping file. Throws AppError `invalid`, naming the field, for JSON that is none, an unknown field or key, a form of
 * date that cannot be read, and a required field that is missing.
 */
export function parseMapping(text: string, kind: ImportKind): Mapping {
  const body = parseJson(text);
  const mapping: Mapping = new Map();
  for (const [field, source] of Object.entries(body)) {
    if (!COLUMNS[kind].all.includes(field))
      throw wrong(`unknown field "${field}"${hint(field, COLUMNS[kind].all)}`);
    const parsed = fieldSource.safeParse(source);
    if (!parsed.success) {
      throw wrong(
        `"${field}" is {"column":…} with or without "format", {"value":…} or {"template":…}, all texts`,
      );
    }
    checkFormat(field, parsed.data);
    mapping.set(field, parsed.data);
  }
  for (const group of COLUMNS[kind].required) {
    if (!group.some((field) => mapping.has(field)))
      throw wrong(`${group.join(" or ")} is missing; ${kind} need it`);
  }
  return mapping;
}

/** The names between braces in a template. Throws AppError `invalid` for a brace without its partner. */
export function templateColumns(template: string): string[] {
  const names = [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1]!);
  if (/[{}]/.test(template.replace(/\{[^{}]+\}/g, "")))
    throw wrong(`the template "${template}" has a brace without its partner`);
  return names;
}

/** Words that point to the name that was probably meant. */
export function hint(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return near ? `; did you mean ${near}?` : `; there are ${names.join(", ")}`;
}

function parseJson(text: string): Record<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    throw wrong(`it is no JSON: ${(error as Error).message}`);
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw wrong('it is an object of fields, like {"due_on":{"column":"DueDate","format":"M/D/YYYY"}}');
  }
  return body as Record<string, unknown>;
}

function checkFormat(field: string, source: FieldSource): void {
  if ("template" in source) templateColumns(source.template);
  if (!("column" in source) || source.format === undefined) return;
  if (!DATE_COLUMNS.includes(field))
    throw wrong(`"${field}" has a format, which only ${DATE_COLUMNS.join(", ")} may have`);
  if (!compileDateFormat(source.format)) {
    throw wrong(
      `"${field}" has the format "${source.format}"; write year, month and day, like M/D/YYYY or DD.MM.YYYY`,
    );
  }
}

function wrong(what: string): AppError {
  return new AppError("invalid", `mapping: ${what}`);
}
