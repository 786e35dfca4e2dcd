import type { Settings } from "../../config.ts";
import { type Check, fail, nameOf, ok, warn } from "./check.ts";

export type SlackAccount = { team: string | null; scopes: string[] | null };
export type SlackChannel = { isMember: boolean; isShared: boolean };

/** What the doctor asks of Slack; each throws where it is not well. */
export type SlackProbes = {
  slackAccount(): Promise<SlackAccount>;
  slackChannel(id: string): Promise<SlackChannel>;
};

/** What `slack-manifest.json` asks for. */
const SCOPES = [
  "chat:write",
  "commands",
  "files:write",
  "users:read",
  "users:read.email",
  "im:write",
  "im:history",
  "channels:read",
  "channels:history",
  "groups:read",
  "groups:history",
];

/** Whether people can be told and can answer. `channels`: those into which alerts are routed, beside the fallback channel. */
export async function* checkSlack(
  settings: Settings,
  probes: SlackProbes,
  channels: string[],
): AsyncGenerator<Check> {
  const { SLACK_BOT_TOKEN: token, SLACK_FALLBACK_CHANNEL: fallback } = settings;
  if (!token) {
    return yield warn("slack", "not set up: what owners are told goes to the log", "set SLACK_BOT_TOKEN");
  }
  const account = await checkAccount(probes);
  yield account;
  yield checkAnswers(settings);
  if (!fallback) {
    const detail = "an alert whose owner is not found in Slack has nowhere to go";
    yield warn("fallback", detail, "set SLACK_FALLBACK_CHANNEL");
  }
  if (account.result === "fail") return;
  for (const channel of new Set([...(fallback ? [fallback] : []), ...channels])) {
    yield await checkChannel(probes, channel);
  }
}

async function checkAccount(probes: SlackProbes): Promise<Check> {
  try {
    const { team, scopes } = await probes.slackAccount();
    const missing = SCOPES.filter((scope) => scopes && !scopes.includes(scope));
    if (missing.length > 0) {
      const remedy = "take slack-manifest.json as the app's manifest and install the app again";
      return fail("slack", `the token lacks ${missing.join(", ")}`, remedy);
    }
    if (scopes) return ok("slack", `the token is good${team ? ` for ${team}` : ""}`);
    return warn("slack", "the token is good; Slack did not say for what", `it needs ${SCOPES.join(", ")}`);
  } catch (error) {
    const detail = `Slack refuses the token or does not answer (${nameOf(error)})`;
    return fail("slack", detail, "check SLACK_BOT_TOKEN");
  }
}

function checkAnswers({ SLACK_SIGNING_SECRET: secret, SLACK_APP_TOKEN: appToken }: Settings): Check {
  if (appToken) return ok("slack answers", "they come through a socket");
  if (secret) return ok("slack answers", "they come to /webhooks/slack, and their signature is checked");
  const remedy = "set SLACK_SIGNING_SECRET, or SLACK_APP_TOKEN for Socket Mode";
  return warn("slack answers", "none come: buttons do nothing", remedy);
}

async function checkChannel(probes: SlackProbes, channel: string): Promise<Check> {
  try {
    const { isMember, isShared } = await probes.slackChannel(channel);
    if (isShared) {
      const detail = `${channel} is shared with another company: nothing is posted there`;
      return fail("slack channel", detail, "name a channel of your own");
    }
    if (!isMember) return fail("slack channel", `the app is not in ${channel}`, "/invite it there");
    return ok("slack channel", `the app is in ${channel}`);
  } catch (error) {
    return fail(
      "slack channel",
      `${channel} cannot be looked at (${nameOf(error)})`,
      "/invite the app there",
    );
  }
}
