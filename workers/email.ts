import { authenticationResults } from "../src/email/authentication-results.ts";
import { takeMail } from "../src/reminders/replies/take-mail.ts";
import type { Services } from "../src/services.ts";

/** As Cloudflare's own servers name themselves in what they found out about a sender. */
const RECEIVER = "mx.cloudflare.net";

/** Takes a mail of Cloudflare Email Routing, which delivers at most 25 MB. */
export async function takeRoutedMail(
  services: Services,
  { stream, to }: { stream: ReadableStream<Uint8Array>; to: string },
): Promise<void> {
  const raw = new Uint8Array(await new Response(stream).arrayBuffer());
  const verdicts = authenticationResults(raw, RECEIVER);
  await takeMail(services, { raw, receivedAt: services.clock(), recipients: [to], verdicts });
}
