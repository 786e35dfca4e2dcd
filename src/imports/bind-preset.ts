import type { ImportKind } from "./columns.ts";
import { isZero } from "./decimals.ts";
import { createFinder, type Finder, type Line, type Reader } from "./find-columns.ts";
import { type Decimal, readLocalAmount } from "./local-text.ts";
import { type Column, type Condition, type Preset, plainName, type Source } from "./preset.ts";

/** What a line says in canonical columns, before its dates and amounts are read. */
export type RawRow = {
  texts: Record<string, string>;
  balance: string;
  statuses: string[];
  /** Payments, credit notes and refunds have words of their own. */
  kindWord: string;
  /** The whole of an invoice of several lines, where the line says it. */
  total: string;
};

export type BoundPreset = {
  preset: Preset;
  /** `blank` for an empty line, `other` for one that is no record of this kind. */
  read(cells: string[], decimal: Decimal): RawRow | "blank" | "other";
  /** All amounts of a line, as written. */
  amountTexts(cells: string[]): string[];
  /** The canonical columns that the file can fill. */
  fields: Set<string>;
  /** One past the last column that is read. */
  width: number;
  /** Columns that are needed and not there. */
  missing: Column[];
};

const REQUIRED: Record<ImportKind, string[]> = {
  customers: ["customer_ref"],
  invoices: ["invoice_number", "customer_ref", "amount"],
  payments: ["amount", "paid_on"],
};
/** A line with nothing in these is a title, a sum or a heading. */
const TELLING: Record<ImportKind, string[]> = {
  customers: ["customer_ref", "name", "contact_email"],
  invoices: ["invoice_number", "issued_on", "due_on"],
  payments: ["invoice_number", "paid_on", "reference"],
};

const SUM = /^(?:(?:grand |sub)?totals?\b|summe\b|gesamt|合计|总计|小计)/i;
const ONLY_SUM = /^(?:(?:grand |sub)?totals?:?|summe|合计|总计|小计)$/i;

/** Finds a preset's columns in a header. `preamble` are the records above it. */
export function bindPreset(preset: Preset, header: string[], preamble: string[][]): BoundPreset {
  const { kind } = preset;
  const finder = createFinder(header);
  const readers = new Map<string, Reader>();
  for (const [field, sources] of Object.entries(preset.fields)) {
    const found = [sources].flat().flatMap((source) => finder.readerOf(source) ?? []);
    if (found.length > 0) readers.set(field, firstFilled(found));
  }
  const rest = readRest(preset, finder);
  const holds = (preset.keep ?? []).map((condition) => conditionReader(condition, finder));
  const derive = derivation(preset, finder, preamble);
  const heading = createHeading(preset);
  const amounts = amountIndexes(preset, finder);
  return {
    preset,
    fields: new Set(readers.keys()),
    width: 1 + Math.max(...columnsOf(preset).flatMap(finder.indexesOf), 0),
    missing: REQUIRED[kind]
      .filter((field) => !readers.has(field) && !(preset.hasHeadings && field === "customer_ref"))
      .map((field) => namedColumn(preset.fields[field])),
    amountTexts: (cells) => amounts.flatMap((index) => cells[index]?.trim() || []),
    read(cells, decimal) {
      if (isBlank(cells)) return "blank";
      const derived = derive(cells);
      if (derived === null) return "other";
      const line = { cells, derived, decimal };
      const texts: Record<string, string> = {};
      for (const [field, read] of readers) texts[field] = read(line);
      if (!isRecord(texts, cells, preset)) {
        heading.note(cells);
        return "other";
      }
      if (!holds.every((holdsFor) => holdsFor(line))) return "other";
      heading.fill(texts);
      return { texts, ...rest(line) };
    },
  };
}

function isBlank(cells: string[]): boolean {
  return !cells.some((cell) => cell !== "" && cell.trim() !== "");
}

