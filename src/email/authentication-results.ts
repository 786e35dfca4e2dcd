import type { MailVerdicts, Verdict } from "../domain/reply/sender-proof.ts";

const LOOKED_AT = 64 * 1024;
const METHOD = /(?:^|;)\s*(spf|dkim|dmarc)\s*=\s*(\w+)([^;]*)/gi;
/** What a sender may word at will, its own envelope address: within quotes or brackets nothing is a result. */
const SENDERS_WORDS = /"(?:[^"\\]|\\.){0,2000}"|\((?:[^()\\]|\\.){0,2000}\)/g;
const DOMAIN = /(?:header\.(?:d|i)|smtp\.mailfrom)\s*=\s*"?(?:[^\s;"@]*@)?([\w.-]+)/i;

/**
 * What our own receiving server found out about a sender (RFC 8601). Anybody can write such a header, and the server's name into it: it
 * counts only where that server puts its own, above the hop before it.
 */
export function authenticationResults(raw: Uint8Array, server: string): MailVerdicts {
  const found = (ownHeader(raw, server) ?? "").replace(SENDERS_WORDS, " ");
  const results = [...found.matchAll(METHOD)].map(([, method, result, more]) => ({
    method: method!.toLowerCase(),
    result: verdictOf(result!.toLowerCase()),
    domain: DOMAIN.exec(more!)?.[1]?.toLowerCase(),
  }));
  const best = (method: string): Verdict => {
    const told = results.filter((one) => one.method === method).map(({ result }) => result);
    // Of several signatures one suffices; of DMARC there is one word.
    return told.includes("pass") && (method !== "dmarc" || !told.includes("fail"))
      ? "pass"
      : (told.find((result) => result !== null) ?? null);
  };
  const passed = results.filter(({ method, result }) => method !== "dmarc" && result === "pass");
  return {
    spf: best("spf"),
    dkim: best("dkim"),
    dmarc: best("dmarc"),
    isHarmful: false,
    domains: passed.flatMap(({ domain }) => domain ?? []),
  };
}

function ownHeader(raw: Uint8Array, server: string): string | undefined {
  const head = new TextDecoder("latin1").decode(raw.subarray(0, LOOKED_AT)).split(/\r?\n\r?\n/, 1)[0]!;
  const headers = head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  const hops = headers.flatMap((header, index) => (/^received:/i.test(header) ? [index] : []));
  const ours = headers.slice(0, hops[1] ?? headers.length);
  const results = ours.flatMap((header) => /^authentication-results:\s*(.*)$/i.exec(header)?.[1] ?? []);
  const own = results.find((text) => text.split(/[\s;]/, 1)[0]!.toLowerCase() === server);
  return own?.slice(server.length);
}

function verdictOf(result: string): Verdict {
  if (result === "pass") return "pass";
  return result === "fail" || result === "softfail" || result === "permerror" ? "fail" : null;
}
