import type { Instant } from "./zone.ts";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const TIME_CHARS = 9;
const RANDOM_CHARS = 14;

const ID_CHARS = new RegExp(`^[${ALPHABET}]{${TIME_CHARS + RANDOM_CHARS}}$`);

export type IdPrefix =
  | "cus"
  | "con"
  | "inv"
  | "pay"
  | "hld"
  | "prm"
  | "dsp"
  | "pln"
  | "doc"
  | "ntc"
  | "rpl"
  | "rem"
  | "cal"
  | "alr"
  | "run"
  | "req"
  | "imp"
  | "key"
  | "whe"
  | "msg";

let lastAt = -1;
let lastRandom = "";

/** An id with its kind as prefix that sorts by time: 45 bits of milliseconds, then 70 random bits, Crockford's base 32. Ids of one
 * millisecond count on from each other, so that rows made together stay together in their index. */
export function newId(prefix: IdPrefix, at: Instant): string {
  lastRandom = at === lastAt ? increment(lastRandom) : randomChars();
  lastAt = at;
  return `${prefix}_${timeChars(at)}${lastRandom}`;
}

/** Whether a text has the form of an id of this kind. */
export function isIdOf(prefix: IdPrefix, text: string): boolean {
  const [kind, chars = "", ...more] = text.split("_");
  return kind === prefix && more.length === 0 && ID_CHARS.test(chars);
}

/** Whether the thing of one id was made after that of the other, of whatever kinds; those of one millisecond in their order here. */
export function isMadeAfter(id: string, other: string): boolean {
  return id.slice(id.indexOf("_")) > other.slice(other.indexOf("_"));
}

function timeChars(at: Instant): string {
  let rest = at;
  let chars = "";
  for (let i = 0; i < TIME_CHARS; i++) {
    chars = ALPHABET[rest % 32] + chars;
    rest = Math.floor(rest / 32);
  }
  return chars;
}

function randomChars(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_CHARS));
  return Array.from(bytes, (byte) => ALPHABET[byte % 32]).join("");
}

function increment(chars: string): string {
  let i = chars.length - 1;
  while (i >= 0 && chars[i] === "z") i--;
  if (i < 0) return randomChars();
  const next = ALPHABET[ALPHABET.indexOf(chars[i]!) + 1];
  return chars.slice(0, i) + next + "0".repeat(chars.length - 1 - i);
}
