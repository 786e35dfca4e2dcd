/** Whether more of it may wait, and how many failed. */
export type Worked = { isCut: boolean; failed: number };

/** How many may be loaded for a limit, so that what fails leaves room for what comes after it. */
export function enoughFor(limit: number): number {
  return 2 * limit;
}

/**
 * Does what is due one by one, until `limit` are done. One that fails is told to `onFailed` by the name of its error, comes again with the
 * next run, and takes nobody's place.
 */
export async function workThrough<Item>(
  items: Item[],
  {
    limit,
    work,
    onFailed,
  }: { limit: number; work(item: Item): Promise<void>; onFailed(item: Item, error: string): void },
): Promise<Worked> {
  let done = 0;
  let failed = 0;
  for (const item of items) {
    if (done === limit) break;
    try {
      await work(item);
      done++;
    } catch (error) {
      failed++;
      onFailed(item, error instanceof Error ? error.name : "unknown");
    }
  }
  return { isCut: done === limit, failed };
}
