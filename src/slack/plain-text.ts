/** A message's text as Slack shows it: https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function plainText(escaped: string): string {
  return escaped.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
