import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { evidenceFiles, type Packed } from "../../src/evidence/bundle.ts";
import { zip } from "../../src/evidence/zip.ts";
import { gatherEvidence } from "../../src/reminders/operation/gather-evidence.ts";
import type { Services } from "../../src/services.ts";
import { makeFolder } from "../support/folder.ts";

const run = promisify(execFile);

/** Packs the evidence for an invoice. */
export async function pack(services: Services, invoiceNumber: string) {
  const evidence = await gatherEvidence(services, { invoiceNumber });
  let packed: Packed | undefined;
  const chunks: Uint8Array[] = [];
  const files = evidenceFiles(evidence, (result) => {
    packed = result;
  });
  for await (const chunk of zip(files)) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), ...packed! };
}

export type Bundle = {
  folder: string;
  paths: string[];
  text(path: string): Promise<string>;
  // biome-ignore lint/suspicious/noExplicitAny: each file holds something else
  json(path: string): Promise<any>;
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** What its own program says of it: nothing wrong, or a sentence for each fault. */
  verify(): Promise<string[]>;
};

/** Unpacks into a folder of its own by Python, where there is one: a reader that nobody here wrote. */
export async function unpack(bytes: Uint8Array): Promise<Bundle> {
  const folder = await makeFolder("evidence");
  const archive = join(folder, "..", `${folder.split("/").at(-1)}.zip`);
  await writeFile(archive, bytes);
  const unpacked = unzipSync(bytes);
  await run("python3", ["-m", "zipfile", "-e", archive, folder]).catch(() => writeAll(folder, unpacked));
  await rm(archive);
  return {
    folder,
    paths: Object.keys(unpacked),
    text: (path) => readFile(join(folder, path), "utf8"),
    json: async (path) => JSON.parse(await readFile(join(folder, path), "utf8")),
    write: (path, content) => writeFile(join(folder, path), content),
    verify: () =>
      run(process.execPath, ["verify.mjs"], { cwd: folder }).then(
        () => [],
        ({ stderr }) => String(stderr).trim().split("\n"),
      ),
  };
}

async function writeAll(folder: string, files: Record<string, Uint8Array>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
