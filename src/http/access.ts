import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { SCOPES, type Scope } from "../domain/scope.ts";
import { AppError } from "../errors.ts";
import { findKey, KEY_BEGINS } from "../reminders/operation/find-key.ts";
import type { Services } from "../services.ts";
import { ProblemError } from "./problem.ts";
import type { Runtime } from "./runtime.ts";

const FORWARDED =
  /^(forwarded|via|x-forwarded-.*|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|cf-.*|cdn-loop)$/;
const LOOPBACK_ADDRESS = /^(::ffff:)?127(\.\d{1,3}){3}$|^::1$/;
const LOOPBACK_NAME = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

declare module "hono" {
  interface ContextVariableMap {
    /** Who the ledger says it was: `api`, or `api:NAME` by a key of that name. */
    author: string;
    scopes: readonly Scope[];
  }
}

type Caller = { author: string; scopes: readonly Scope[] };
type Options = { runtime: Runtime; allowsBasic: boolean };

/** Who knows `API_KEY`, or sits at the machine where there is none. */
const OPERATOR: Caller = { author: "api", scopes: SCOPES };

/**
 * Lets in who knows `API_KEY` or a key that was given out: as a bearer token, and where `allowsBasic` also as the password a browser
 * asks for. Without `API_KEY` direct callers on this machine need none, on Workers nobody. What a caller may do is for `requireScope`.
 */
export function requireAccess(services: Services, options: Options): MiddlewareHandler {
  return async (c, next) => {
    const { author, scopes } = await callerOf(c, services, options);
    c.set("author", author);
    c.set("scopes", scopes);
    await next();
  };
}

/** Lets on whose key has this scope. */
export function requireScope(scope: Scope): MiddlewareHandler {
  return async (c, next) => {
    refuseLacking(c, [scope]);
    await next();
  };
}

/** Throws 403 where the caller's key lacks one of these scopes. */
export function refuseLacking(c: Context, needed: Scope[]): void {
  const scopes = c.get("scopes");
  const lacking = needed.filter((scope) => !scopes.includes(scope));
  if (lacking.length === 0) return;
  const what = `the scope${lacking.length > 1 ? "s" : ""} ${lacking.join(", ")}`;
  throw new ProblemError(403, `This needs a key with ${what}; this one has ${scopes.join(", ")}.`);
}

async function callerOf(c: Context, services: Services, { runtime, allowsBasic }: Options): Promise<Caller> {
  const { API_KEY: apiKey } = services.settings;
  const given = keyIn(c.req.header("Authorization"), allowsBasic);
  if (apiKey !== undefined && isSame(given, apiKey)) return OPERATOR;
  if (given.startsWith(KEY_BEGINS)) {
    const key = await findKey(services, given);
    if (key) return { author: `api:${key.name}`, scopes: key.scopes };
  } else if (apiKey === undefined) {
    requireLoopback(c, runtime);
    return OPERATOR;
  }
  throw new AppError("unauthorized", "This needs an API key as a bearer token.");
}

function keyIn(header: string | undefined, allowsBasic: boolean): string {
  const [scheme = "", credentials = ""] = (header ?? "").split(/ +/, 2);
  if (/^bearer$/i.test(scheme)) return credentials;
  return allowsBasic && /^basic$/i.test(scheme) ? password(credentials) : "";
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
