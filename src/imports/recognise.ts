import { AppError } from "../errors.ts";
import { type BoundPreset, bindPreset } from "./bind-preset.ts";
import type { ImportKind } from "./columns.ts";
import { DELIMITERS, type Delimiter, readFirstRecords } from "./csv.ts";
import { namesOf, type Preset, plainName } from "./preset.ts";
import { PRESETS, presetsNamed } from "./presets.ts";

export type Recognised = {
  bound: BoundPreset;
  /** How many of the preset's marks are there. */
  marks: number;
  delimiter: Delimiter;
  header: string[];
  recordsBefore: number;
};

const LINES_ABOVE = 20;

/** Which preset fits the header, that of a named product or any, and where the header stands; undefined when none fits. */
export function recognise(head: string, kind: ImportKind, name?: string): Recognised | undefined {
  const presets = (
    name === undefined ? PRESETS.filter(({ isNamedOnly }) => !isNamedOnly) : presetsNamed(name)
  ).filter((preset) => preset.kind === kind);
  const fitting = candidates(head).flatMap((candidate) =>
    presets.filter((preset) => hasMarks(preset, candidate.header)).map((preset) => bind(preset, candidate)),
  );
  return best(fitting);
}

/** Throws AppError `invalid`, with the names that there are, for one that is none of them. */
export function checkPresetName(name: string): void {
  if (presetsNamed(name).length > 0) return;
  const names = [...new Set(PRESETS.map((preset) => preset.name))].join(", ");
  throw new AppError("invalid", `there is no preset ${JSON.stringify(name)}; there are ${names}`);
}

/**
 * The preset of a named product that fits best, with half of its marks at least and all that is needed. Throws AppError `invalid`
 * when none does.
 */
export function recogniseNamed(head: string, kind: ImportKind, name: string, fileName: string): Recognised {
  const known = recognise(head, kind, name);
  if (known) return known;
  const named = presetsNamed(name);
  const presets = named.filter((preset) => preset.kind === kind);
  const { product } = named[0]!;
  if (presets.length === 0) {
    const kinds = [...new Set(named.map((preset) => preset.kind))].join(" and ");
    throw new AppError(
      "invalid",
      `the preset ${name} is for ${kinds} of ${product}; take a mapping file for ${kind}`,
    );
  }
  const nearest = best(candidates(head).flatMap((at) => presets.map((preset) => bind(preset, at))));
  if (
    nearest &&
    nearest.bound.missing.length === 0 &&
    nearest.marks >= nearest.bound.preset.marks.length / 2
  ) {
    return nearest;
  }
  const marks = nearest?.bound.preset.marks.map((mark) => mark.split("|")[0]).join(", ");
  throw new AppError(
    "invalid",
    `${fileName} does not look like ${kind} of ${product}; they have the columns ${marks}`,
  );
}

/** What else the file may be, for somebody who named the wrong kind. */
export function recogniseOtherKind(head: string, kind: ImportKind): Preset | undefined {
  const others = (["customers", "invoices", "payments"] as const).filter((other) => other !== kind);
  return others.map((other) => recognise(head, other)).find((found) => found)?.bound.preset;
}

/** Whether all columns are there that mark a file of this preset. */
export function hasMarks(preset: Preset, header: string[]): boolean {
  const isThere = isColumnOf(header);
  return preset.marks.every(isThere) && !(preset.absent ?? []).some(isThere);
}

function isColumnOf(header: string[]): (column: string) => boolean {
  const names = new Set(header.map(plainName));
  return (column) => namesOf(column).some((name) => names.has(name));
}

type Candidate = { delimiter: Delimiter; records: string[][]; index: number; header: string[] };

function candidates(head: string): Candidate[] {
  return DELIMITERS.flatMap((delimiter) => {
    const records = readFirstRecords(head, delimiter, LINES_ABOVE);
    return records.map((header, index) => ({ delimiter, records, index, header }));
  }).filter(({ header }) => header.length > 1);
}

function bind(preset: Preset, { delimiter, records, index, header }: Candidate): Recognised {
  const bound = bindPreset(preset, header, records.slice(0, index));
  const marks = preset.marks.filter(isColumnOf(header)).length;
  return { bound, delimiter, header, recordsBefore: index + 1, marks };
}

// More marks are better evidence, then more columns that are understood; then the line higher up.
function best(found: Recognised[]): Recognised | undefined {
  const weight = ({ bound, marks }: Recognised) =>
    marks * 100 + bound.fields.size - bound.missing.length * 1000;
  return found.reduce<Recognised | undefined>(
    (before, next) => (before && weight(before) >= weight(next) ? before : next),
    undefined,
  );
}
