import type { ImportKind } from "./columns.ts";

/** A column of the product's file; `a|b` names it as older, newer or other editions do, the first that holds anything counts. */
export type Column = string;

/** Where a canonical column comes from: a column, several joined or added up, or quantity times price. */
export type Source =
  | Column
  | { join: Column[]; with: string }
  | { plus: Column[] }
  | { times: [quantity: Column, price: Column]; percentOff: Column; tax: Column };

/** A row is of this file's kind only if the column says one of these words (or none of those); `""` is an empty cell. */
export type Condition =
  | { column: Column; is: string[] }
  | { column: Column; isNot: string[] }
  | { column: Column; is: "above zero" | "below zero" | "not zero" };

/** Text for columns that the file does not have itself; their names begin with `@`. Null leaves the row out. */
export type Derive = (
  cell: (column: Column) => string,
  preamble: string[][],
) => Record<string, string> | null;

/** How one kind of file of one product is read. Capitals, spaces, a leading `*` and punctuation in its column names do not matter. */
export type Preset = {
  name: string;
  product: string;
  kind: ImportKind;
  /** All of these columns are there, in any order; with them the file is recognised. */
  marks: Column[];
  /** None of these columns is there. */
  absent?: Column[];
  /** For each canonical column its sources, in order of preference: the first that holds anything counts. */
  fields: Record<string, Source | Source[]>;
  /** Canonical columns that are the same in all rows, where nothing else says them. */
  values?: Record<string, string>;
  /** What is still to be paid; paid is the amount less this. */
  balance?: Column;
  /** Columns whose words say what the invoice is; the word that says most counts. */
  status?: Column[];
  /** The column and the words that tell payments, credit notes and refunds apart. */
  kinds?: { column: Column; words: Record<string, string> };
  keep?: Condition[];
  /** Amounts are of lines, to be added up over an invoice; `total` says the whole, where it holds anything. */
  lines?: { total?: Column };
  /** The product always writes dates in this order. */
  order?: "dmy" | "mdy";
  /** How amounts are written where the file itself does not show it; a decimal point without. */
  decimal?: "comma";
  /** A line with nothing but a name is the customer of the lines below. */
  hasHeadings?: boolean;
  derive?: Derive;
  /** Only by name: another product writes the same columns. */
  isNamedOnly?: boolean;
  /** Said on stderr when the preset is used. */
  note?: string;
};

/** A column's name as it is compared: letters, digits and `#` only, in small letters. */
export function plainName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#@]/gu, "");
}

/** The names of a column, plain. */
export function namesOf(column: Column): string[] {
  return column.split("|").map(plainName);
}
