const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u;

/** How many columns of a terminal the text takes; Chinese and Japanese characters take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += WIDE.test(char) ? 2 : 1;
  return width;
}

/** The text in exactly so many columns: filled up with spaces, or cut with an ellipsis. */
export function pad(text: string, width: number, side: "left" | "right" = "left"): string {
  const cut = cutTo(text, width);
  const space = " ".repeat(width - widthOf(cut));
  return side === "left" ? cut + space : space + cut;
}

/** The text in lines of at most so many columns, broken between words. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let cut = "";
  for (const char of text) {
    if (widthOf(cut + char) > width - 1) break;
    cut += char;
  }
  return `${cut}…`;
}
