import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Instant } from "../domain/zone.ts";

/** Whom a link speaks for, by which reminder it came, and until when. */
export type Link = { customerId: string; reminderId: string; expiresAt: Instant };

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

/** What the token says, or undefined when it is malformed, signed by another secret, changed or past its time. */
export function readLink(secret: string, token: string, at: Instant): Link | undefined {
  if (token.length > LONGEST_TOKEN) return undefined;
  const [key, payload, given, ...rest] = token.split(".");
  if (!payload || !given || rest.length > 0) return undefined;
  const expected = signature(secret, `${key}.${payload}`);
  // Compared as text: several base64url spellings decode to the same bytes, and only one of them is what we signed.
  if (!isSameText(given, expected.toString("base64url")) || key !== keyId(secret)) return undefined;
  const [customerId, reminderId, expiry] = Buffer.from(payload, "base64url").toString().split(".");
  const expiresAt = Number.parseInt(expiry ?? "", 36);
  if (!customerId || !reminderId || !(at < expiresAt)) return undefined;
  return { customerId, reminderId, expiresAt };
}

function signature(secret: string, text: string): Buffer {
  return createHmac("sha256", secret).update(`dunwell link ${text}`).digest();
}

function keyId(secret: string): string {
  return createHash("sha256").update(`dunwell link key ${secret}`).digest("base64url").slice(0, 4);
}

function isSameText(a: string, b: string): boolean {
  const [one, two] = [Buffer.from(a), Buffer.from(b)];
  return one.length === two.length && timingSafeEqual(one, two);
}
