import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import manifest from "../../slack-manifest.json" with { type: "json" };
import { openSockets, type SlackSockets } from "./slack-sockets.ts";

export type SlackPost = {
  channel: string;
  text: string;
  blocks: Block[];
  ts: string;
  threadTs?: string;
  isBroadcast?: boolean;
  metadata?: unknown;
};
export type Block = Record<string, unknown>;
type User = {
  id: string;
  team_id?: string;
  deleted?: boolean;
  is_stranger?: boolean;
  is_restricted?: boolean;
  locale?: string;
  tz?: string;
};
/** `afterAll`: what was asked for happens all the same, and the answer is lost. */
type Failure = { error?: string; retryAfter?: number; status?: number; afterAll?: boolean };

export type SlackStandIn = {
  url: string;
  token: string;
  /** Who hears events through a connection of their own: with `xapp-stand-in`. */
  sockets: SlackSockets;
  /** Messages as they stand, those updated too. */
  posts: SlackPost[];
  /** What one person alone was told. */
  ephemerals: { channel: string; user: string; text: string; threadTs?: string }[];
  /** What was answered to response URLs, in order. */
  responses: { text: string; blocks: Block[]; replace_original?: boolean; response_type?: string }[];
  /** What stands in the app's Home, by user. */
  homes: Map<string, { blocks: Block[] }>;
  /** Forms that were opened, by the trigger that opened them; `over` is the one below. */
  views: { triggerId: string; view: Record<string, unknown>; over?: string }[];
  /** Files that were uploaded, and where each was shared. */
  files: {
    name: string;
    bytes: number;
    content?: Buffer;
    channel?: string;
    threadTs?: string;
    comment?: string;
  }[];
  /** Where files are to be uploaded to. */
  uploadsAt: string;
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
    const content = await readBody(request);
    if (method.startsWith("upload/")) return answer(takeUpload(slack, request, content), {});
    const body = content.toString("utf8");
    if (method === "responses") return answer(takeResponse(slack, JSON.parse(body)) ? 200 : 400, {});
    const form = new URLSearchParams(body);
    slack.calls.push(method);
    const wanted = method === "apps.connections.open" ? "xapp-stand-in" : token;
    if (request.headers.authorization !== `Bearer ${wanted}`)
      return answer(200, { ok: false, error: "invalid_auth" });
    const failure = failures.find((one) => one.method === method && one.times > 0);
    if (failure) {
      failure.times -= 1;
      if (failure.afterAll) METHODS[method]!(slack, form);
      if (failure.status) return answer(failure.status, { ok: false });
      if (failure.error) return answer(200, { ok: false, error: failure.error });
      return answer(
        429,
        { ok: false, error: "ratelimited" },
        { "retry-after": String(failure.retryAfter ?? 1) },
      );
    }
    return answer(200, METHODS[method]?.(slack, form) ?? { ok: false, error: "unknown_method" }, {
      "x-oauth-scopes": slack.scopes.join(","),
    });
  });

  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const slack: SlackStandIn = {
    url: `${origin}/api/`,
    token,
    sockets: openSockets(server),
    posts: [],
    ephemerals: [],
    responses: [],
    homes: new Map(),
    views: [],
    files: [],
    uploadsAt: `${origin}/upload`,
    calls: [],
    users: new Map(),
    sharedChannels: new Set(),
    scopes: manifest.oauth_config.scopes.bot,
    fail: (method, failure, times = 1) => void failures.push({ method, times, ...failure }),
    close: async () => {
      slack.sockets.drop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return slack;
}

type Method = (slack: SlackStandIn, form: URLSearchParams) => Answer;

const METHODS: Record<string, Method> = {
  "auth.test": () => ({ ok: true, team: "Acme", team_id: "T1", user_id: "UBOT", bot_id: "B1" }),
  "apps.connections.open": ({ url }) => ({
    ok: true,
    url: `${url.replace("http", "ws").replace("/api/", "/socket")}`,
  }),
  "users.lookupByEmail": ({ users }, form) => userAnswer("users_not_found", find(users, form.get("email"))),
  "users.info": ({ users }, form) =>
    userAnswer(
      "user_not_found",
      [...users].find(([, { id }]) => id === form.get("user")),
    ),
  "conversations.open": (_, form) => ({
    ok: true,
    channel: { id: conversationOf(form.get("users") ?? "") },
  }),
  "conversations.history": ({ posts }, form) => ({
    ok: true,
    messages: posts
      .filter(({ channel, threadTs }) => channel === form.get("channel") && !threadTs)
      .map(({ ts, metadata }) => ({ ts, metadata })),
  }),
  "conversations.replies": ({ posts }, form) => ({
    ok: true,
    messages: posts
      .filter(({ channel, threadTs }) => channel === form.get("channel") && threadTs === form.get("ts"))
      .map(({ ts, metadata }) => ({ ts, metadata })),
  }),
  "conversations.info": ({ sharedChannels }, form) => {
    const id = form.get("channel") ?? "";
    if (!/^C/.test(id)) return { ok: false, error: "channel_not_found" };
    return { ok: true, channel: { id, is_member: true, is_ext_shared: sharedChannels.has(id) } };
  },
  "chat.postMessage": takePost,
  "chat.update": takeUpdate,
  "chat.postEphemeral": takeEphemeral,
  "files.getUploadURLExternal": ({ files, uploadsAt }, form) => {
    const id = `F${files.push({ name: form.get("filename")!, bytes: Number(form.get("length")) })}`;
    return { ok: true, upload_url: `${uploadsAt}/${id}`, file_id: id };
  },
  "files.completeUploadExternal": shareUpload,
  "views.open": takeView,
  "views.push": (slack, form) => takeView(slack, form, `V${slack.views.length}`),
  "views.update": (slack, form) => {
    const shown = slack.views[Number(form.get("view_id")!.slice(1)) - 1];
    if (!shown) return { ok: false, error: "not_found" };
    shown.view = JSON.parse(form.get("view")!);
    return viewFaults(shown.view).length > 0 ? { ok: false, error: "invalid_arguments" } : { ok: true };
  },
  "views.publish": ({ homes }, form) => {
    const view = JSON.parse(form.get("view")!) as { blocks: Block[] };
    if (viewFaults(view).length > 0) return { ok: false, error: "invalid_arguments" };
    homes.set(form.get("user_id")!, view);
    return { ok: true };
  },
};

function find(users: SlackStandIn["users"], email: string | null): [string, User] | undefined {
  const user = users.get(email ?? "");
  return user && [email!, user];
}

function userAnswer(error: string, found: [string, User] | undefined): Answer {
  if (!found) return { ok: false, error };
  const [email, user] = found;
  return {
    ok: true,
    user: { team_id: "T1", locale: "en-US", tz: "Europe/Berlin", ...user, profile: { email } },
  };
}

function takePost(slack: SlackStandIn, form: URLSearchParams): Answer {
  const channel = form.get("channel") ?? "";
  const message = readMessage(form);
  if ("error" in message) return message;
  const isKnown = /^[CD]/.test(channel) || [...slack.users.values()].some(({ id }) => id === channel);
  if (!isKnown) return { ok: false, error: "channel_not_found" };
  const ts = `1700000000.${String(slack.posts.length + 1).padStart(6, "0")}`;
  const post: SlackPost = { channel: conversationOf(channel), ...message, ts };
  if (form.get("thread_ts")) post.threadTs = form.get("thread_ts")!;
  if (form.get("reply_broadcast") === "true") post.isBroadcast = true;
  if (form.get("metadata")) post.metadata = JSON.parse(form.get("metadata")!);
  slack.posts.push(post);
  return { ok: true, channel: post.channel, ts };
}

function takeUpdate(slack: SlackStandIn, form: URLSearchParams): Answer {
  const message = readMessage(form);
  if ("error" in message) return message;
  const { channel, ts } = { channel: form.get("channel"), ts: form.get("ts") };
  const post = slack.posts.find((one) => one.channel === channel && one.ts === ts);
  if (!post) return { ok: false, error: "message_not_found" };
  Object.assign(post, message);
  return { ok: true, channel, ts };
}

function takeEphemeral(slack: SlackStandIn, form: URLSearchParams): Answer {
  const [channel, user, text] = ["channel", "user", "text"].map((name) => form.get(name) ?? "");
  if (!/^[CD]/.test(channel!)) return { ok: false, error: "channel_not_found" };
  if (text === "") return { ok: false, error: "no_text" };
  slack.ephemerals.push({
    channel: channel!,
    user: user!,
    text: text!,
    threadTs: form.get("thread_ts") ?? undefined,
  });
  return { ok: true, message_ts: "1700000000.000000" };
}

/** The address itself is the permission: whoever sends a token there gives it away. Answers an HTTP status. */
function takeUpload({ files }: SlackStandIn, { url, headers }: IncomingMessage, content: Buffer): number {
  const file = files[Number(/^\/upload\/F(\d+)$/.exec(url!)?.[1]) - 1];
  if (!file || headers.authorization || content.length !== file.bytes) return 400;
  file.content = content;
  return 200;
}

function shareUpload({ files }: SlackStandIn, form: URLSearchParams): Answer {
  const [{ id }] = JSON.parse(form.get("files")!) as [{ id: string }];
  const file = files[Number(id.slice(1)) - 1];
  const channel = form.get("channel_id") ?? "";
  if (!file?.content) return { ok: false, error: "file_not_found" };
  if (!/^[CD]/.test(channel)) return { ok: false, error: "channel_not_found" };
  Object.assign(file, { channel, threadTs: form.get("thread_ts") ?? undefined });
  file.comment = form.get("initial_comment") ?? undefined;
  return { ok: true };
}

function takeView(slack: SlackStandIn, form: URLSearchParams, over?: string): Answer {
  const view = JSON.parse(form.get("view") ?? "{}") as Record<string, unknown>;
  const triggerId = form.get("trigger_id") ?? "";
  if (slack.views.some((one) => one.triggerId === triggerId))
    return { ok: false, error: "exchanged_trigger_id" };
  if (viewFaults(view).length > 0) return { ok: false, error: "invalid_arguments" };
  slack.views.push({ triggerId, view, over });
  return { ok: true, view: { id: `V${slack.views.length}`, ...view } };
}

/** Whether Slack takes what was sent to a response URL. */
function takeResponse(slack: SlackStandIn, response: SlackStandIn["responses"][number]): boolean {
  if (blockFaults(response.blocks ?? []).length > 0) return false;
  slack.responses.push(response);
  return true;
}

/** The conversation with a person, as `chat.postMessage` answers it. */
export function conversationOf(channel: string): string {
  return channel.replace(/^U/, "D");
}

type Message = { text: string; blocks: Block[] };

function readMessage(form: URLSearchParams): Message | { ok: false; error: string } {
  const text = form.get("text") ?? "";
  const blocks = JSON.parse(form.get("blocks") ?? "[]") as Block[];
  if (text === "" && blocks.length === 0) return { ok: false, error: "no_text" };
  if (text.length > 40_000) return { ok: false, error: "msg_too_long" };
  if (blockFaults(blocks).length > 0) return { ok: false, error: "invalid_blocks" };
  return { text, blocks };
}

type Text = { type?: string; text?: string };

/** What Slack would refuse in these blocks: https://docs.slack.dev/reference/block-kit/blocks */
export function blockFaults(blocks: Block[], most = 50): string[] {
  const faults = blocks.length > most ? [`more than ${most} blocks`] : [];
  const ids = blocks.map(({ block_id }) => block_id).filter((id) => id !== undefined);
  if (new Set(ids).size < ids.length) faults.push("the same block_id twice");
  for (const block of blocks) {
    const { type } = block;
    const text = block.text as Text | undefined;
    const elements = (block.elements ?? []) as Element[];
    if (String(block.block_id ?? "").length > 255) faults.push("block_id");
    if (type === "section" && !isText(text, 3_000) && !Array.isArray(block.fields))
      faults.push("section text");
    if (type === "header" && !isText(text, 150)) faults.push("header text");
    if (type === "context" && (elements.length === 0 || elements.length > 10))
      faults.push("context elements");
    if (type === "actions" && (elements.length === 0 || elements.length > 25))
      faults.push("actions elements");
    if (type === "input" && (!isText(block.label as Text, 2_000) || !block.element))
      faults.push("input label or element");
    const inner = [...elements, block.element, block.accessory].filter((one) => one !== undefined);
    faults.push(...inner.flatMap((element) => elementFaults(element as Element)));
    if (!["section", "header", "context", "actions", "divider", "input"].includes(String(type)))
      faults.push("unknown block");
  }
  return faults;
}

type Element = Text & {
  value?: string;
  action_id?: string;
  options?: { text: Text; value?: string }[];
  initial_date?: string;
  max_length?: number;
};

/** https://docs.slack.dev/reference/block-kit/block-elements */
function elementFaults({ type, text, value = "", action_id, options, ...element }: Element): string[] {
  const faults: string[] = [];
  if (value.length > 2_000) faults.push("element value");
  if ((action_id ?? "").length > 255) faults.push("action_id");
  if (type === "button" && !isText(text as unknown as Text, 75)) faults.push("button text");
  if (type === "static_select" || type === "overflow") {
    const most = type === "overflow" ? 5 : 100;
    if (!options || options.length === 0 || options.length > most) faults.push("options");
    for (const option of options ?? []) {
      if (!isText(option.text, 75) || (option.value ?? "").length > 150) faults.push("option");
    }
  }
  if (element.initial_date !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(element.initial_date))
    faults.push("initial_date");
  if ((element.max_length ?? 1) > 3_000) faults.push("max_length");
  return faults;
}

/** https://docs.slack.dev/reference/views/modal-views */
export function viewFaults(view: Record<string, unknown>): string[] {
  const blocks = (view.blocks ?? []) as Block[];
  const faults = blockFaults(blocks, 100);
  if (view.type === "modal" && !isText(view.title as Text, 24)) faults.push("title");
  for (const name of ["submit", "close"])
    if (view[name] !== undefined && !isText(view[name] as Text, 24)) faults.push(name);
  if (String(view.private_metadata ?? "").length > 3_000) faults.push("private_metadata");
  if (String(view.callback_id ?? "").length > 255) faults.push("callback_id");
  if (blocks.some(({ type }) => type === "input") && !view.submit) faults.push("submit is missing");
  return faults;
}

function isText(text: Text | undefined, most: number): boolean {
  if (!text || (text.type !== "mrkdwn" && text.type !== "plain_text")) return false;
  return typeof text.text === "string" && text.text.length >= 1 && text.text.length <= most;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });
  console.log((await startSlackStandIn({ port: Number(values.port) })).url);
}
