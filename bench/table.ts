export type Row = { what: string; measured: string; ratio?: string; aim?: string };
export type Section = { title: string; rows: Row[]; note?: string };

export function printSection({ title, rows, note }: Section): void {
  console.log(`\n${title}`);
  for (const { what, measured, ratio = "", aim = "" } of rows) {
    const line = `  ${what.padEnd(46)}${measured.padStart(26)}${ratio.padStart(11)}   ${aim}`;
    console.log(line.trimEnd());
  }
  if (note) console.log(`  ${note}`);
}

export function perSecond(count: number, seconds: number): string {
  return `${Math.round(count / seconds).toLocaleString("en")} a second`;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The middle of the ratios of runs that followed one another, so that a busy moment weighs on both sides. */
export function ratioOf(some: number[], others: number[]): number {
  return median(some.map((value, i) => value / others[i]!));
}

export type Spent = { seconds: number; cpuSeconds: number };

/** What some work takes: time on the clock, and of this process's processors. */
export async function time(work: () => Promise<unknown> | unknown): Promise<Spent> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpuSeconds: (user + system) / 1e6 };
}
