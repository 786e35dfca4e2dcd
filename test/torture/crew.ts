import { type ChildProcess, fork } from "node:child_process";
import { dirname, join } from "node:path";
import { endOf, environmentOf, type Ground, killChild, newRun } from "./child.ts";
import type { Run } from "./evidence.ts";

/** `dead`: the process was killed before it answered, so nobody knows whether it was done. */
export type Reply =
  | { kind: "done"; result: unknown }
  | { kind: "refused"; code: string; message: string }
  | { kind: "dead" };

export type Actor = {
  /** One deed at this moment; starts the process again where it was killed. */
  do(deed: string, at: number, input?: unknown): Promise<Reply>;
  kill(): Promise<void>;
  end(): Promise<void>;
};

type Message = { id: number; ok: boolean; result?: unknown; code?: string; message?: string };
type Started = {
  child: ChildProcess;
  run: Run;
  ended: Promise<void>;
  waiting: Map<number, (reply: Reply) => void>;
};

/** A person at the creditor, in a process that runs until it is killed. */
export function hireActor(ground: Ground, name: string): Actor {
  let started: Promise<Started> | null = null;
  let count = 0;
  return {
    async do(deed, at, input = {}) {
      started ??= startActor(ground, name);
      const { child, waiting } = await started;
      const id = ++count;
      const reply = new Promise<Reply>((resolve) => waiting.set(id, resolve));
      if (!child.connected || !child.send({ id, deed, at, input })) waiting.get(id)?.({ kind: "dead" });
      return reply;
    },
    async kill() {
      if (!started) return;
      const { child, run, ended } = await started;
      started = null;
      await killChild(child, run, "person");
      await ended;
    },
    async end() {
      if (!started) return;
      const { child, ended } = await started;
      started = null;
      child.kill();
      await ended;
    },
  };
}

async function startActor(ground: Ground, name: string): Promise<Started> {
  const path = `/${name}${ground.runs.length + 1}/`;
  const run = newRun(ground, { path, what: "person", at: 0 });
  const child = fork(join(ground.root, "test/torture/actor.ts"), {
    cwd: dirname(ground.database),
    env: environmentOf(ground, path),
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  child.stderr!.on("data", (chunk) => (run.errors += chunk));
  const waiting: Started["waiting"] = new Map();
  const ready = new Promise<Reply>((resolve) => waiting.set(0, resolve));
  child.on("message", (message: Message) => {
    waiting.get(message.id)?.(toReply(message));
    waiting.delete(message.id);
  });
  const ended = endOf(child, run).then(() => {
    for (const answer of waiting.values()) answer({ kind: "dead" });
    waiting.clear();
  });
  if ((await ready).kind === "dead") throw new Error(`a person's process did not start: ${run.errors}`);
  return { child, run, ended, waiting };
}

function toReply({ ok, result, code = "", message = "" }: Message): Reply {
  return ok ? { kind: "done", result } : { kind: "refused", code, message };
}
