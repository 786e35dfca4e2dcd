import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { AppError } from "../errors.ts";
import { ProblemError } from "./problem.ts";
import type { Runtime } from "./runtime.ts";

const FORWARDED =
  /^(forwarded|via|x-forwarded-.*|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|cf-.*|cdn-loop)$/;
const LOOPBACK_ADDRESS = /^(::ffff:)?127(\.\d{1,3}){3}$|^::1$/;
const LOOPBACK_NAME = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Lets in who knows `apiKey`: as a bearer token, and where `allowsBasic` also as the password a browser asks for. Without
 * a key only direct callers on this machine are let in, and on Workers nobody.
 */
export function requireAccess(options: {
  apiKey: string | undefined;
  runtime: Runtime;
  allowsBasic: boolean;
}): MiddlewareHandler {
  const { apiKey, runtime, allowsBasic } = options;
  return async (c, next) => {
    if (apiKey === undefined) requireLoopback(c, runtime);
    else requireKey(c.req.header("Authorization"), { apiKey, allowsBasic });
    await next();
  };
}

function requireKey(header: string | undefined, options: { apiKey: string; allowsBasic: boolean }): void {
  const [scheme = "", credentials = ""] = (header ?? "").split(/ +/, 2);
  const isRight =
    (/^bearer$/i.test(scheme) && isSame(credentials, options.apiKey)) ||
    (options.allowsBasic && /^basic$/i.test(scheme) && isSame(password(credentials), options.apiKey));
  if (!isRight) throw new AppError("unauthorized", "This needs the API key as a bearer token.");
}

function password(credentials: string): string {
  const decoded = Buffer.from(credentials, "base64").toString();
  return decoded.slice(decoded.indexOf(":") + 1);
}

/** Compares hashes, so that neither the content nor the length shows in the time taken. */
function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}

function requireLoopback(c: Context, runtime: Runtime): void {
  if (runtime.isWorker || !isDirectLoopback(c, runtime.remoteAddress(c))) {
    throw new ProblemError(403, "Without API_KEY this answers direct callers on the same machine only.");
  }
}

function isDirectLoopback(c: Context, address: string | null): boolean {
  if (address === null || !LOOPBACK_ADDRESS.test(address)) return false;
  if (Object.keys(c.req.header()).some((name) => FORWARDED.test(name))) return false;
  // A page elsewhere can point its own name at 127.0.0.1; the browser then still sends that name.
  const host = c.req.header("Host") ?? new URL(c.req.url).host;
  return LOOPBACK_NAME.test(host.replace(/:\d+$/, "")) && !isFromAnotherSite(c, host);
}

/** A page elsewhere can also post to a loopback address; the browser then says where that comes from. */
function isFromAnotherSite(c: Context, host: string): boolean {
  const origin = c.req.header("Origin");
  if (origin !== undefined && origin !== `http://${host}`) return true;
  const isFollowedLink = c.req.method === "GET" && c.req.header("Sec-Fetch-Mode") === "navigate";
  return !isFollowedLink && /^(cross-site|same-site)$/.test(c.req.header("Sec-Fetch-Site") ?? "");
}
