import { AppError } from "../errors.ts";
import { BadCell, type Cells, readEmail, readLines, readText } from "./cells.ts";

export const LONGEST_NAME = 120;
export const LONGEST_TEXT = 2000;

/** One line that a person wrote; null for none. Throws `invalid` naming `what` where it is too long or no plain text. */
export function takeLine(what: string, text: string | undefined | null, longest: number): string | null {
  return take(what, text, (cells) => readText(cells, what, longest)) ?? null;
}

/** Like takeLine, for what may have several lines. */
export function takeLines(what: string, text: string | undefined | null, longest: number): string | null {
  return take(what, text, (cells) => readLines(cells, what, longest)) ?? null;
}

/** An e-mail address, in small letters. Throws `invalid` for anything else. */
export function takeEmail(text: string): string {
  const email = take("email", text, (cells) => readEmail(cells, "email"));
  if (email === undefined) throw new AppError("invalid", "email is empty; write one like name@example.com");
  return email.toLowerCase();
}

function take<T>(what: string, text: string | undefined | null, read: (cells: Cells) => T): T {
  try {
    return read({ row: { [what]: text ?? "" }, options: {}, canonical: {} });
  } catch (error) {
    if (!(error instanceof BadCell)) throw error;
    throw new AppError("invalid", `${what}: ${error.message}`);
  }
}
