import { BlockList, isIP } from "node:net";

/**
 * Whose request it is: the other end of the connection, or where that is a trusted proxy, the last address in `X-Forwarded-For` that is
 * none. What stands before it anybody may have written. `proxies` are addresses and networks (`10.0.0.0/8`).
 */
export function createClientAddress(
  proxies: string[],
): (connection: string | undefined, forwardedFor: string | undefined) => string | null {
  const trusted = new BlockList();
  for (const proxy of proxies) {
    const [address = "", bits] = proxy.split("/");
    const family = familyOf(address);
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }
  const isTrusted = (address: string) => isIP(address) !== 0 && trusted.check(address, familyOf(address));
  return (connection, forwardedFor = "") => {
    const hops = forwardedFor.split(",").map((hop) => hop.trim());
    let client = connection ?? null;
    while (client !== null && isTrusted(client) && isIP(hops.at(-1) ?? "")) client = hops.pop()!;
    return client;
  };
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}
