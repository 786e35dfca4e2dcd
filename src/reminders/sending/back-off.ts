const FIRST_MS = 500;
const LONGEST_MS = 5_000;

/**
 * How long to wait before the next try, after so many that brought nothing: exponential, with full jitter, so that processes
 * that were refused together do not come back together. `random` is from 0 up to 1.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backOffMs(tries: number, random: number): number {
  return random * Math.min(FIRST_MS * 2 ** tries, LONGEST_MS);
}
