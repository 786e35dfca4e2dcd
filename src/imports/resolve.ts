import { compileDateFormat, type DateFormat } from "../domain/date-format.ts";
import { AppError } from "../errors.ts";
import { COLUMNS, type ImportKind } from "./columns.ts";
import { hint, type Mapping, templateColumns } from "./mapping.ts";

/** How the cells of one file become canonical columns. */
export type Resolved = {
  dateFormats: Record<string, DateFormat>;
  /** The canonical column of each of the file's columns that is taken as it is; undefined for the others. */
  fieldOf: (string | undefined)[];
  toRow(cells: string[]): Record<string, string>;
};

type Reader = { field: string; read(cells: string[]): string };

/** The mapping that takes canonical columns as they are. Throws AppError `invalid` for a column that is none of them. */
export function canonicalMapping(header: string[], kind: ImportKind): Mapping {
  const mapping: Mapping = new Map();
  for (const name of header) {
    if (name === "") continue;
    if (!COLUMNS[kind].all.includes(name)) {
      throw new AppError(
        "invalid",
        `unknown column ${JSON.stringify(name)} (a mapping file takes other names)${hint(name, COLUMNS[kind].all)}`,
      );
    }
    mapping.set(name, { column: name });
  }
  for (const group of COLUMNS[kind].required) {
    if (group.some((field) => mapping.has(field))) continue;
    throw new AppError("invalid", `the column ${group.join(" or ")} is missing; ${kind} need it`);
  }
  return mapping;
}

/** Binds a mapping to a header. Throws AppError `invalid` for a column that the header lacks or has twice. */
export function resolveMapping(mapping: Mapping, header: string[]): Resolved {
  const dateFormats: Record<string, DateFormat> = {};
  const fieldOf: (string | undefined)[] = header.map(() => undefined);
  const readers: Reader[] = [];
  for (const [field, source] of mapping) {
    if ("column" in source) {
      const index = indexOf(source.column, header);
      fieldOf[index] ??= field;
      if (source.format !== undefined) dateFormats[field] = compileDateFormat(source.format)!;
      readers.push({ field, read: (cells) => cells[index] ?? "" });
    } else if ("value" in source) {
      readers.push({ field, read: () => source.value });
    } else {
      readers.push({ field, read: templateReader(source.template, header) });
    }
  }
  return { dateFormats, fieldOf, toRow: (cells) => toRow(readers, cells) };
}

function toRow(readers: Reader[], cells: string[]): Record<string, string> {
  const row: Record<string, string> = {};
  for (const { field, read } of readers) row[field] = read(cells);
  return row;
}

// A template with an empty part is empty: "@example.com" is nobody's address.
function templateReader(template: string, header: string[]): Reader["read"] {
  const indexes = new Map(templateColumns(template).map((name) => [name, indexOf(name, header)]));
  return (cells) => {
    for (const index of indexes.values()) if (!cells[index]?.trim()) return "";
    return template.replace(/\{([^{}]+)\}/g, (_, name: string) => cells[indexes.get(name)!]!.trim());
  };
}

function indexOf(name: string, header: string[]): number {
  const index = header.indexOf(name);
  if (index < 0) {
    throw new AppError(
      "invalid",
      `mapping: the file has no column "${name}"${hint(name, header.filter(Boolean))}`,
    );
  }
  if (header.lastIndexOf(name) !== index)
    throw new AppError("invalid", `the file has two columns named "${name}"`);
  return index;
}
