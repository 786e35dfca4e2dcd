import { AppError } from "../errors.ts";
import { inertLine } from "./inert-text.ts";

export type MailAddress = { name: string | null; email: string };

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LOCAL_PART = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`);
const DOMAIN =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?)*$/i;

/** Reads `Name <address>`, `"Name" <address>` or a bare address. */
export function parseMailAddress(text: string): MailAddress {
  const match = /^(.*?)\s*<([^<>]*)>$/s.exec(text.trim());
  if (!match) return { name: null, email: asciiAddress(text.trim()) };
  const name = match[1]!.trim().replace(/^"(.*)"$/s, (_, quoted: string) => quoted.replace(/\\(.)/g, "$1"));
  return { name: name === "" ? null : name, email: asciiAddress(match[2]!.trim()) };
}

/**
 * The address as mail servers take it: an international domain in its ASCII form. Refuses a local part beyond ASCII (our
 * providers do not take it), quoted local parts and domain literals.
 */
export function asciiAddress(email: string): string {
  const at = email.lastIndexOf("@");
  const local = email.slice(0, at);
  const domain = asciiDomain(email.slice(at + 1));
  if (at < 1 || local.length > 64 || !LOCAL_PART.test(local) || domain === null) {
    throw new AppError("invalid", `"${inertLine(email)}" is not an e-mail address that mail can be sent to`);
  }
  return `${local}@${domain}`;
}

function asciiDomain(domain: string): string | null {
  if (DOMAIN.test(domain)) return domain;
  if (!/[^\0-\x7f]/.test(domain) || /[\0-,/:-@[-^`{-\x7f]/.test(domain)) return null;
  const ascii = URL.parse(`http://${domain}`)?.hostname ?? "";
  return DOMAIN.test(ascii) ? ascii : null;
}
