import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { createTestHarness } from "wrangler";

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

/** Runs that build in workerd, with its cron and its queue. */
export async function startWorker(
  folder: string,
  settings: { vars: Record<string, string>; secrets: Record<string, string> },
) {
  Object.assign(process.env, OFFLINE);
  const harness = createTestHarness({
    workers: [{ configPath: join(ROOT, "wrangler.toml"), prebuiltWorkerDir: folder, ...settings }],
  });
  await harness.listen();
  return harness;
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
