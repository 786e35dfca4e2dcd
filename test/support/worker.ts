import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { createTestHarness, unstable_startWorker } from "wrangler";

const ROOT = join(import.meta.dirname, "../..");
const OFFLINE = { CLOUDFLARE_CF_FETCH_ENABLED: "false", WRANGLER_SEND_METRICS: "false", CI: "1" };

/** Builds what `wrangler deploy` would upload, into a folder. Answers its size as uploaded, compressed. */
export async function buildWorker(folder: string): Promise<{ gzipBytes: number }> {
  const wrangler = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
  const args = [wrangler, "deploy", "--dry-run", "--outdir", folder];
  await promisify(execFile)(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...OFFLINE } });
  const scripts = (await readdir(folder)).filter((name) => name.endsWith(".js"));
  const sizes = await Promise.all(
    scripts.map(async (name) => gzipSync(await readFile(join(folder, name))).length),
  );
  return { gzipBytes: sizes.reduce((sum, size) => sum + size, 0) };
}

type WorkerSettings = { vars: Record<string, string>; secrets: Record<string, string> };

/** Runs that build in workerd, with its cron and its queue. */
export async function startWorker(folder: string, settings: WorkerSettings) {
  Object.assign(process.env, OFFLINE);
  const harness = createTestHarness({
    workers: [{ configPath: join(ROOT, "wrangler.toml"), prebuiltWorkerDir: folder, ...settings }],
  });
  await harness.listen();
  return harness;
}

/** Runs the Worker in workerd with its inspector open, which the build as deployed is not given. */
export async function startInspectedWorker({ vars, secrets }: WorkerSettings) {
  Object.assign(process.env, OFFLINE);
  const bound = (type: "plain_text" | "secret_text", values: Record<string, string>) =>
    Object.entries(values).map(([name, value]) => [name, { type, value }] as const);
  const loopback = { hostname: "127.0.0.1", port: 0 };
  const worker = await unstable_startWorker({
    config: join(ROOT, "wrangler.toml"),
    bindings: Object.fromEntries([...bound("plain_text", vars), ...bound("secret_text", secrets)]),
    dev: { server: loopback, inspector: loopback, watch: false, persist: false, logLevel: "none" },
  });
  await worker.ready;
  return worker;
}

/** The workerds that this process started, by process id. Linux only. */
export async function workerds(): Promise<number[]> {
  const ids = (await readdir("/proc")).map(Number).filter(Number.isInteger);
  const stats = await Promise.all(ids.map((id) => readFile(`/proc/${id}/stat`, "utf8").catch(() => "")));
  return ids.filter((_, i) => {
    const [, name, parent] = /\((.*)\) \S (\d+)/.exec(stats[i]!) ?? [];
    return name === "workerd" && Number(parent) === process.pid;
  });
}
