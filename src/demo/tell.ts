import { styleText } from "node:util";
import type { CivilDay } from "../domain/civil-date.ts";
import { plainText } from "../slack/plain-text.ts";
import type { Beat, Row, Told } from "./beat.ts";
import { pad, wrap } from "./columns.ts";
import { shortDay } from "./short-day.ts";

const WIDTH = 80;
const COLUMNS = { day: 10, key: 18, customer: 20, invoice: 9, amount: 17 };
const INDENT = " ".repeat(COLUMNS.day + 3);
const MARKS = { sent: "→", waits: "·", news: "←", told: "#" };
const STYLES = { sent: "green", waits: "yellow", news: "cyan", told: "magenta" } as const;

type Style = (typeof STYLES)[Beat["kind"]] | "dim" | "bold";

/** Tells days in lines of at most 80 columns; remembers which messages were read in full already. */
export function createTeller(): { day(beats: Beat[]): string[] } {
  const known = new Set<string>();
  return {
    day(beats) {
      let last: CivilDay | null = null;
      const lines: string[] = [];
      for (const beat of beats) {
        const date = beat.day === last && beat.kind !== "sent" ? "" : shortDay(beat.day, "in a column");
        const told = beat.kind === "told" ? toldLines(beat, date, known) : rowLines(beat, date);
        if (told.length > 0) last = beat.day;
        lines.push(...told);
      }
      return lines.length > 0 ? [...lines, ""] : [];
    },
  };
}

/** What the signs in front of the lines mean. */
export function legend(): string {
  const meanings = {
    sent: "a mail leaves",
    waits: "none does, and why",
    news: "something comes in",
    told: "Slack",
  };
  const kinds = Object.keys(meanings) as Beat["kind"][];
  return kinds.map((kind) => `${colour(STYLES[kind], MARKS[kind])} ${meanings[kind]}`).join("    ");
}

export function heading(text: string): string {
  return colour("bold", text);
}

export function paragraph(text: string): string[] {
  return wrap(text, WIDTH);
}

/** Cells in columns as wide as the widest of each; the last column is flush right. */
export function table(header: string[], rows: string[][], widths: number[]): string[] {
  const line = (cells: string[]) =>
    cells.map((cell, i) => pad(cell, widths[i]!, i === cells.length - 1 ? "right" : "left")).join(" ");
  return [colour("dim", line(header)), ...rows.map((row) => line(row).trimEnd())];
}

function rowLines({ kind, customer, items, notes }: Row, date: string): string[] {
  const lines = items.map(({ key, invoice, amount }, i) => {
    const [day, mark, name] = i === 0 ? [date, MARKS[kind], customer] : ["", "", ""];
    const cells = [
      ...start(kind, { day, mark, key }),
      pad(name, COLUMNS.customer),
      pad(invoice, COLUMNS.invoice),
      pad(amount, COLUMNS.amount, "right"),
    ];
    return cells.join(" ").trimEnd();
  });
  return [...lines, ...notes.flatMap(indented)];
}

/** A digest: its first line ends with the day. */
const DIGEST = / · \d{1,2} \w+ \d{4}$/;

/** In full the first time that something of the sort is said, then its first line; digests and what asks for nothing are said once. */
function toldLines({ to, text }: Told, date: string, known: Set<string>): string[] {
  const [title = "", ...rest] = text.split("\n").map(plainText);
  const asks = rest.filter((line) => !line.startsWith("• "));
  const sort = DIGEST.test(title) ? `digest ${to}` : (asks[0] ?? "");
  const isKnown = known.has(sort);
  known.add(sort);
  if (isKnown && (sort === "" || DIGEST.test(title))) return [];
  const head = start("told", { day: date, mark: MARKS.told, key: `Slack → ${to.split("@")[0]}` }).join(" ");
  const [first = "", ...more] = wrap(title, WIDTH - INDENT.length - COLUMNS.key - 1);
  const continued = more.map((line) => `${INDENT}${" ".repeat(COLUMNS.key + 1)}${line}`);
  return [`${head} ${first}`, ...continued, ...(isKnown ? [] : rest.flatMap(indented))];
}

function start(kind: Beat["kind"], { day, mark, key }: { day: string; mark: string; key: string }): string[] {
  const style = STYLES[kind];
  return [pad(day, COLUMNS.day), colour(style, pad(mark, 1)), colour(style, pad(key, COLUMNS.key))];
}

function indented(text: string): string[] {
  return wrap(text, WIDTH - INDENT.length).map((line) => colour("dim", INDENT + line));
}

/** Only decorates, and only where a terminal reads it that has not been told to leave colours out (`NO_COLOR`). */
function colour(style: Style, text: string): string {
  return text.trim() === "" ? text : styleText(style, text);
}
