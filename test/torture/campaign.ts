import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Audit, audit } from "./auditor/auditor.ts";
import { runTrial, type TrialOptions, type TrialReport } from "./trial.ts";

export type CampaignOptions = Pick<TrialOptions, "root" | "size" | "quietDays"> & {
  seed: number;
  kills: number;
  killsATrial: number;
  /** Companies at once, and at the most in all. */
  atOnce: number;
  most?: number;
  /** By `performance.now()`: no company begins after it. */
  endsAt?: number;
  tell(line: string): void;
};

export type Campaign = {
  kills: number;
  trials: number;
  /** How often what happened, by what it is about. */
  tally: TrialReport["tally"];
  /** What the auditor found, by column. */
  columns: Audit;
  /** What was refused or ended though nothing should have been in the way. */
  surprises: string[];
};

const SHOWN = 5;
const SHOWN_LENGTH = 400;

/** Company after company until as many processes were killed; the folder of one that is not clean is kept. */
export async function runCampaign(options: CampaignOptions): Promise<Campaign> {
  const { seed, most = Number.POSITIVE_INFINITY, endsAt = Number.POSITIVE_INFINITY } = options;
  const folder = await mkdtemp(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "dunwell-torture-"));
  const campaign: Campaign = { kills: 0, trials: 0, tally: {}, columns: {}, surprises: [] };
  let hasKept = false;
  let hasFallen = false;
  const work = async () => {
    while (
      !hasFallen &&
      campaign.kills < options.kills &&
      campaign.trials < most &&
      performance.now() < endsAt
    ) {
      const home = join(folder, `company-${campaign.trials}`);
      const own = { seed: seed + campaign.trials++, folder: home };
      const isClean = await runOne(campaign, options, own).catch((error: Error) => {
        campaign.surprises.push(`the company of seed ${own.seed} fell over: ${error.stack}`);
        options.tell(campaign.surprises.at(-1)!);
        hasFallen = true;
        return false;
      });
      if (isClean) await rm(home, { recursive: true, force: true });
      else hasKept = true;
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, work));
  if (!hasKept) await rm(folder, { recursive: true, force: true });
  return campaign;
}

async function runOne(
  campaign: Campaign,
  { root, size, quietDays, kills, killsATrial, tell }: CampaignOptions,
  { seed, folder }: { seed: number; folder: string },
): Promise<boolean> {
  const report = await runTrial({ seed, root, folder, kills: Math.min(kills, killsATrial), size, quietDays });
  const { evidence, tally, surprises } = report;
  const found = await audit(evidence);
  add(campaign, report, found);
  const lines = describe(found, surprises);
  tell(`company of seed ${seed}: ${evidence.mails.length} mails, ${sumOf(tally.kills!)} kills${lines}`);
  if (lines === "") return true;
  const path = join(folder, "evidence.json");
  await writeFile(path, JSON.stringify(evidence));
  tell(`  kept: node test/torture/auditor/auditor.ts ${path}`);
  return false;
}

function add(campaign: Campaign, { tally, surprises }: TrialReport, found: Audit): void {
  campaign.kills += sumOf(tally.kills!);
  campaign.surprises.push(...surprises);
  for (const [column, findings] of Object.entries(found)) {
    campaign.columns[column] = [...(campaign.columns[column] ?? []), ...findings];
  }
  for (const [table, counts] of Object.entries(tally)) {
    campaign.tally[table] ??= {};
    const total = campaign.tally[table];
    for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count;
  }
}

function describe(found: Audit, surprises: string[]): string {
  const findings = Object.entries(found).flatMap(([column, own]) =>
    own.slice(0, SHOWN).map((finding) => `${column}: ${JSON.stringify(finding)}`),
  );
  const lines = [...findings, ...surprises.slice(0, SHOWN).map((told) => told.slice(0, SHOWN_LENGTH))];
  return lines.map((line) => `\n  ${line}`).join("");
}

function sumOf(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
