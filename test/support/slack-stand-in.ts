import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

export type SlackPost = { channel: string; text: string; blocks: Record<string, unknown>[]; ts: string };
type User = { id: string; deleted?: boolean; is_stranger?: boolean };
type Failure = { error?: string; retryAfter?: number; status?: number };

export type SlackStandIn = {
  url: string;
  token: string;
  posts: SlackPost[];
  /** Methods called, in order. */
  calls: string[];
  /** Colleagues by e-mail address. */
  users: Map<string, User>;
  sharedChannels: Set<string>;
  /** What the token may do. */
  scopes: string[];
  /** The next `times` calls of a method fail: with an error of Slack's, a rate limit, or an HTTP status. */
  fail(method: string, failure: Failure, times?: number): void;
  close(): Promise<void>;
};

type Answer = Record<string, unknown> & { ok: boolean };

/** A stand-in for Slack's Web API that checks token and Block Kit limits and keeps what is posted. */
export async function startSlackStandIn({ port = 0, token = "xoxb-stand-in" } = {}): Promise<SlackStandIn> {
  const failures: (Failure & { method: string; times: number })[] = [];

  const server = createServer(async (request, response) => {
    const method = (request.url ?? "").replace(/^\/(api\/)?/, "");
    const answer = (status: number, body: unknown, headers = {}) =>
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(JSON.stringify(body));
    if (request.method === "GET" && method === "posts") return answer(200, slack.posts);
    const form = new URLSearchParams(await readBody(request));
    slack.calls.push(method);
    if (request.headers.authorization !== `Bearer ${token}`)
      return answer(200, { ok: false, error: "invalid_auth" });
    const failure = failures.find((one) => one.method === method && one.times > 0);
    if (failure) {
      failure.times -= 1;
      if (failure.status) return answer(failure.status, { ok: false });
      if (failure.error) return answer(200, { ok: false, error: failure.error });
      return answer(
        429,
        { ok: false, error: "ratelimited" },
        { "retry-after": String(failure.retryAfter ?? 1) },
      );
    }
    return answer(200, respond(slack, method, form), { "x-oauth-scopes": slack.scopes.join(",") });
  });

  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const slack: SlackStandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    token,
    posts: [],
    calls: [],
    users: new Map(),
    sharedChannels: new Set(),
    scopes: ["chat:write", "users:read", "users:read.email", "channels:read"],
    fail: (method, failure, times = 1) => void failures.push({ method, times, ...failure }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return slack;
}

function respond(slack: SlackStandIn, method: string, form: URLSearchParams): Answer {
  if (method === "auth.test") return { ok: true, team: "Acme", team_id: "T1", user_id: "UBOT", bot_id: "B1" };
  if (method === "users.lookupByEmail") {
    const user = slack.users.get(form.get("email") ?? "");
    return user ? { ok: true, user } : { ok: false, error: "users_not_found" };
  }
  if (method === "conversations.open") return { ok: true, channel: { id: `D-${form.get("users")}` } };
  if (method === "conversations.info") {
    const id = form.get("channel") ?? "";
    if (!/^C/.test(id)) return { ok: false, error: "channel_not_found" };
    return { ok: true, channel: { id, is_ext_shared: slack.sharedChannels.has(id) } };
  }
  if (method === "chat.postMessage") return takePost(slack, form);
  return { ok: false, error: "unknown_method" };
}

function takePost(slack: SlackStandIn, form: URLSearchParams): Answer {
  const channel = form.get("channel") ?? "";
  const text = form.get("text") ?? "";
  const blocks = JSON.parse(form.get("blocks") ?? "[]") as Record<string, unknown>[];
  const isKnown = /^C/.test(channel) || [...slack.users.values()].some(({ id }) => id === channel);
  if (!isKnown) return { ok: false, error: "channel_not_found" };
  if (text === "" && blocks.length === 0) return { ok: false, error: "no_text" };
  if (text.length > 40_000) return { ok: false, error: "msg_too_long" };
  if (blockFaults(blocks).length > 0) return { ok: false, error: "invalid_blocks" };
  const ts = `1700000000.${String(slack.posts.length + 1).padStart(6, "0")}`;
  slack.posts.push({ channel, text, blocks, ts });
  return { ok: true, channel: channel.replace(/^U/, "D"), ts };
}

type Text = { type?: string; text?: string };

/** What Slack would refuse in these blocks: https://docs.slack.dev/reference/block-kit/blocks */
export function blockFaults(blocks: Record<string, unknown>[]): string[] {
  const faults = blocks.length > 50 ? ["more than 50 blocks"] : [];
  for (const block of blocks) {
    const { type } = block;
    const text = block.text as Text | undefined;
    const elements = (block.elements ?? []) as (Text & { value?: string })[];
    if (type === "section" && !isText(text, 3_000) && !Array.isArray(block.fields))
      faults.push("section text");
    if (type === "header" && !isText(text, 150)) faults.push("header text");
    if (type === "context" && (elements.length === 0 || elements.length > 10))
      faults.push("context elements");
    if (type === "actions" && (elements.length === 0 || elements.length > 25))
      faults.push("actions elements");
    if (elements.some(({ value = "" }) => value.length > 2_000)) faults.push("element value");
    if (!["section", "header", "context", "actions", "divider"].includes(String(type)))
      faults.push("unknown block");
  }
  return faults;
}

function isText(text: Text | undefined, most: number): boolean {
  if (!text || (text.type !== "mrkdwn" && text.type !== "plain_text")) return false;
  return typeof text.text === "string" && text.text.length >= 1 && text.text.length <= most;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });
  console.log((await startSlackStandIn({ port: Number(values.port) })).url);
}
