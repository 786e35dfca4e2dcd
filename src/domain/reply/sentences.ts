const LONGEST_SENTENCE = 400;
const MOST_SENTENCES = 80;
const LOOKED_AT = 12_000;
// A full stop ends a sentence before a blank, but not after an abbreviation or a day ("am 27. November", "Nr. 5").
const NO_END =
  /(?:^|[\s(])(?:\d{1,2}|nr|no|inv|dr|mr|mrs|ms|hr|fr|z\.b|bzw|ca|etc|e\.g|i\.e|p\.ex|ref|art|st|str|inc|ltd|co|corp|sr|sra|srta|uds?|vds?|núm|num|pág|mme|mlle|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|okt|nov|dec|dez|déc|janv|févr|avr|juil|dic|ene|abr|ago|\p{Lu}|exp|approx|tel|usw|inkl|zzgl|evtl|ggf|bsp|d\.h|u\.a)\.$/iu;

/** The sentences of a text, line breaks inside a paragraph undone; at most 80, none longer than 400 characters. */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  for (const paragraph of paragraphsOf(text.slice(0, LOOKED_AT))) {
    for (const sentence of sentencesOf(paragraph)) {
      if (sentences.length >= MOST_SENTENCES) return sentences;
      sentences.push(sentence.slice(0, LONGEST_SENTENCE));
    }
  }
  return sentences;
}

/** Lines that were wrapped belong together: one that goes on in small letters, or after a line that is full. */
function paragraphsOf(text: string): string[] {
  const paragraphs: string[] = [];
  let previous = "";
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    if (line && previous && goesOn(previous, line)) paragraphs.push(`${paragraphs.pop()} ${line}`);
    else if (line) paragraphs.push(line);
    previous = line;
  }
  return paragraphs;
}

function goesOn(previous: string, line: string): boolean {
  if (/[.!?。！？:：,，]$/u.test(previous)) return /,$/.test(previous) && previous.length > 40;
  if (/^[-*•·\d]/u.test(line) && !/^\d{1,2}\.?\s\p{L}/u.test(line)) return false;
  return /^\p{Ll}/u.test(line) || previous.length > 55;
}

function sentencesOf(paragraph: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  const end = /[。！？]+|[.!?]+["'”’)]?(?=\s|$)|[;；](?=\s|\p{L})/gu;
  for (let match = end.exec(paragraph); match; match = end.exec(paragraph)) {
    const until = match.index + match[0].length;
    const said = paragraph.slice(start, until);
    if (match[0] === "." && until < paragraph.length && NO_END.test(said.slice(-12))) continue;
    if (/\d{1,2}\.\d{1,2}\.$/.test(said.slice(-7)) && /^\s\p{Ll}/u.test(paragraph.slice(until, until + 2)))
      continue;
    sentences.push(said.trim());
    start = until;
  }
  sentences.push(paragraph.slice(start).trim());
  return sentences.filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}
