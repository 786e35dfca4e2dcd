const PLAIN_ADDRESS =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/i;

/** The bare address of `Name <address>` or of an address alone, its domain in ASCII (RFC 5891), as an envelope needs it. */
export function envelopeAddress(mailbox: string): string {
  const address = (/<([^<>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim();
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1);
  const needsAscii = at > 0 && [...domain].some((char) => char > "\x7f");
  if (!needsAscii || !URL.canParse(`http://${domain}`)) return address;
  return `${address.slice(0, at + 1)}${new URL(`http://${domain}`).hostname}`;
}

/** Whether every server takes this address as written: dot-atoms of ASCII, RFC 5321 section 4.1.2. */
export function isPlainAddress(mailbox: string): boolean {
  return PLAIN_ADDRESS.test(envelopeAddress(mailbox));
}
