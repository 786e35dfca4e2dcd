import { join } from "node:path";
import { parseArgs } from "node:util";
import { BREAKS, breakIn } from "./break.ts";
import { type Campaign, runCampaign } from "./campaign.ts";

const ROOT = join(import.meta.dirname, "../..");
const SIZE = { customers: 30, invoices: 150 };
const KILLS_A_TRIAL = 50;
const QUIET_DAYS = 50;
const KILLS_A_BREAK = 50;

const { values } = parseArgs({
  options: {
    kills: { type: "string" },
    seed: { type: "string" },
    minutes: { type: "string" },
    "at-once": { type: "string", default: "2" },
    break: { type: "string" },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
const endsAt = values.minutes
  ? performance.now() + Number(values.minutes) * 60_000
  : Number.POSITIVE_INFINITY;

if (values.break === undefined) await torture();
else await proveAuditor(values.break);

async function torture(): Promise<void> {
  const kills = Number(values.kills ?? 1000);
  console.log(`seed ${seed}, ${kills} kills; a company alone: --seed ITS_SEED --kills ${KILLS_A_TRIAL}`);
  const campaign = await run(ROOT, kills, console.log);
  print(campaign);
  const isClean = Object.values(campaign.columns).every(({ length }) => length === 0);
  process.exitCode = isClean && campaign.surprises.length === 0 ? 0 : 1;
}

/** Breaks a guard in a copy of the code, and expects the auditor to say so. */
async function proveAuditor(wanted: string): Promise<void> {
  const names = wanted === "all" ? Object.keys(BREAKS) : wanted.split(",");
  console.log(`seed ${seed}`);
  for (const name of names) {
    await using broken = await breakIn(ROOT, name);
    const { columns, surprises } = await run(
      broken.root,
      Number(values.kills ?? KILLS_A_BREAK),
      () => undefined,
    );
    const seen = Object.entries(columns).flatMap(([column, { length }]) =>
      length > 0 ? [`${column} ${length}`] : [],
    );
    const isReported = broken.reportedAs.every((column) => columns[column]?.length);
    if (!isReported) process.exitCode = 1;
    const others = surprises.length > 0 ? `; ${surprises.length} surprises` : "";
    console.log(
      `${isReported ? "reported" : "NOT REPORTED"}  ${name}: ${seen.join(", ") || "nothing"}${others}`,
    );
  }
}

function run(root: string, kills: number, tell: (line: string) => void): Promise<Campaign> {
  const atOnce = Number(values["at-once"]);
  return runCampaign({
    root,
    seed,
    kills,
    killsATrial: KILLS_A_TRIAL,
    atOnce,
    endsAt,
    size: SIZE,
    quietDays: QUIET_DAYS,
    tell,
  });
}

function print({ tally, columns, kills, trials, surprises }: Campaign): void {
  for (const [table, counts] of Object.entries(tally)) {
    const told = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
    console.log(`\n${table}: ${told.map(([name, count]) => `${name} ${count}`).join(", ")}`);
  }
  console.log(`\n${kills} kills, ${trials} companies, seed ${seed}, ${surprises.length} surprises`);
  for (const [column, { length }] of Object.entries(columns)) {
    console.log(`  ${column.padEnd(20)}${String(length).padStart(6)}`);
  }
}
