import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { signatureFault } from "./sigv4.ts";

/** What the stand-in has taken; after `hang_up` and `garble` too, since there the mail is on its way. */
export type RecordedMail = {
  id: string;
  source: string;
  to: string[];
  tags: Record<string, string>;
  configurationSet: string | null;
  raw: string;
  /** The path of the endpoint that it was posted to, which tells apart who posts. */
  path: string;
  /** When it arrived (ms since 1970, of the machine's clock). */
  at: number;
};

/** `arrived`: nothing is decided yet; `taken`: it is on its way, and not answered; `answered`: the answer has left. */
export type Moment = "arrived" | "taken" | "answered";

/**
 * What goes wrong with a request. `refuse` and `error` answer with SES's error document and do not take the mail, nor does
 * `drop`, which hangs up first; `hang_up` and `garble` take it and answer nothing or rubbish; `delay` answers late, `twice` once
 * more than it was asked.
 */
export type Fault =
  | { kind: "refuse"; code: string; status?: number }
  | { kind: "error"; status: number; code?: string }
  | { kind: "drop" | "hang_up" | "garble" | "twice" }
  | { kind: "delay"; ms: number };

export type SesRecorder = {
  url: string;
  mails: RecordedMail[];
  /** SendRawEmail requests that arrived, taken or not, and when (ms, of the machine's clock). */
  arrivals: number[];
  /** The next `times` sends, of those to `to` only where it is given, meet this fault. */
  fail(fault: Fault, options?: { times?: number; to?: string }): void;
  /** From now on nothing fails that `fail` planned. */
  forgive(): void;
  quota: { max24HourSend: number; maxSendRate: number; sentLast24Hours: number };
  verified: Set<string>;
  /** Domains that it signs for. */
  signed: Set<string>;
  /** Configuration sets, and the topics to which they publish. */
  configurationSets: Map<string, string[]>;
  /** Domains whose mail it receives, and the topic to which each is published. */
  receipts: Map<string, string>;
  close(): Promise<void>;
};

type Planned = { fault: Fault; times: number; to?: string };
type Options = {
  port?: number;
  latencyMs?: number;
  secrets?: Record<string, string>;
  keepsMails?: boolean;
  /** What goes wrong with this mail, where nothing was planned by `fail`. */
  faultOf?(mail: RecordedMail): Fault | undefined;
  /** Told of every mail at each moment; the stand-in waits until it is through with it. */
  watch?(moment: Moment, mail: RecordedMail): unknown;
  /** Told when the quota is asked for; the answer waits until it is through with it. */
  onQuota?(): unknown;
};

export const TEST_KEY = { AWS_ACCESS_KEY_ID: "AKIDRECORDER", AWS_SECRET_ACCESS_KEY: "not-a-secret" };
const NAMESPACE = "http://ses.amazonaws.com/doc/2010-12-01/";

