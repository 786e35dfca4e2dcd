import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { GeneratedFile } from "./generate.ts";

const WRANGLER = "node_modules/wrangler/bin/wrangler.js";

/** What wrangler.toml binds: the Worker does not compile with what nobody binds. */
export async function generateWorkerBindings(): Promise<GeneratedFile> {
  const folder = await mkdtemp(join(tmpdir(), "dunwell-types-"));
  try {
    const path = join(folder, "bindings.d.ts");
    // Not the secrets of whoever runs this, which wrangler would find beside it.
    const nothing = join(folder, ".env");
    await writeFile(nothing, "");
    // The platform's own types would take the place of Node's throughout.
    const args = ["types", path, "--include-runtime=false", "--strict-vars=false", `--env-file=${nothing}`];
    const env = { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "1" };
    await promisify(execFile)(process.execPath, [WRANGLER, ...args], { env });
    const [, members] = /interface __BaseEnv_Env \{\n(.*?)\n\}/s.exec(await readFile(path, "utf8"))!;
    const types = 'import type { Fetcher, Queue, RateLimit } from "./platform.ts";';
    return {
      path: "workers/bindings.generated.ts",
      content: `${types}\n\nexport type Bindings = {\n${members}\n};\n`,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
