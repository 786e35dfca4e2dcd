const LONGEST_TEXT = 60;
const MOST_PIECES = 6;

/** What a person typed to find something, as it is compared: small letters, one space between words. */
export function searchText(text: string): string {
  const flat = text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  return [...flat].slice(0, LONGEST_TEXT).join("");
}

/**
 * Parts of words of which a name that is meant contains some, whatever single letter of each word is mistyped: one slip spoils one
 * part, or two where it lies between them, and a long word has three.
 */
export function searchPieces(text: string): string[] {
  const words = searchText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const pieces = words.sort((a, b) => b.length - a.length).flatMap(split);
  return [...new Set(pieces)].slice(0, MOST_PIECES);
}

function split(word: string): string[] {
  const letters = [...word];
  const parts = letters.length >= 6 ? 3 : letters.length >= 4 ? 2 : 1;
  return Array.from({ length: parts }, (_, i) => {
    const cut = (n: number) => Math.round((n * letters.length) / parts);
    return letters.slice(cut(i), cut(i + 1)).join("");
  });
}

/** How alike what was typed and a name are, 0 to 1: shared pairs of letters, of the words that fit best (Dice's coefficient). */
export function similarity(text: string, name: string): number {
  const typed = words(text);
  const named = words(name);
  if (typed.length === 0 || named.length === 0) return 0;
  const best = typed.map((word) => Math.max(...named.map((other) => alike(word, other))));
  return best.reduce((sum, one) => sum + one, 0) / typed.length;
}

function words(text: string): string[] {
  return searchText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The start of a word is nearly as good as the whole, and a part of it next: some languages set no spaces between words. */
function alike(typed: string, word: string): number {
  if (typed === word) return 1;
  if (word.startsWith(typed)) return 0.9;
  if (typed.length > 1 && word.includes(typed)) return 0.8;
  const [a, b] = [pairs(typed), pairs(word)];
  const shared = a.filter((pair) => {
    const at = b.indexOf(pair);
    if (at >= 0) b.splice(at, 1);
    return at >= 0;
  }).length;
  return (2 * shared) / (a.length + pairs(word).length);
}

/** With the edges of the word, so that short words have some. */
function pairs(word: string): string[] {
  const letters = [" ", ...word, " "];
  return letters.slice(1).map((letter, i) => letters[i]! + letter);
}
