import { once } from "node:events";

export type Inspector = {
  /** What JavaScript still uses after its garbage was collected, in megabytes. */
  liveHeapMb(): Promise<number>;
  close(): void;
};

/** Speaks the protocol that Node and workerd have in common: https://chromedevtools.github.io/devtools-protocol/v8/ */
export async function inspect(url: string): Promise<Inspector> {
  // wrangler lets in no page but its own.
  const socket = new WebSocket(url, { headers: { Origin: "http://localhost" } } as never);
  await once(socket, "open");
  let asked = 0;
  const ask = async (method: string) => {
    const id = ++asked;
    const { promise, resolve } = Promise.withResolvers<Record<string, number>>();
    const hear = ({ data }: MessageEvent) => {
      const answer = JSON.parse(data);
      if (answer.id !== id) return;
      socket.removeEventListener("message", hear);
      resolve(answer.result);
    };
    socket.addEventListener("message", hear);
    socket.send(JSON.stringify({ id, method }));
    return promise;
  };
  return {
    async liveHeapMb() {
      await ask("HeapProfiler.collectGarbage");
      const { usedSize } = await ask("Runtime.getHeapUsage");
      return usedSize! / 2 ** 20;
    },
    close: () => socket.close(),
  };
}
