const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const LARGEST_ANSWER_BYTES = 64 * 1024;
const ANSWER_WITHIN_MS = 5_000;

/**
 * Whether an address lies on one of the hosts that SNS is asked at. A host may be given with its port; `*` stands for one label.
 * Only https, but for loopback.
 */
export function isSnsAddress(address: string, hosts: string[]): boolean {
  const url = URL.parse(address);
  if (!url || url.username || url.password) return false;
  if (url.protocol !== "https:" && !(url.protocol === "http:" && LOOPBACK.test(url.hostname))) return false;
  const known = hosts.map((host) => host.toLowerCase());
  // The standard port, or a port on loopback, needs no mention.
  const isPlain = url.port === "" || LOOPBACK.test(url.hostname);
  return known.some((host) => matches(url.host, host) || (isPlain && matches(url.hostname, host)));
}

function matches(host: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.[\]\\^$|?+(){}]/g, "\\$&"));
  return new RegExp(`^${parts.join("[a-z0-9-]+")}$`).test(host);
}

/** Gets what is at an address of SNS, following no redirect. Null for anything but a short answer of status 200. */
export async function getFromSns(address: string): Promise<string | null> {
  try {
    const response = await fetch(address, {
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    if (response.status !== 200) return null;
    const text = await response.text();
    return text.length > LARGEST_ANSWER_BYTES ? null : text;
  } catch {
    return null;
  }
}
