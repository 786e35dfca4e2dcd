const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const REGION = "[a-z]{2}(?:-[a-z]+)+-\\d+";
const LARGEST_ANSWER_BYTES = 64 * 1024;
const ANSWER_WITHIN_MS = 5_000;

/**
 * Whether SNS publishes a certificate at this address. The host alone proves nothing: SNS answers on it what anybody made it
 * say, at other paths.
 */
export function isCertificateAddress(address: string, hosts: string[]): boolean {
  const url = snsAddress(address, hosts);
  if (!url || url.search || url.hash) return false;
  return LOOPBACK.test(url.hostname) || /^\/SimpleNotificationService-[0-9a-f]+\.pem$/.test(url.pathname);
}

/** Whether a subscription to this topic is confirmed at this address. */
export function isConfirmationAddress(
  address: string,
  { hosts, topic }: { hosts: string[]; topic: string },
): boolean {
  const url = snsAddress(address, hosts);
  if (!url) return false;
  const asked = url.searchParams;
  const isConfirmation = asked.get("Action") === "ConfirmSubscription" && asked.get("TopicArn") === topic;
  return LOOPBACK.test(url.hostname) || (url.pathname === "/" && isConfirmation);
}

/** The address where it lies on one of these hosts, each with or without its port, `*` standing for a region; https, but for loopback. */
function snsAddress(address: string, hosts: string[]): URL | null {
  const url = URL.parse(address);
  if (!url || url.username || url.password) return null;
  if (url.protocol !== "https:" && !(url.protocol === "http:" && LOOPBACK.test(url.hostname))) return null;
  const known = hosts.map((host) => host.toLowerCase());
  // The standard port, or a port on loopback, needs no mention.
  const isPlain = url.port === "" || LOOPBACK.test(url.hostname);
  const isKnown = known.some((host) => matches(url.host, host) || (isPlain && matches(url.hostname, host)));
  return isKnown ? url : null;
}

function matches(host: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.[\]\\^$|?+(){}]/g, "\\$&"));
  return new RegExp(`^${parts.join(REGION)}$`).test(host);
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
