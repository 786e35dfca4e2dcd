import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Audit, audit } from "./auditor/auditor.ts";
import { runTrial, type TrialReport } from "./trial.ts";

const ROOT = join(import.meta.dirname, "../..");
const SIZE = { customers: 30, invoices: 150 };
const KILLS_A_TRIAL = 50;
const QUIET_DAYS = 50;
const SHOWN = 5;

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "1000" },
    seed: { type: "string" },
    minutes: { type: "string" },
    "at-once": { type: "string", default: "2" },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
const endsAt = values.minutes
  ? performance.now() + Number(values.minutes) * 60_000
  : Number.POSITIVE_INFINITY;
const folder = await mkdtemp(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "dunwell-torture-"));
console.log(
  `seed ${seed}; ${values.kills} kills, ${KILLS_A_TRIAL} a company; repeat it with --seed ${seed} --kills ${values.kills}`,
);

const wanted = Number(values.kills);
let trials = 0;
let killed = 0;
const total: Record<string, Record<string, number>> = {};
const columns: Record<string, number> = {};
const kept: string[] = [];
await Promise.all(Array.from({ length: Number(values["at-once"]) }, work));
print();
process.exitCode = Object.values(columns).some((count) => count > 0) ? 1 : 0;
if (kept.length === 0) await rm(folder, { recursive: true, force: true });

async function work(): Promise<void> {
  while (killed < wanted && performance.now() < endsAt) {
    const number = trials++;
    const home = join(folder, `trial-${number}`);
    const kills = Math.min(KILLS_A_TRIAL, wanted - killed);
    const report = await runTrial({
      seed: seed + number,
      root: ROOT,
      folder: home,
      kills,
      size: SIZE,
      quietDays: QUIET_DAYS,
    });
    await tell(report, home, number);
  }
}

async function tell(
  { evidence, tally, surprises }: TrialReport,
  home: string,
  number: number,
): Promise<void> {
  killed += Object.values(tally.kills!).reduce((sum, count) => sum + count, 0);
  for (const [table, counts] of Object.entries(tally)) {
    total[table] ??= {};
    for (const [name, count] of Object.entries(counts))
      total[table][name] = (total[table][name] ?? 0) + count;
  }
  const found = await audit(evidence);
  for (const [column, findings] of Object.entries(found))
    columns[column] = (columns[column] ?? 0) + findings.length;
  const isClean = Object.values(found).every(({ length }) => length === 0) && surprises.length === 0;
  console.log(
    `company ${number} (seed ${evidence.seed}): ${evidence.mails.length} mails, ${killed} kills so far${isClean ? "" : describe(found, surprises)}`,
  );
  if (isClean) return rm(home, { recursive: true, force: true });
  await writeFile(join(home, "evidence.json"), JSON.stringify(evidence));
  console.log(`  kept: node test/torture/auditor/auditor.ts ${join(home, "evidence.json")}`);
  kept.push(home);
}

function describe(found: Audit, surprises: string[]): string {
  const lines = Object.entries(found).flatMap(([column, findings]) =>
    findings.slice(0, SHOWN).map((finding) => `${column}: ${JSON.stringify(finding)}`),
  );
  return ["", ...lines, ...surprises.slice(0, SHOWN).map((told) => told.slice(0, 400))].join("\n  ");
}

function print(): void {
  for (const [table, counts] of Object.entries(total)) {
    const told = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
    console.log(`\n${table}: ${told.map(([name, count]) => `${name} ${count}`).join(", ")}`);
  }
  console.log(`\n${killed} kills, ${trials} companies, seed ${seed}`);
  for (const [column, count] of Object.entries(columns))
    console.log(`  ${column.padEnd(20)}${String(count).padStart(6)}`);
}
