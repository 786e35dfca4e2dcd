import { App, type AppOptions, type Receiver } from "@slack/bolt";
import type { Settings } from "../config.ts";
import type { Clock, Log } from "../ports.ts";

export type SlackSettings = Pick<Settings, "SLACK_BOT_TOKEN" | "SLACK_API_URL" | "SLACK_FALLBACK_CHANNEL">;

/** What every call to Slack needs: the app knows no token of its own. `team`: the token's workspace, once it was asked for. */
export type Slack = { client: App["client"]; token: string; clock: Clock; log: Log; team?: string };

const REQUEST_TIMEOUT_MS = 10_000;

const noReceiver: Receiver = { init() {}, start: async () => undefined, stop: async () => undefined };

/** The Bolt app of both runtimes. It does no I/O until it is used, and repeats no request by itself: what failed is tried again by the tick. */
export function createSlackApp(
  settings: SlackSettings,
  { log, receiver = noReceiver }: { log: Log; receiver?: Receiver },
): App {
  return new App({
    receiver,
    // Not `token`: with it Bolt would call Slack while the app is made, which a Worker may not do there.
    authorize: async () => ({ botToken: settings.SLACK_BOT_TOKEN }),
    convoStore: false,
    logger: toSlackLogger(log),
    clientOptions: clientOptions(settings),
  });
}

export function clientOptions(settings: Pick<SlackSettings, "SLACK_API_URL">): AppOptions["clientOptions"] {
  return {
    slackApiUrl: settings.SLACK_API_URL,
    timeout: REQUEST_TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    // A Worker knows neither `redirect: "error"` nor a fetch that was taken off its global object.
    fetch: (url, init) => fetch(url, { ...init, redirect: "manual" }),
  };
}

type SlackLogger = AppOptions["logger"];

/** What Bolt says on its lower levels holds whole requests, so only trouble is passed on. */
export function toSlackLogger(log: Log): SlackLogger {
  const pass = (level: "warn" | "error") => (first: unknown) =>
    log(level, "slack_client", { detail: String(first) });
  return {
    debug() {},
    info() {},
    warn: pass("warn"),
    error: pass("error"),
    setLevel() {},
    getLevel: () => "warn" as ReturnType<NonNullable<SlackLogger>["getLevel"]>,
    setName() {},
  };
}
