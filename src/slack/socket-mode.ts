import { setTimeout as pause } from "node:timers/promises";
import { type Receiver, SocketModeReceiver } from "@slack/bolt";
import type { Settings } from "../config.ts";
import type { Log } from "../ports.ts";
import type { SocketWatch } from "../reminders/operation/watch-socket.ts";
import { clientOptions, toSlackLogger } from "./app.ts";
import { deferredBy } from "./failure.ts";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const HELLO_WITHIN_MS = 30_000;

type Client = SocketModeReceiver["client"];

/**
 * Takes Slack's requests through a connection of our own, for who cannot open a port. However it ends, it is opened again until we are
 * stopped: the library's own way gives up for good, or ends the process, where Slack cannot be reached.
 */
export function createSocketReceiver(
  settings: Pick<Settings, "SLACK_APP_TOKEN" | "SLACK_API_URL">,
  { log, watch }: { log: Log; watch: SocketWatch },
): Receiver {
  const receiver = new SocketModeReceiver({
    appToken: settings.SLACK_APP_TOKEN!,
    autoReconnectEnabled: false,
    // The library says again at every attempt what the watch says once an outage.
    logger: toSlackLogger((_, event, fields) => log("debug", event, fields)),
    processEventErrorHandler: async ({ error }) => {
      log("error", "slack_request_failed", { error });
      return false;
    },
    installerOptions: { clientOptions: clientOptions(settings) },
  });
  const stopping = new AbortController();
  let connection = Promise.resolve();
  return {
    init: (app) => receiver.init(app),
    start: async () => {
      connection = keepOpen(receiver.client, { signal: stopping.signal, watch });
    },
    stop: async () => {
      stopping.abort();
      await receiver.client.disconnect();
      await connection;
    },
  };
}

async function keepOpen(
  client: Client,
  { signal, watch }: { signal: AbortSignal; watch: SocketWatch },
): Promise<void> {
  let wait = FIRST_WAIT_MS;
  while (!signal.aborted) {
    try {
      await open(client);
      watch.heard();
      const settled = setTimeout(() => {
        wait = FIRST_WAIT_MS;
      }, LONGEST_WAIT_MS);
      await untilClosed(client, signal);
      clearTimeout(settled);
    } catch (error) {
      if (!signal.aborted) await watch.deaf(error === undefined ? "closed" : deferredBy(error).code);
    }
    await pause(wait, undefined, { signal }).catch(() => undefined);
    wait = Math.min(2 * wait, LONGEST_WAIT_MS);
  }
}

/** Resolves when Slack has said hello, for which the library would wait without end; rejects with nothing where the socket closed before. */
async function open(client: Client): Promise<void> {
  const patience = setTimeout(() => client.disconnect(), HELLO_WITHIN_MS);
  try {
    await client.start();
  } catch (error) {
    // A timer that the library left of an earlier socket may have ended this start, and not its socket.
    await client.disconnect();
    throw error;
  } finally {
    clearTimeout(patience);
  }
}

function untilClosed(client: Client, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    client.once("disconnected", () => resolve());
    if (signal.aborted) void client.disconnect();
  });
}
