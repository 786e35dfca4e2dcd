import { createHash, createHmac } from "node:crypto";
import type { Instant } from "../../domain/zone.ts";
import { isSameText } from "../../reminders/links/link.ts";
import type { Understood } from "./way.ts";

/** What a form is good for: one link, one way to answer, what was filled in, and what was understood, word for word. */
export type FormScope = {
  link: string;
  way: string;
  filled: [string, readonly string[]][];
  understood: Understood;
};

const FORM_LASTS_MS = 2 * 3600 * 1000;

/** The token of a form to confirm: `expiry.nonce.signature`, of HMAC-SHA-256 over the scope too. */
export function signForm(secret: string, scope: FormScope, at: Instant): string {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64url");
  const signed = `${(at + FORM_LASTS_MS).toString(36)}.${nonce}`;
  return `${signed}.${signature(secret, signed, scope)}`;
}

/** `good`, `late` where its two hours are over, `wrong` where it was signed for something else, or by nobody. */
export function checkForm(
  secrets: string[],
  token: string,
  { scope, at }: { scope: FormScope; at: Instant },
): "good" | "late" | "wrong" {
  const [expiry = "", nonce = "", given = "", ...rest] = token.split(".");
  const isOurs = secrets.some((secret) => isSameText(given, signature(secret, `${expiry}.${nonce}`, scope)));
  if (!isOurs || rest.length > 0) return "wrong";
  return at < Number.parseInt(expiry, 36) ? "good" : "late";
}

function signature(secret: string, signed: string, { link, way, filled, understood }: FormScope): string {
  const content = createHash("sha256")
    .update(JSON.stringify([link, way, filled, understood]))
    .digest("base64url");
  return createHmac("sha256", secret).update(`dunwell form ${signed}.${content}`).digest("base64url");
}
