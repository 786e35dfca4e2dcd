import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { startClock } from "./clock.ts";
import { connectSlack, openSlack } from "./compose.ts";
import { migrate } from "./db/migrate.ts";
import { AppError } from "./errors.ts";
import { createApp } from "./http/app.ts";
import { createClientAddress } from "./http/client-address.ts";
import type { Services } from "./services.ts";

const GRACE_MS = 10_000;

/**
 * Who sends slower than this is cut off: the head of a request within 15 s, all of it within two minutes, which is the largest document
 * over a poor line. An idle connection outlives the 60 s of usual proxies, so that none sends into one that is just being closed.
 */
const PATIENCE = {
  headersTimeout: 15_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 5_000,
};

export type RunningService = {
  /** Where it listens. */
  url: string;
  /** Takes nothing new, finishes what is under way, and resolves when all is quiet. */
  stop(): Promise<void>;
};

/**
 * The service on Node: applies migrations, listens on HOST and PORT, and ticks every 15 minutes (`hasClock: false` leaves that
 * out; `byMachineClock: false` says that a person gave the moment). The database stays open; it belongs to the caller. Throws AppError `unavailable` where it cannot listen.
 */
export async function startService(
  services: Services,
  { hasClock = true, byMachineClock = true } = {},
): Promise<RunningService> {
  await migrate(services.db, services.clock());
  const clientAddress = createClientAddress(services.settings.TRUSTED_PROXIES);
  const underWay = new Set<Promise<unknown>>();
  const waitUntil = (work: Promise<unknown>) => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };
  const app = createApp(services, {
    isWorker: false,
    openSlack: (made) => openSlack(made, waitUntil),
    startedAt: hasClock ? services.clock() : undefined,
    remoteAddress: (c) => clientAddress(getConnInfo(c).remote.address, c.req.header("X-Forwarded-For")),
    readAsset: (name) => readFile(new URL(`../assets/${name}`, import.meta.url)),
  });
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    serverOptions: PATIENCE,
  });
  const url = await listen(server, services.settings);
  const clock = hasClock ? startClock(services, { byMachineClock }) : null;
  const slack = await connectSlack(services);
  services.log("info", "listening", { url });
  return {
    url,
    async stop() {
      await Promise.all([clock?.stop(), slack?.stop(), close(server)]);
      await Promise.allSettled(underWay);
      services.log("info", "stopped");
    },
  };
}

/** Runs the service until the process is told to stop; a second signal does not wait. */
export async function serve(
  services: Services,
  options: { byMachineClock: boolean; onListening: (url: string) => void },
): Promise<void> {
  const { byMachineClock, onListening } = options;
  const service = await startService(services, { byMachineClock });
  onListening(service.url);
  await untilSignal();
  await service.stop();
}

/** From then on a signal does what it does by default: it ends the process. */
function untilSignal(): Promise<void> {
  const signals = ["SIGINT", "SIGTERM"];
  return new Promise((resolve) => {
    const stop = () => {
      for (const signal of signals) process.off(signal, stop);
      resolve();
    };
    for (const signal of signals) process.on(signal, stop);
  });
}

function listen(server: ServerType, { HOST, PORT }: Services["settings"]): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        new AppError(
          "unavailable",
          `cannot listen on ${HOST}:${PORT} (${error.code}); HOST and PORT say where`,
          {
            cause: error,
          },
        ),
      ),
    );
    server.listen(PORT, HOST, () => {
      const { address, port, family } = server.address() as AddressInfo;
      resolve(`http://${family === "IPv6" ? `[${address}]` : address}:${port}`);
    });
  });
}

/** Connections that do nothing are closed at once, the others when they have their answer, or after the grace. */
function close(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    if ("closeIdleConnections" in server) server.closeIdleConnections();
  });
}
