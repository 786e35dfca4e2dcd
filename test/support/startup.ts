import { type ChildProcess, spawn } from "node:child_process";
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";

const ROUNDS = 5;
const WORKERD: string = createRequire(import.meta.url)("workerd").default;
/** What the yardstick costs while nothing else runs: the least of forty measurements on two cores. */
const YARDSTICK_IDLE_MS = 75;
const ANSWER = `export default { fetch: () => new Response("up") };`;

/**
 * Milliseconds of CPU that workerd takes to read and evaluate a script, before its first answer, beyond those of an empty one. They are
 * those of an idle machine: a fixed amount of like work beside it says how much slower it is right now. Linux only.
 */
export async function startupMs(script: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "dunwell-startup-"));
  try {
    await writeFile(join(folder, "empty.js"), "");
    await writeFile(join(folder, "yardstick.js"), yardstick());
    await copyFile(script, join(folder, "script.js"));
    const least = { empty: Infinity, yardstick: Infinity, script: Infinity };
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of ["empty", "yardstick", "script"] as const)
        least[name] = Math.min(least[name], await startOnce(folder, name));
    }
    if (process.env.DEBUG) console.error(least);
    return ((least.script - least.empty) * YARDSTICK_IDLE_MS) / (least.yardstick - least.empty);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Thousands of small functions to read, of which each runs once. */
function yardstick(): string {
  const lines = Array.from({ length: 5_000 }, (_, i) => {
    const body = `const kept = { key: ${i}, text: "text ${i}", ...given }; return [kept.key, kept.text].join();`;
    return `const made${i} = (given) => { ${body} }; made${i}({ other: ${i} });`;
  });
  return lines.join("\n");
}

async function startOnce(folder: string, name: string): Promise<number> {
  await writeFile(join(folder, "main.js"), `import "./${name}.js";\n${ANSWER}`);
  await writeFile(join(folder, "config.capnp"), configOf(name));
  const child = spawn(WORKERD, ["serve", join(folder, "config.capnp"), "--control-fd=3"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  try {
    const answer = await fetch(`http://127.0.0.1:${await portOf(child)}`);
    if ((await answer.text()) !== "up") throw new Error("the script did not start");
    return await cpuMs(child.pid!);
  } finally {
    child.kill("SIGKILL");
  }
}

function configOf(name: string): string {
  const modules = ["main", name].map((one) => `(name = "${one}.js", esModule = embed "${one}.js")`);
  return `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [(name = "main", worker = (modules = [${modules}], compatibilityDate = "2026-10-01"))],
      sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
    );`;
}

async function portOf(child: ChildProcess): Promise<number> {
  for await (const line of createInterface({ input: child.stdio[3] as Readable })) {
    const told = JSON.parse(line) as { event: string; port: number };
    if (told.event === "listen") return told.port;
  }
  throw new Error("workerd did not start");
}

/** Of all its threads; the first field of each is in nanoseconds. */
export async function cpuMs(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`);
  const spent = await Promise.all(
    threads.map(async (id) =>
      Number.parseInt(await readFile(`/proc/${pid}/task/${id}/schedstat`, "utf8"), 10),
    ),
  );
  return spent.reduce((sum, ns) => sum + ns, 0) / 1e6;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(await startupMs(process.argv[2]!));
