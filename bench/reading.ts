import { readdirSync, readFileSync } from "node:fs";
import { formatCivilDay, parseCivilDay } from "../src/domain/civil-date.ts";
import { type ReadReply, readReply } from "../src/domain/reply/read-reply.ts";

// How often replies are understood, by language and kind, and how fast. Every second sentence was kept back while the rules were
// written; `--failures` lists what is misread of the others.
type Labelled = { text: string; kind: string; on?: string; amount?: string };
type Score = { right: number; of: number };

const FOLDER = new URL("../test/reply/labelled/", import.meta.url);
const WRITTEN_ON = parseCivilDay("2026-11-19")!;
const setting = { writtenOn: WRITTEN_ON, offsetMinutes: 60 };

const scores = new Map<string, { seen: Score; kept: Score }>();
const all: string[] = [];
for (const file of readdirSync(FOLDER).sort()) {
  const labelled: Labelled[] = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"));
  for (const [index, one] of labelled.entries()) {
    judge(file.replace(".json", ""), one, index % 2 === 0 ? "seen" : "kept");
  }
  all.push(...labelled.map(({ text }) => text));
}
printScores();
printSpeed();

function judge(language: string, one: Labelled, half: "seen" | "kept"): void {
  const read = readReply(one.text, setting);
  const isRight = read.kind === one.kind;
  count(`${language}  all`, half, isRight);
  count(`${language}  ${one.kind}`, half, isRight);
  if (one.kind === "promise") {
    count(`${language}  promise, day`, half, said(read).on === (one.on ?? null));
    count(`${language}  promise, amount`, half, said(read).amount === (one.amount ?? null));
  }
  const isWhole =
    isRight &&
    (one.kind !== "promise" ||
      (said(read).on === (one.on ?? null) && said(read).amount === (one.amount ?? null)));
  if (!isWhole && half === "seen" && process.argv.includes("--failures")) {
    console.log(
      `${language} ${one.kind} ${one.on ?? ""} ${one.amount ?? ""} read as ${read.kind} ${JSON.stringify(said(read))}: ${one.text}`,
    );
  }
}

function said({ promise }: ReadReply): { on: string | null; amount: string | null } {
  const on = promise?.on ?? null;
  const amount = promise?.amount ? [promise.amount, promise.currency].filter(Boolean).join(" ") : null;
  return { on: on === null ? null : formatCivilDay(on), amount };
}

function count(name: string, half: "seen" | "kept", isRight: boolean): void {
  const score = scores.get(name) ?? { seen: { right: 0, of: 0 }, kept: { right: 0, of: 0 } };
  scores.set(name, score);
  score[half].of++;
  if (isRight) score[half].right++;
}

function printScores(): void {
  console.log(`${"".padEnd(22)}  ${"seen".padStart(12)}  ${"kept back".padStart(12)}`);
  for (const [name, { seen, kept }] of [...scores].sort(([one], [other]) => one.localeCompare(other))) {
    console.log(`${name.padEnd(22)}  ${share(seen)}  ${share(kept)}`);
  }
}

function share({ right, of }: Score): string {
  const percent = of ? `${Math.round((100 * right) / of)} %` : "-";
  return `${`${right}/${of}`.padStart(6)} ${percent.padStart(5)}`;
}

function printSpeed(): void {
  const rounds = 20;
  const start = performance.now();
  for (let round = 0; round < rounds; round++) for (const text of all) readReply(text, setting);
  const seconds = (performance.now() - start) / 1000;
  console.log(`\n${Math.round((rounds * all.length) / seconds)} replies a second`);
}
