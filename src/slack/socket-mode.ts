import { type Receiver, SocketModeReceiver } from "@slack/bolt";
import type { Settings } from "../config.ts";
import type { Log } from "../ports.ts";
import { clientOptions, toSlackLogger } from "./app.ts";

/** Takes Slack's requests through a connection of our own, for who cannot open a port. */
export function createSocketReceiver(
  settings: Pick<Settings, "SLACK_APP_TOKEN" | "SLACK_API_URL">,
  { log }: { log: Log },
): Receiver {
  return new SocketModeReceiver({
    appToken: settings.SLACK_APP_TOKEN!,
    logger: toSlackLogger(log),
    installerOptions: { clientOptions: clientOptions(settings) },
  });
}
