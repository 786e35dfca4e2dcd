/** Throws with what was promised unless it is so. */
export function promise(isKept: boolean, what: string, about: unknown): void {
  if (!isKept) throw new Error(`${what}: ${JSON.stringify(about)}`);
}
