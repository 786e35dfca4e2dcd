import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Instant } from "../../domain/zone.ts";

/** Whom a link speaks for, by which reminder or notice it came, and until when. */
export type Link = { customerId: string; reminderId: string; expiresAt: Instant };

export const LINK_LASTS_MS = 90 * 24 * 3600 * 1000;

const LONGEST_TOKEN = 512;

/**
 * The token of a debtor's page: `key.payload.signature`. The key id tells after a change of the secret by which one a
 * token was signed; the signature (HMAC-SHA-256) covers both parts before it.
 */
export function signLink(secret: string, link: Link): string {
  const payload = [link.customerId, link.reminderId, link.expiresAt.toString(36)].join(".");
  const signed = `${keyId(secret)}.${Buffer.from(payload).toString("base64url")}`;
  return `${signed}.${signature(secret, signed).toString("base64url")}`;
}

/**
 * What a token signed by one of `secrets` says, whatever its time; undefined for a malformed, changed or foreign one. Takes the
 * same time for each of those.
 */
export function readLink(secrets: string[], token: string): Link | undefined {
  if (token.length > LONGEST_TOKEN) return undefined;
  const [key, payload, given, ...rest] = token.split(".");
  if (!payload || !given || rest.length > 0) return undefined;
  const signer = secrets.find((secret) => keyId(secret) === key);
  const expected = signature(signer ?? secrets[0]!, `${key}.${payload}`);
  // Compared as text: several base64url spellings decode to the same bytes, and only one of them is what we signed.
  if (!isSameText(given, expected.toString("base64url")) || !signer) return undefined;
  const [customerId, reminderId, expiry] = Buffer.from(payload, "base64url").toString().split(".");
  const expiresAt = Number.parseInt(expiry ?? "", 36);
  if (!customerId || !reminderId || Number.isNaN(expiresAt)) return undefined;
  return { customerId, reminderId, expiresAt };
}

/** When a link was made: every link lasts equally long. */
export function madeAt({ expiresAt }: Link): Instant {
  return expiresAt - LINK_LASTS_MS;
}

function signature(secret: string, text: string): Buffer {
  return createHmac("sha256", secret).update(`dunwell link ${text}`).digest();
}

function keyId(secret: string): string {
  return createHash("sha256").update(`dunwell link key ${secret}`).digest("base64url").slice(0, 4);
}

/** Whether two texts are the same, in a time that tells nothing about where they differ. */
export function isSameText(a: string, b: string): boolean {
  const [one, two] = [Buffer.from(a), Buffer.from(b)];
  return one.length === two.length && timingSafeEqual(one, two);
}
