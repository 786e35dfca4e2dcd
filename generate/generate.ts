import { readFile, writeFile } from "node:fs/promises";
import { generateEmails } from "./emails.ts";
import { generateHolidays } from "./holidays.ts";
import { generateMigrations } from "./migrations.ts";

export type GeneratedFile = { path: string; content: string };

const GENERATORS: (() => Promise<GeneratedFile>)[] = [generateEmails, generateHolidays, generateMigrations];

/** Writes what is made at build time; with `--check` only tells whether it is up to date. */
const isCheck = process.argv.includes("--check");
let stale = 0;
for (const generate of GENERATORS) {
  const { path, content } = await generate();
  const present = await readFile(path, "utf8").catch(() => "");
  if (present === content) continue;
  stale++;
  if (isCheck) console.error(`${path} is out of date: run npm run generate`);
  else {
    await writeFile(path, content);
    console.error(`wrote ${path}`);
  }
}
if (isCheck && stale > 0) process.exitCode = 1;
