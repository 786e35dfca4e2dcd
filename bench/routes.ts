import { median, perSecond, type Row, ratioOf } from "./table.ts";

export type Route = { what: string; path: string; init?: RequestInit };
type Ask = (path: string, init?: RequestInit) => Promise<Response>;

const REQUESTS = 80;
const AT_ONCE = 8;
const ROUNDS = 2;

/** Requests a second and their 99th percentile for each route, as a ratio to a route that does nothing on the same runtime. */
export async function compareRoutes(routes: Route[], ours: Ask, empty: Ask): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { what, path, init } of routes) {
    const measured = { ours: [] as Measured[], empty: [] as Measured[] };
    for (let round = 0; round <= ROUNDS; round++) {
      const [one, other] = [await measure(() => ours(path, init)), await measure(() => empty(path, init))];
      if (round === 0) continue;
      measured.ours.push(one);
      measured.empty.push(other);
    }
    const of = (key: keyof Measured, who: "ours" | "empty") => measured[who].map((one) => one[key]);
    const p99 = median(of("p99Ms", "ours"));
    const share = ratioOf(of("rate", "ours"), of("rate", "empty"));
    rows.push({
      what,
      measured: `${perSecond(median(of("rate", "ours")), 1)}, p99 ${p99.toFixed(0)} ms`,
      ratio: `${(share * 100).toFixed(0)} %`,
    });
  }
  return rows;
}

type Measured = { rate: number; p99Ms: number };

async function measure(ask: () => Promise<Response>): Promise<Measured> {
  const took: number[] = [];
  const began = performance.now();
  const visitor = async () => {
    for (let i = 0; i < REQUESTS / AT_ONCE; i++) {
      const asked = performance.now();
      await (await ask()).arrayBuffer();
      took.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, visitor));
  const seconds = (performance.now() - began) / 1000;
  took.sort((a, b) => a - b);
  return { rate: took.length / seconds, p99Ms: took[Math.floor(took.length * 0.99)]! };
}
