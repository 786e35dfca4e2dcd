/** A message's text as Slack shows it: https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function plainText(escaped: string): string {
  return escaped.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** One line of what others wrote, without mentions, links or format: https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function escaped(untrusted: string, length: number): string {
  const flat = untrusted.replace(/\s+/g, " ").trim();
  const chars = [...flat];
  const cut = chars.length > length ? `${chars.slice(0, length - 1).join("")}…` : flat;
  return cut.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