/** A stand-in for Amazon SES, API version 2010-12-01 (query protocol), that checks signatures and keeps the raw messages. */
export async function startSesRecorder(options: Options = {}): Promise<SesRecorder> {
  const { port = 0, latencyMs = 0 } = options;
  const secrets = options.secrets ?? { [TEST_KEY.AWS_ACCESS_KEY_ID]: TEST_KEY.AWS_SECRET_ACCESS_KEY };
  const planned: Planned[] = [];
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    if (request.method === "GET" && request.url === "/mails") return json(response, recorder.mails);
    if (request.method === "GET" && request.url === "/count") return json(response, recorder.arrivals.length);
    const { method = "", url: path = "", headers } = request;
    const fault = signatureFault({ method, path, headers, body }, secrets);
    if (fault) return refuse(response, { code: fault, status: 403 });
    if (latencyMs > 0) await pause(latencyMs);
    const form = new URLSearchParams(body);
    if (form.get("Action") === "SendRawEmail") return takeMail(form, path, response);
    if (form.get("Action") === "GetSendQuota") await options.onQuota?.();
    return describeAccount(recorder, form, response);
  });

  async function takeMail(form: URLSearchParams, path: string, response: ServerResponse) {
    recorder.arrivals.push(performance.now());
    const id = `0100${String(recorder.arrivals.length).padStart(12, "0")}-000000`;
    const mail = { ...toMail(form, id), path, at: performance.timeOrigin + performance.now() };
    await options.watch?.("arrived", mail);
    const fault = takeFault(planned, mail.to) ?? options.faultOf?.(mail);
    if (fault?.kind === "drop") return response.socket?.destroy();
    if (fault?.kind === "refuse") return refuse(response, fault);
    if (fault?.kind === "error") return refuse(response, { code: "InternalFailure", ...fault });
    const invalid = invalidity(mail);
    if (invalid) return refuse(response, { code: invalid });
    if (recorder.quota.sentLast24Hours >= recorder.quota.max24HourSend)
      return refuse(response, { code: "Throttling" });
    recorder.quota.sentLast24Hours += mail.to.length;
    if (options.keepsMails !== false) recorder.mails.push(mail);
    await options.watch?.("taken", mail);
    if (fault?.kind === "hang_up") return response.socket?.destroy();
    if (fault?.kind === "garble")
      return response.writeHead(200, { "content-type": "text/xml" }).end("<SendRawEma");
    if (fault?.kind === "delay") await pause(fault.ms);
    if (fault?.kind === "twice") answerBesides(response, mail.id);
    if (options.watch) response.once("finish", () => options.watch!("answered", mail));
    answer(response, "SendRawEmail", `<MessageId>${mail.id}</MessageId>`);
  }

  const recorder: SesRecorder = {
    url: "",
    mails: [],
    arrivals: [],
    fail: (fault, { times = 1, to } = {}) => void planned.push({ fault, times, to }),
    forgive: () => void planned.splice(0),
    quota: { max24HourSend: 50_000, maxSendRate: 10_000, sentLast24Hours: 0 },
    verified: new Set(["acme.example"]),
    signed: new Set(["acme.example"]),
    configurationSets: new Map(),
    receipts: new Map(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  recorder.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return recorder;
}

function describeAccount(recorder: SesRecorder, form: URLSearchParams, response: ServerResponse) {
  const action = form.get("Action") ?? "";
  const { max24HourSend, maxSendRate, sentLast24Hours } = recorder.quota;
  if (action === "GetSendQuota") {
    const fields = {
      Max24HourSend: max24HourSend,
      MaxSendRate: maxSendRate,
      SentLast24Hours: sentLast24Hours,
    };
    const xml = Object.entries(fields).map(([name, value]) => `<${name}>${value.toFixed(1)}</${name}>`);
    return answer(response, action, xml.join(""));
  }
  if (action === "GetAccountSendingEnabled") return answer(response, action, "<Enabled>true</Enabled>");
  if (action === "GetIdentityVerificationAttributes") {
    const entries = members(form, "Identities").map((identity) => {
      const status = recorder.verified.has(identity) ? "Success" : "Pending";
      return `<entry><key>${identity}</key><value><VerificationStatus>${status}</VerificationStatus></value></entry>`;
    });
    return answer(response, action, `<VerificationAttributes>${entries.join("")}</VerificationAttributes>`);
  }
  if (action === "GetIdentityDkimAttributes") {
    const entries = members(form, "Identities").map((identity) => {
      const status = recorder.signed.has(identity) ? "Success" : "Pending";
      const value = `<DkimEnabled>true</DkimEnabled><DkimVerificationStatus>${status}</DkimVerificationStatus>`;
      return `<entry><key>${identity}</key><value>${value}</value></entry>`;
    });
    return answer(response, action, `<DkimAttributes>${entries.join("")}</DkimAttributes>`);
  }
  if (action === "DescribeConfigurationSet") {
    const topics = recorder.configurationSets.get(form.get("ConfigurationSetName") ?? "");
    if (!topics) return refuse(response, { code: "ConfigurationSetDoesNotExist" });
    const destinations = topics.map(
      (topic) =>
        `<member><Enabled>true</Enabled><SNSDestination><TopicARN>${topic}</TopicARN></SNSDestination></member>`,
    );
    return answer(response, action, `<EventDestinations>${destinations.join("")}</EventDestinations>`);
  }
  if (action === "DescribeActiveReceiptRuleSet") {
    const rules = [...recorder.receipts].map(
      ([domain, topic]) =>
        `<member><Enabled>true</Enabled><Recipients><member>${domain}</member></Recipients>` +
        `<Actions><member><SNSAction><TopicArn>${topic}</TopicArn></SNSAction></member></Actions></member>`,
    );
    return answer(response, action, `<Rules>${rules.join("")}</Rules>`);
  }
  return refuse(response, { code: "InvalidAction" });
}

function toMail(form: URLSearchParams, id: string): Omit<RecordedMail, "path" | "at"> {
  const names = members(form, "Tags", "Name");
  const values = members(form, "Tags", "Value");
  return {
    id,
    source: form.get("Source") ?? "",
    to: members(form, "Destinations"),
    tags: Object.fromEntries(names.map((name, i) => [name, values[i] ?? ""])),
    configurationSet: form.get("ConfigurationSetName"),
    raw: Buffer.from(form.get("RawMessage.Data") ?? "", "base64").toString("utf8"),
  };
}

/** The checks of SES that a client can trip over: https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html */
function invalidity({ to, tags, raw, source }: RecordedMail): string | null {
  if (to.length === 0 || to.length > 50) return "InvalidParameterValue";
  if (![source, ...to].every((address) => /^[\x21-\x7e]+@[a-z0-9.-]+$/i.test(address)))
    return "InvalidParameterValue";
  if (
    !Object.entries(tags)
      .flat()
      .every((part) => /^[\w.@-]{1,256}$/.test(part))
  )
    return "InvalidParameterValue";
  const lines = raw.split("\r\n");
  if (!/^from:/im.test(raw) || lines.some((line) => line.length > 998)) return "InvalidParameterValue";
  return null;
}

function takeFault(planned: Planned[], to: string[]): Fault | undefined {
  const next = planned.find((plan) => plan.times > 0 && (plan.to === undefined || to.includes(plan.to)));
  if (next) next.times -= 1;
  return next?.fault;
}

function members(form: URLSearchParams, list: string, field?: string): string[] {
  const found: string[] = [];
  for (let i = 1; ; i++) {
    const value = form.get(`${list}.member.${i}${field ? `.${field}` : ""}`);
    if (value === null) return found;
    found.push(value);
  }
}

function answer(response: ServerResponse, action: string, result: string) {
  response
    .writeHead(200, { "content-type": "text/xml" })
    .end(
      `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${result}</${action}Result>` +
        `<ResponseMetadata><RequestId>request</RequestId></ResponseMetadata></${action}Response>`,
    );
}

/** An answer that nobody waits for, right behind the one that somebody does. */
function answerBesides(response: ServerResponse, id: string) {
  const { socket } = response;
  const body = `<SendRawEmailResponse xmlns="${NAMESPACE}"><SendRawEmailResult><MessageId>${id}</MessageId></SendRawEmailResult></SendRawEmailResponse>`;
  const head = `HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: ${body.length}\r\n\r\n`;
  response.once("finish", () => socket?.write(head + body));
}

function refuse(response: ServerResponse, { code, status = 400 }: { code: string; status?: number }) {
  const type = status >= 500 ? "Receiver" : "Sender";
  response
    .writeHead(status, { "content-type": "text/xml" })
    .end(
      `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>${type}</Type><Code>${code}</Code><Message>as told</Message></Error>` +
        "<RequestId>request</RequestId></ErrorResponse>",
    );
}

function json(response: ServerResponse, body: unknown) {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      latency: { type: "string", default: "0" },
      "count-only": { type: "boolean", default: false },
    },
  });
  const keepsMails = !values["count-only"];
  const options = { port: Number(values.port), latencyMs: Number(values.latency), keepsMails };
  console.log((await startSesRecorder(options)).url);
}
