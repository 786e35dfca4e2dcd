import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { type Answer, type Engine, HranaError, openEngine, type Request } from "./hrana-engine.ts";

export type HranaServer = {
  url: string;
  /** Requests answered since the start or the last reset. */
  roundTrips: number;
  /** Gives up every transaction under way, as a server does that is replaced. */
  expireStreams(): void;
  close(): Promise<void>;
};

type Pipeline = { baton: string | null; requests: Request[] };
type Outcome = { type: "ok" | "error"; response?: Answer; error?: { message: string; code: string } };
type Options = { file: string; port?: number; latencyMs?: number };

/** A remote libSQL database on loopback: Hrana over HTTP, version 2, JSON, in front of the embedded engine. */
export async function startHranaServer({ file, port = 0, latencyMs = 0 }: Options): Promise<HranaServer> {
  const streams = createStreams(file);
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    try {
      if (request.method === "GET" && request.url === "/v2") return answer(200, {});
      if (request.method !== "POST" || request.url !== "/v2/pipeline")
        return answer(404, { message: "not here" });
      hrana.roundTrips += 1;
      const pipeline = JSON.parse(await readBody(request)) as Pipeline;
      if (latencyMs > 0) await pause(latencyMs);
      answer(200, await streams.run(pipeline));
    } catch (error) {
      const { message, code } = error as HranaError;
      answer(400, { message, code });
    }
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const hrana: HranaServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    roundTrips: 0,
    expireStreams: () => streams.expire(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      streams.close();
    },
  };
  return hrana;
}

/** A stream is a connection of its own, kept between requests by its baton until the client closes it. */
function createStreams(file: string) {
  const open = new Map<string, Engine>();
  const idle: Engine[] = [];
  const busy = new Set<Engine>();
  const isLocked = (asker: object) =>
    [...busy].some((engine) => engine !== asker && engine.isInTransaction());

  function take(baton: string | null): Engine {
    if (!baton) return idle.pop() ?? openEngine(file, isLocked);
    const engine = open.get(baton);
    if (!engine) throw new HranaError("the stream has expired", "STREAM_EXPIRED");
    open.delete(baton);
    return engine;
  }

  return {
    async run({ baton, requests }: Pipeline) {
      const engine = take(baton);
      busy.add(engine);
      const results = [];
      for (const request of requests) results.push(await outcome(engine, request));
      if (requests.some((request) => request.type === "close")) {
        busy.delete(engine);
        // The engine keeps a failed statement open until it is collected, and refuses the next COMMIT meanwhile.
        if (results.some(hasFailed)) engine.close();
        else idle.push(engine.reset());
        return { baton: null, base_url: null, results };
      }
      const next = randomUUID();
      open.set(next, engine);
      return { baton: next, base_url: null, results };
    },
    expire() {
      for (const engine of open.values()) {
        busy.delete(engine);
        idle.push(engine.reset());
      }
      open.clear();
    },
    close() {
      for (const engine of [...idle, ...busy]) engine.close();
    },
  };
}

function hasFailed({ type, response }: Outcome): boolean {
  const result = response?.result;
  return (
    type === "error" || (result !== undefined && "step_errors" in result && result.step_errors.some(Boolean))
  );
}

async function outcome(engine: Engine, request: Request): Promise<Outcome> {
  try {
    return { type: "ok", response: await engine.answer(request) };
  } catch (error) {
    if (!(error instanceof HranaError)) throw error;
    return { type: "error", error: { message: error.message, code: error.code } };
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      file: { type: "string", default: "./hrana.db" },
      port: { type: "string", default: "0" },
      latency: { type: "string", default: "0" },
    },
  });
  const options = { file: values.file, port: Number(values.port), latencyMs: Number(values.latency) };
  console.log((await startHranaServer(options)).url);
}
