import { SESClient } from "@aws-sdk/client-ses";
import type { Settings } from "../config.ts";
import { ANSWER_WITHIN_MS } from "../domain/sending.ts";

export type SesSettings = Pick<
  Settings,
  | "AWS_REGION"
  | "AWS_ACCESS_KEY_ID"
  | "AWS_SECRET_ACCESS_KEY"
  | "AWS_SESSION_TOKEN"
  | "AWS_ENDPOINT_URL_SES"
  | "SES_CONFIGURATION_SET"
  | "SES_MAX_RATE"
>;

const CONNECT_TIMEOUT_MS = 5_000;
// A connection that idles longer may just be closing at the other end, and a request lost in it has an unknown outcome.
const IDLE_TIMEOUT_MS = 2_000;

/** A client that never repeats a request by itself: only we know what must not be sent twice. */
export function createSesClient(
  settings: SesSettings,
  sockets: number,
  answerWithinMs = ANSWER_WITHIN_MS,
): SESClient {
  const agent = { keepAlive: true, maxSockets: sockets, timeout: IDLE_TIMEOUT_MS };
  const client = new SESClient({
    region: settings.AWS_REGION,
    endpoint: settings.AWS_ENDPOINT_URL_SES,
    credentials: credentialsOf(settings),
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: answerWithinMs,
      throwOnRequestTimeout: true,
      // Off, so that on Node a timeout without a code can only be that of the connection.
      socketTimeout: 0,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
  // Bytes are hashed, measured and written in half the time of a string; url-encoded, they are ASCII.
  client.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { body?: unknown };
      if (typeof request.body === "string") request.body = Buffer.from(request.body, "latin1");
      return next(args);
    },
    { step: "build" },
  );
  return client;
}

/** Undefined leaves it to the SDK's own chain (profiles, roles), which exists on Node only. */
function credentialsOf(settings: SesSettings) {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN: sessionToken } = settings;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return undefined;
  return { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, sessionToken };
}
