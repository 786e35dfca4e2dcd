import { addDecimals, priceOf } from "./decimals.ts";
import { type Decimal, readLocalAmount } from "./local-text.ts";
import { type Column, namesOf, plainName, type Source } from "./preset.ts";

/** A line of the file, with what was derived from it, and how its amounts are written. */
export type Line = { cells: string[]; derived: Record<string, string>; decimal: Decimal };
export type Reader = (line: Line) => string;

export type Finder = {
  /** Where the column stands, in order of preference; empty when the file has none of its names. */
  indexesOf(column: Column): number[];
  /** Undefined when the file has no such column. */
  readerOf(source: Source): Reader | undefined;
};

/** Finds columns in a header by any of their names; of two columns of one name the first counts. */
export function createFinder(header: string[]): Finder {
  const places = new Map<string, number>();
  for (const [index, name] of header.map(plainName).entries()) {
    if (name !== "" && !places.has(name)) places.set(name, index);
  }
  const indexesOf = (column: Column) => namesOf(column).flatMap((name) => places.get(name) ?? []);

  function columnReader(column: Column): Reader | undefined {
    if (column.startsWith("@")) return ({ derived }) => derived[column] ?? "";
    const indexes = indexesOf(column);
    if (indexes.length === 0) return undefined;
    if (indexes.length === 1) return ({ cells }) => plainCell(cells[indexes[0]!] ?? "");
    return ({ cells }) => {
      for (const index of indexes) {
        const text = plainCell(cells[index] ?? "");
        if (text !== "") return text;
      }
      return "";
    };
  }

  function readerOf(source: Source): Reader | undefined {
    if (typeof source === "string") return columnReader(source);
    if ("join" in source) {
      const readers = source.join.flatMap((column) => columnReader(column) ?? []);
      if (readers.length === 0) return undefined;
      return (line) =>
        readers
          .map((read) => read(line))
          .filter(Boolean)
          .join(source.with);
    }
    if ("plus" in source) return sumReader(source.plus.map(columnReader));
    const [quantity, price] = source.times.map(columnReader);
    if (!quantity || !price) return undefined;
    return productReader([quantity, price, columnReader(source.percentOff), columnReader(source.tax)]);
  }
  return { indexesOf, readerOf };
}

/** Spreadsheets keep leading zeros as `="0012"`. */
function plainCell(cell: string): string {
  const text = cell.trim();
  return text.startsWith('="') && text.endsWith('"') ? text.slice(2, -1).trim() : text;
}

// A text that is no amount comes through as it is, to be refused with its own words.
function sumReader([first, ...others]: (Reader | undefined)[]): Reader | undefined {
  if (!first) return undefined;
  return (line) => {
    const texts = [first, ...others].map((read) => read?.(line) ?? "");
    if (texts[0] === "") return "";
    const decimals = texts.map((text) => (text === "" ? "0" : readLocalAmount(text, line.decimal)));
    const bad = decimals.indexOf(null);
    return bad < 0 ? localised(addDecimals(decimals as string[]), line.decimal) : texts[bad]!;
  };
}

function productReader([quantity, price, percentOff, plus]: (Reader | undefined)[]): Reader {
  return (line) => {
    const texts = [
      quantity!(line),
      price!(line),
      percentOff?.(line).replace("%", "") || "0",
      plus?.(line) || "0",
    ];
    if (texts[0] === "" || texts[1] === "") return "";
    const decimals = texts.map((text) => readLocalAmount(text, line.decimal));
    const bad = decimals.indexOf(null);
    if (bad >= 0) return texts[bad]!;
    const [q, p, off, more] = decimals as [string, string, string, string];
    return localised(addDecimals([priceOf(q, p, off), more]), line.decimal);
  };
}

/** Written as the file writes its amounts, as what is read from a cell is. */
function localised(decimal: string, sign: Decimal): string {
  return sign === "comma" ? decimal.replace(".", ",") : decimal;
}
