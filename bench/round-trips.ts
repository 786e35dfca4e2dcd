import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compose } from "../src/compose.ts";
import type { Chat } from "../src/ports.ts";
import { sendDigests } from "../src/reminders/alerts/send-digests.ts";
import { tick } from "../src/reminders/sending/tick.ts";
import { startHranaServer } from "../test/support/hrana-server.ts";
import { AT, fillStore } from "./filled-store.ts";
import type { Section } from "./table.ts";

const FAR_MS = 30;

/** What a tick asks of a remote database, where a round trip costs more than the query. */
export async function roundTrips(): Promise<Section[]> {
  return [
    ...(await measure({ reminders: 100, latencyMs: 0 })),
    ...(await measure({ reminders: 1000, latencyMs: FAR_MS })),
  ];
}

async function measure({
  reminders,
  latencyMs,
}: {
  reminders: number;
  latencyMs: number;
}): Promise<Section[]> {
  const folder = await mkdtemp(join(tmpdir(), "dunwell-bench-"));
  const file = join(folder, "store.db");
  await fillStore(`file:${file}`, { invoices: 50 * reminders, due: reminders });
  const server = await startHranaServer({ file, latencyMs });
  try {
    const settings = { DATABASE_URL: server.url, LINK_SECRET: "a secret of the bench" };
    const services = await compose(settings, { clock: () => AT, logLevel: "error" });
    const counted = async (chat: Chat) => {
      server.roundTrips = 0;
      const { sent, seconds } = await timed(() => tick({ ...services, chat }));
      return { sent, seconds, trips: server.roundTrips };
    };
    const down: Chat = {
      name: "slack",
      post: async () => ({ kind: "deferred", code: "down", retryAfterMs: null }),
    };
    // Whoever reads a digest is entered once.
    await sendDigests(services);
    const full = await counted(services.chat);
    // What is left to tell people is put off once; then there is nothing to do.
    await counted(down);
    const idle = await counted(down);
    services.db.close();
    return [
      {
        title: `round trips to a remote database (Hrana over HTTP), ${latencyMs} ms away`,
        rows: [
          {
            what: `a tick with ${full.sent} reminders`,
            measured: `${full.trips} in ${full.seconds.toFixed(1)} s`,
          },
          { what: "a tick with none", measured: String(idle.trips) },
        ],
      },
    ];
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed<T extends object>(work: () => Promise<T>): Promise<T & { seconds: number }> {
  const began = performance.now();
  const done = await work();
  return { ...done, seconds: (performance.now() - began) / 1000 };
}