function isRecord(texts: Record<string, string>, cells: string[], { kind, lines }: Preset): boolean {
  const told = TELLING[kind].find((field) => texts[field]);
  if (kind === "customers") return told !== undefined;
  const isFilled = (cell: string) => cell.trim() !== "";
  const first = cells.findIndex(isFilled);
  if (!cells.some((cell, index) => index > first && isFilled(cell))) return false;
  const name = cells[first]!.trim();
  if (!SUM.test(name)) return told !== undefined || Boolean(lines && texts.amount);
  if (lines && texts.amount && !ONLY_SUM.test(name)) return true;
  return TELLING[kind].some((field) => texts[field] && texts[field] !== name);
}

function firstFilled(readers: Reader[]): Reader {
  if (readers.length === 1) return readers[0]!;
  return (line) => {
    for (const read of readers) {
      const text = read(line);
      if (text !== "") return text;
    }
    return "";
  };
}

function readRest({ balance, lines, status = [], kinds }: Preset, finder: Finder) {
  const reader = (column: Column | undefined) => (column && finder.readerOf(column)) || (() => "");
  const [readBalance, readTotal, readKind] = [reader(balance), reader(lines?.total), reader(kinds?.column)];
  const statuses = status.flatMap((column) => finder.readerOf(column) ?? []);
  return (line: Line): Omit<RawRow, "texts"> => ({
    balance: readBalance(line),
    total: readTotal(line),
    kindWord: readKind(line),
    statuses: statuses.map((read) => read(line)).filter((text) => text !== ""),
  });
}

/** A column that the file lacks is no reason to leave a line out. */
function conditionReader(condition: Condition, finder: Finder): (line: Line) => boolean {
  const read = finder.readerOf(condition.column);
  if (!read) return () => true;
  if ("isNot" in condition) return (line) => !condition.isNot.includes(plainName(read(line)));
  const { is } = condition;
  if (Array.isArray(is)) return (line) => is.includes(plainName(read(line)));
  return (line) => {
    const amount = readLocalAmount(read(line), line.decimal);
    if (amount === null || isZero(amount)) return false;
    return is === "not zero" || amount.startsWith("-") === (is === "below zero");
  };
}

function derivation({ derive }: Preset, finder: Finder, preamble: string[][]) {
  if (!derive) return () => ({});
  const readers = new Map<Column, Reader | undefined>();
  return (cells: string[]) => {
    const line: Line = { cells, derived: {}, decimal: "point" };
    return derive((column) => {
      if (!readers.has(column)) readers.set(column, finder.readerOf(column));
      return readers.get(column)?.(line) ?? "";
    }, preamble);
  };
}

function createHeading({ hasHeadings }: Preset) {
  let name = "";
  return {
    note(cells: string[]) {
      const filled = cells.filter((cell) => cell.trim() !== "");
      const [only] = filled;
      if (hasHeadings && filled.length === 1 && !SUM.test(only!.trim())) name = only!.trim();
    },
    fill(texts: Record<string, string>) {
      if (!hasHeadings) return;
      texts.customer_ref ||= name;
      texts.customer_name ||= name;
    },
  };
}

function amountIndexes(preset: Preset, finder: Finder): number[] {
  const { amount = [], paid_amount = [] } = preset.fields;
  const columns = [...[amount, paid_amount].flat().flatMap(columnsIn), preset.balance, preset.lines?.total];
  return columns.flatMap((column) => (column ? finder.indexesOf(column) : []));
}

function columnsOf(preset: Preset): Column[] {
  const { fields, balance, lines, status = [], keep = [], kinds } = preset;
  const single = [balance, lines?.total, kinds?.column].filter((column) => column !== undefined);
  return [
    ...Object.values(fields).flat().flatMap(columnsIn),
    ...single,
    ...status,
    ...keep.map(({ column }) => column),
  ];
}

function columnsIn(source: Source): Column[] {
  if (typeof source === "string") return [source];
  if ("join" in source) return source.join;
  if ("plus" in source) return source.plus;
  return [...source.times, source.percentOff, source.tax];
}

function namedColumn(sources: Source | Source[] | undefined): string {
  const columns = [sources ?? []].flat().flatMap(columnsIn);
  return columns.join("|").split("|").slice(0, 4).join(" or ");
}
