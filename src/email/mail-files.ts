import PostalMime from "postal-mime";

/** A mail above this is kept as it is, and not taken apart: that would take a second. */
const LARGEST_BYTES = 5 * 1024 * 1024;
/** The parser takes a second for a line of a megabyte. */
const LONGEST_LINE = 10_000;
const MOST_FILES = 10;
const PARSING = { maxNestingDepth: 50, maxHeadersSize: 128 * 1024 } as const;

/** The files that somebody attached to a mail, pictures of its HTML left out; none where it cannot be taken apart. */
export async function filesIn(raw: Uint8Array): Promise<{ name: string; content: Uint8Array }[]> {
  if (raw.length > LARGEST_BYTES || longestLine(raw) > LONGEST_LINE) return [];
  // Most answers bring none, and taking a mail apart is a good part of what it costs.
  if (!/attachment/i.test(new TextDecoder("latin1").decode(raw))) return [];
  try {
    const { attachments } = await PostalMime.parse(raw, PARSING);
    return attachments
      .filter(({ disposition, related }) => disposition === "attachment" && !related)
      .slice(0, MOST_FILES)
      .map(({ filename, content }) => ({
        name: filename ?? "attachment",
        content: typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content),
      }));
  } catch {
    return [];
  }
}

function longestLine(raw: Uint8Array): number {
  let longest = 0;
  let start = 0;
  while (start < raw.length) {
    const newline = raw.indexOf(10, start);
    const end = newline < 0 ? raw.length : newline;
    longest = Math.max(longest, end - start);
    start = end + 1;
  }
  return longest;
}
