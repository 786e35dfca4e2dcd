/** Where other systems may be told: https, and within one's own network only at hosts that are named, there over http too. */
export function refuseUrl(text: string, privateHosts: string[]): string | null {
  if (!URL.canParse(text)) return "is no address; write one like https://erp.example/hooks";
  const { protocol, username, password, hostname } = new URL(text);
  const isNamed = privateHosts.includes(hostname);
  if (protocol !== "https:" && !(isNamed && protocol === "http:")) return "has to start with https://";
  if (username || password) return "carries a name or a password; the signature proves who tells";
  if (isNamed || isPublicHost(hostname)) return null;
  return "leads into a private network; WEBHOOK_PRIVATE_HOSTS names the hosts there that may be told";
}

/** Whether a host is none of the machine's own or of a private network, as far as its name or address tells. */
export function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$|\.$/g, "").toLowerCase();
  if (/^[\d.]+$/.test(host) || host.includes(":")) return isPublicAddress(host);
  return host.includes(".") && !/\.(localhost|local|internal|home\.arpa|lan|intranet|onion)$/.test(host);
}

// RFC 6890 and its registries: what is not reachable from everywhere. https://www.iana.org/assignments/iana-ipv4-special-registry
const PRIVATE_V4 =
  /^(0|10|127|169\.254|192\.168|192\.0\.0|192\.0\.2|198\.1[89]|198\.51\.100|203\.0\.113|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|22[4-9]|2[3-5]\d)\./;
const GLOBAL_V6 = /^[23][\da-f]{0,3}:/;
// Tunnels that carry a private address of IPv4, and addresses for documents.
const NOT_GLOBAL_V6 = /^(2001:(0{0,4}:|db8:)|2002:)/;

/** The same of an address, IPv4 with dots or IPv6. */
export function isPublicAddress(address: string): boolean {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isPublicAddress(mapped);
  if (!address.includes(":")) return !PRIVATE_V4.test(address);
  const text = address.toLowerCase();
  return GLOBAL_V6.test(text) && !NOT_GLOBAL_V6.test(text);
}
