import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compose } from "../src/compose.ts";
import type { Chat } from "../src/ports.ts";
import { tick } from "../src/reminders/tick.ts";
import { startHranaServer } from "../test/support/hrana-server.ts";
import { AT, fillStore } from "./filled-store.ts";
import type { Section } from "./table.ts";

const REMINDERS = 100;

/** What a tick asks of a remote database, where a round trip costs more than the query. */
export async function roundTrips(): Promise<Section[]> {
  const folder = await mkdtemp(join(tmpdir(), "dunwell-bench-"));
  const file = join(folder, "store.db");
  await fillStore(`file:${file}`, { invoices: 50 * REMINDERS, due: REMINDERS });
  const server = await startHranaServer({ file });
  try {
    const settings = { DATABASE_URL: server.url, LINK_SECRET: "a secret of the bench" };
    const services = await compose(settings, { clock: () => AT, logLevel: "error" });
    const counted = async (chat: Chat) => {
      server.roundTrips = 0;
      const { sent } = await tick({ ...services, chat });
      return { sent, trips: server.roundTrips };
    };
    const down: Chat = {
      name: "slack",
      post: async () => ({ kind: "deferred", code: "down", retryAfterMs: null }),
    };
    const full = await counted(services.chat);
    // What is left to tell people is put off once; then there is nothing to do.
    await counted(down);
    const idle = await counted(down);
    services.db.close();
    return [
      {
        title: "round trips to a remote database (Hrana over HTTP)",
        rows: [
          { what: `a tick with ${full.sent} reminders`, measured: String(full.trips) },
          { what: "a tick with none", measured: String(idle.trips) },
        ],
      },
    ];
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
