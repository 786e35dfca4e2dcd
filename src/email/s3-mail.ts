import { SignatureV4 } from "@smithy/signature-v4";
import type { Settings } from "../config.ts";
import type { Instant } from "../domain/zone.ts";
import { AppError } from "../errors.ts";
import { createSesClient, type SesSettings } from "./ses-client.ts";
import type { StoredMail } from "./ses-receipt.ts";

/** Larger ones are not fetched: a Worker has 128 MB for all it does. */
const LARGEST_MAIL_BYTES = 25 * 1024 * 1024;
const ANSWER_WITHIN_MS = 20_000;

/**
 * Fetches a mail that SES put into S3; null where it is gone or larger than 25 MB. Throws AppError `unavailable` where trying again may
 * help, also once somebody has given us access.
 */
export async function fetchStoredMail(
  settings: SesSettings & Pick<Settings, "AWS_ENDPOINT_URL_S3">,
  mail: StoredMail,
  at: Instant,
): Promise<Uint8Array | null> {
  const { url, headers } = await signedGet(settings, mail, at);
  const response = await fetch(url, {
    headers,
    redirect: "manual",
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  }).catch((cause) => {
    throw new AppError("unavailable", "S3 cannot be reached just now.", { cause });
  });
  if (response.status === 200) return readBody(response);
  await response.body?.cancel();
  if (response.status === 404) return null;
  throw new AppError("unavailable", `S3 answers ${response.status} for a mail of SES: may we read there?`);
}

/** Whoever may send by SES signs for S3 with the same key. Paths name the bucket: one with dots in its name has no certificate. */
async function signedGet(
  settings: SesSettings & Pick<Settings, "AWS_ENDPOINT_URL_S3">,
  { bucket, key }: StoredMail,
  at: Instant,
): Promise<{ url: string; headers: Record<string, string> }> {
  const { credentials, sha256, region } = createSesClient(settings, 1).config;
  const endpoint = new URL(settings.AWS_ENDPOINT_URL_S3 ?? `https://s3.${await region()}.amazonaws.com`);
  const path = `/${[bucket, ...key.split("/")].map(escaped).join("/")}`;
  const signer = new SignatureV4({ service: "s3", region, credentials, sha256, uriEscapePath: false });
  const { protocol, hostname, host } = endpoint;
  const request = { method: "GET", protocol, hostname, path, query: {}, headers: { host } };
  const { headers } = await signer.sign(request, { signingDate: new Date(at) });
  return { url: `${endpoint.origin}${path}`, headers };
}

/** As RFC 3986 has it. */
function escaped(part: string): string {
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

async function readBody(response: Response): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body!) {
    size += chunk.length;
    // Leaving the loop cancels the rest.
    if (size > LARGEST_MAIL_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
