import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { generateEmails } from "./emails.ts";
import { generateHolidays } from "./holidays.ts";
import { generateMigrations } from "./migrations.ts";
import { generateChineseFont, generateEuropeanFont } from "./statement-fonts.ts";
import { generateWorkerBindings } from "./worker-bindings.ts";

type TextFile = { path: string; content: string };
/** Stored packed, and compared unpacked: packers differ from one Node to the next. */
type PackedFile = {
  path: string;
  content: Buffer;
  pack(bytes: Buffer): Buffer;
  unpack(bytes: Buffer): Buffer;
};
export type GeneratedFile = TextFile | PackedFile;

const GENERATORS: (() => Promise<GeneratedFile>)[] = [
  generateEmails,
  generateHolidays,
  generateMigrations,
  generateChineseFont,
  generateEuropeanFont,
  generateWorkerBindings,
];

/** Writes what is made at build time; with `--check` only tells whether it is up to date. */
const isCheck = process.argv.includes("--check");
let stale = 0;
for (const generate of GENERATORS) {
  const file = await generate();
  const { path } = file;
  const present = await readFile(path).catch(() => null);
  if (present !== null && isSame(file, present)) continue;
  stale++;
  if (isCheck) console.error(`${path} is out of date: run npm run generate`);
  else {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, "pack" in file ? file.pack(file.content) : file.content);
    console.error(`wrote ${path}`);
  }
}
if (isCheck && stale > 0) process.exitCode = 1;

function isSame(file: GeneratedFile, present: Buffer): boolean {
  return "pack" in file
    ? file.unpack(present).equals(file.content)
    : present.toString("utf8") === file.content;
}
