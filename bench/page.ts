import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { compose } from "../src/compose.ts";
import { createApp } from "../src/http/app.ts";
import { LINK_LASTS_MS, signLink } from "../src/reminders/links/link.ts";
import { linkSecret } from "../src/reminders/links/link-secret.ts";
import type { Services } from "../src/services.ts";
import { AT, fillStore } from "./filled-store.ts";
import { median, perSecond, type Row, ratioOf, type Section, time } from "./table.ts";

const SIZES = [10_000, 1_000_000];
const VISITORS = 200;
const ROUNDS = 5;

type Site = { size: number; services: Services; open: (path: string) => Promise<Response>; paths: string[] };

/** A debtor's page opened by many, among few and many invoices stored, beside a route that does nothing. */
export async function page(): Promise<Section[]> {
  const folder = await mkdtemp(join(tmpdir(), "dunwell-bench-"));
  const sites: Site[] = [];
  try {
    for (const size of SIZES) sites.push(await siteOf(`file:${join(folder, `${size}.db`)}`, size));
    const empty = new Hono().get("/p/:token", (c) => c.text("ok"));
    const nothing: number[] = [];
    const opened = new Map<Site, number[]>(sites.map((site) => [site, []]));
    for (let round = 0; round <= ROUNDS; round++) {
      const isWarm = round > 0;
      const idle = await time(() => visit(async (path) => empty.request(path), sites[0]!.paths));
      if (isWarm) nothing.push(idle.seconds);
      for (const site of sites) {
        const { seconds } = await time(() => visit(site.open, site.paths));
        if (isWarm) opened.get(site)!.push(seconds);
      }
    }
    const rows = sites.map((site) => rowOf(site, opened.get(site)!, nothing));
    rows.unshift({ what: "a Hono route that does nothing", measured: perSecond(VISITORS, median(nothing)) });
    return [
      {
        title: "page: GET /p/:token, one after the other, on one processor",
        rows: [...rows, await weightOf(sites[0]!)],
      },
    ];
  } finally {
    for (const { services } of sites) services.db.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function siteOf(url: string, size: number): Promise<Site> {
  await fillStore(url, { invoices: size, due: size / 100 });
  const services = await compose(
    { DATABASE_URL: url, LINK_SECRET: "a secret of the bench" },
    { clock: () => AT },
  );
  const app = createApp(services, { isWorker: false, remoteAddress: () => null });
  const { rows } = await services.db.client.execute({
    sql: "SELECT customer_id FROM invoices WHERE balance_minor > 0 ORDER BY customer_id LIMIT ?",
    args: [VISITORS],
  });
  const secret = await linkSecret(services);
  const paths = rows.map(({ customer_id }) => {
    const link = { customerId: String(customer_id), reminderId: "rem_0bench", expiresAt: AT + LINK_LASTS_MS };
    return `/p/${signLink(secret, link)}`;
  });
  return { size, services, open: async (path) => app.request(path), paths };
}

async function visit(open: Site["open"], paths: string[]): Promise<void> {
  for (const path of paths) {
    const response = await open(path);
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
    await response.text();
  }
}

function rowOf({ size }: Site, seconds: number[], nothing: number[]): Row {
  const ratio = `${ratioOf(seconds, nothing).toFixed(1)} ×`;
  const what = `the page, ${size.toLocaleString("en")} invoices stored`;
  return {
    what,
    measured: `${((median(seconds) / VISITORS) * 1000).toFixed(2)} ms, ${perSecond(VISITORS, median(seconds))}`,
    ratio,
  };
}

async function weightOf({ open, paths }: Site): Promise<Row> {
  const body = await (await open(paths[0]!)).arrayBuffer();
  return {
    what: "its weight, nothing else is loaded",
    measured: `${(body.byteLength / 1024).toFixed(1)} KiB`,
    aim: "under 30 KiB",
  };
}
