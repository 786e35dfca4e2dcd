import { execFile } from "node:child_process";
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SETTING_NAMES } from "../src/config.ts";

const run = promisify(execFile);
const dunwell = new URL("../src/cli/dunwell.js", import.meta.url).pathname;

const OPEN_ITEMS = `invoice_number,customer_ref,customer_name,customer_email,currency,amount,issued_on,due_on
INV-7,C1,Globex,bills@globex.example,EUR,1200.00,2026-01-05,2026-02-04
`;

/** A day on which the README's example dates are still to come. */
const READ_AT = "2026-03-02T09:00:00Z";

let readme: string;
let folder: string;

beforeAll(async () => {
  readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  folder = await mkdtemp(join(tmpdir(), "dunwell-readme-"));
  await writeFile(join(folder, "creditor.json"), blocks("json")[0]!);
  await writeFile(join(folder, "open-items.csv"), OPEN_ITEMS);
  await writeFile(join(folder, "contract.pdf"), "%PDF-1.4\n%%EOF\n");
  await writeFile(join(folder, "reply.eml"), "From: ap@globex.example\n\nWe will pay on Friday.\n");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map((block) => block[1]!);

test("every command that the README tells a newcomer to run works, in its order", async () => {
  const commands = [...readme.matchAll(/^npx dunwell (.*?)(?: +#.*)?$/gm)].map((line) => line[1]!);
  expect(commands.length).toBeGreaterThan(4);
  for (const command of commands) {
    // Serving does not end by itself; test/cli/serve.test.ts does that.
    if (command === "serve") continue;
    const { stdout } = await run(
      "sh",
      ["-c", `"$0" "$1" --at ${READ_AT} ${command}`, process.execPath, dunwell],
      {
        cwd: folder,
      },
    );
    expect(stdout, command).not.toBe("");
  }
});

test("every setting that the README names is one", async () => {
  const named = [...readme.matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`/g)].map((match) => match[1]!);
  for (const name of named) expect(SETTING_NAMES, name).toContain(name);
});

test("every setting is in the README's table", () => {
  const table = readme.match(/^\| `[A-Z].*$/gm)!.join("\n");
  for (const name of SETTING_NAMES) expect(table, name).toContain(`\`${name}\``);
});

test("every folder that the README lists is there", async () => {
  const folders = [...readme.matchAll(/^\| ((?:`[a-z-]+\/[a-z./-]*`,? ?)+) \|/gm)].flatMap((row) => [
    ...row[1]!.matchAll(/`([^`]+)`/g),
  ]);
  expect(folders.length).toBeGreaterThan(10);
  for (const [, path] of folders) await access(new URL(`../${path}`, import.meta.url));
});
