import { type App, type Receiver, verifySlackRequest } from "@slack/bolt";
import type { Clock, Log } from "../ports.ts";

const TOLERANCE_SECONDS = 300;

export type WebReceiver = Receiver & {
  take(request: { body: string; headers: Headers }): Promise<Response>;
};

/** Keeps alive what goes on after an answer. */
export type WaitUntil = (work: Promise<unknown>) => void;

/**
 * Between the web's requests and Bolt, the same on both runtimes: checks the signature, answers as soon as a listener acknowledges,
 * and lets the work go on after that.
 */
export function createReceiver(
  signingSecret: string,
  { clock, log, waitUntil }: { clock: Clock; log: Log; waitUntil: WaitUntil },
): WebReceiver {
  let app: App;
  return {
    init(made) {
      app = made;
    },
    start: async () => undefined,
    stop: async () => undefined,
    async take({ body: text, headers }) {
      const form = isForm(headers) ? new URLSearchParams(text) : null;
      // Slack asks so whether the certificate is good, and signs nothing.
      if (form?.get("ssl_check") === "1") return new Response();
      if (!isSigned(text, headers)) return refuse(401, "This is not signed by Slack within five minutes.");
      const body = parse(text, form);
      if (body === null) return refuse(400, "The body is neither a form nor JSON.");
      if (body.type === "url_verification") return Response.json({ challenge: String(body.challenge) });
      return answer(body, headers);
    },
  };

  function isSigned(body: string, headers: Headers): boolean {
    const signature = headers.get("x-slack-signature");
    const signedAt = headers.get("x-slack-request-timestamp");
    // Bolt takes any time to come, and reads "" as 1970 and "1e9" as a number.
    if (signature === null || signedAt === null || !/^\d{1,12}$/.test(signedAt)) return false;
    const seconds = Number(signedAt);
    if (seconds > Math.floor(clock() / 1000) + TOLERANCE_SECONDS) return false;
    const named = { "x-slack-signature": signature, "x-slack-request-timestamp": seconds };
    try {
      verifySlackRequest({ signingSecret, body, headers: named, nowMilliseconds: clock() });
      return true;
    } catch {
      return false;
    }
  }

  function answer(body: Body, headers: Headers): Promise<Response> {
    const { promise, resolve } = Promise.withResolvers<Response>();
    const ack = async (said?: unknown) => resolve(toResponse(said));
    const retryNum = Number(headers.get("x-slack-retry-num")) || undefined;
    const work = app
      .processEvent({ body, ack, retryNum })
      .catch((error) => log("error", "slack_request_failed", { error }))
      // What nobody listens to is answered too, or Slack sends it again.
      .finally(() => ack());
    waitUntil(work);
    return promise;
  }
}

type Body = Record<string, unknown>;

function isForm(headers: Headers): boolean {
  return (headers.get("content-type") ?? "").startsWith("application/x-www-form-urlencoded");
}

function parse(text: string, form: URLSearchParams | null): Body | null {
  const payload = form?.get("payload");
  if (form && payload == null) return Object.fromEntries(form);
  try {
    const body: unknown = JSON.parse(payload ?? text);
    return typeof body === "object" && body !== null ? (body as Body) : null;
  } catch {
    return null;
  }
}

function toResponse(said: unknown): Response {
  if (said === undefined || said === "") return new Response();
  return typeof said === "string" ? new Response(said) : Response.json(said);
}

const TITLES = { 400: "Bad Request", 401: "Unauthorized" };

function refuse(status: keyof typeof TITLES, detail: string): Response {
  return Response.json(
    { type: "about:blank", title: TITLES[status], status, detail },
    { status, headers: { "content-type": "application/problem+json" } },
  );
}
