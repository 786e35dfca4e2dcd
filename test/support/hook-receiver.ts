import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { onTestFinished, vi } from "vitest";
import type { Instant } from "../../src/domain/zone.ts";

export type Received = {
  id: string;
  type: string;
  timestamp: string;
  data: Record<string, unknown>;
  body: string;
};

export type HookReceiver = {
  url: string;
  /** Its secret, once the endpoint was added. */
  secret: string;
  /** What came with a good signature of just now, in order. */
  received: Received[];
  /** What came otherwise. */
  forged: number;
  /** What it answers from now on; null: never. */
  answer: number | null;
};

/** A system that is told, as the Standard Webhooks library has it: on its own port, with the test's clock. */
export async function startHookReceiver(clock: () => Instant): Promise<HookReceiver> {
  const receiver: HookReceiver = { url: "", secret: "", received: [], forged: 0, answer: 204 };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString("utf8");
    const headers = request.headers as Record<string, string>;
    if (isGenuine(receiver.secret, { body, headers, at: clock() }))
      receiver.received.push({ id: headers["webhook-id"]!, body, ...JSON.parse(body) });
    else receiver.forged++;
    if (receiver.answer === null) return;
    response
      .writeHead(receiver.answer, { Location: `${receiver.url}elsewhere` })
      .end("thanks, and a long story");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return receiver;
}

/** The library looks at the machine's clock. */
function isGenuine(
  secret: string,
  told: { body: string; headers: Record<string, string>; at: Instant },
): boolean {
  vi.useFakeTimers({ toFake: ["Date"], now: told.at });
  try {
    new Webhook(secret).verify(told.body, told.headers);
    return true;
  } catch {
    return false;
  } finally {
    vi.useRealTimers();
  }
}
