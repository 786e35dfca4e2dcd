import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compose } from "../src/compose.ts";
import type { OutgoingMail } from "../src/ports.ts";
import { drainQueues, PAID } from "../test/support/queue-stand-in.ts";
import { AT, fillStore } from "./filled-store.ts";
import type { Section } from "./table.ts";

const DELIVERIES = 3;

/** Whether the Worker gets through what is due within what the platform allows an invocation, each reminder once. */
export async function fanOut({ isLarge }: { isLarge: boolean }): Promise<Section[]> {
  const size = isLarge ? { invoices: 1_000_000, due: 50_000 } : { invoices: 100_000, due: 5_000 };
  const folder = await mkdtemp(join(tmpdir(), "dunwell-bench-"));
  const url = `file:${join(folder, "store.db")}`;
  try {
    await fillStore(url, size);
    const settings = { DATABASE_URL: url, LINK_SECRET: "a secret of the bench" };
    const composed = await compose(settings, { clock: () => AT, logLevel: "error" });
    const mailed = new Map<string, number>();
    const send = async ({ to }: OutgoingMail) => {
      mailed.set(to[0]!, (mailed.get(to[0]!) ?? 0) + 1);
      return { kind: "accepted" as const, providerId: "p", messageId: "<p@mail.example>" };
    };
    const services = { ...composed, mailer: { name: "outbox" as const, concurrency: 14, send } };
    const began = performance.now();
    const drained = await drainQueues(services, { deliveries: DELIVERIES });
    const seconds = (performance.now() - began) / 1000;
    services.db.close();
    const twice = [...mailed.values()].filter((times) => times > 1).length;
    const rows = [
      { what: "customers mailed, of those due", measured: `${mailed.size} of ${size.due}` },
      { what: "mailed more than once", measured: String(twice) },
      {
        what: "invocations; the rest of the messages found nothing due",
        measured: String(drained.invocations),
      },
      {
        what: `requests of the one that made most, of ${PAID.subrequests}`,
        measured: String(drained.mostSubrequests),
      },
      { what: "messages that failed for good", measured: String(drained.dead.length) },
      { what: "seconds, all in one process", measured: seconds.toFixed(0) },
    ];
    const title = `fan-out of ${size.due} due of ${size.invoices} stored, each message delivered ${DELIVERIES} times`;
    return [{ title, rows }];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
