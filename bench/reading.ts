import { readdirSync, readFileSync } from "node:fs";
import { formatCivilDay, parseCivilDay } from "../src/domain/civil-date.ts";
import { type ReadReply, readReply } from "../src/domain/reply/read-reply.ts";
import { perSecond, type Section, time } from "./table.ts";

type Labelled = { text: string; kind: string; on?: string; amount?: string };
type Set = "seen" | "kept back" | "blind" | "fresh";
type Scores = Map<string, Record<Set, { right: number; of: number }>>;

const TESTS = new URL("../test/reply/", import.meta.url);
const SETTING = { writtenOn: parseCivilDay("2026-11-19")!, offsetMinutes: 60 };
const ROUNDS = 20;

/**
 * How often replies are understood, by language and kind, and how fast. Of the labelled ones every second was kept back while the
 * rules were written; the blind ones were written without sight of the rules, and then served to better them; the fresh ones came
 * after that and bettered nothing. `READING_FAILURES=1` lists what is misread.
 */
export async function reading(): Promise<Section[]> {
  const scores: Scores = new Map();
  const labelled = repliesIn("labelled");
  for (const { language, index, reply } of labelled)
    judge(scores, language, reply, index % 2 === 0 ? "seen" : "kept back");
  for (const set of ["blind", "fresh"] as const)
    for (const { language, reply } of repliesIn(set)) judge(scores, language, reply, set);
  const { seconds } = await time(() => {
    for (let round = 0; round < ROUNDS; round++)
      for (const { reply } of labelled) readReply(reply.text, SETTING);
  });
  const rows = [...scores]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([what, score]) => ({
      what,
      measured: `${share(score.seen)}${share(score["kept back"])}${share(score.blind)}${share(score.fresh)}`,
    }));
  return [
    { title: "replies understood: half seen, half kept back, blind, fresh", rows },
    {
      title: "replies read",
      rows: [{ what: "a sentence each", measured: perSecond(ROUNDS * labelled.length, seconds) }],
    },
  ];
}

function repliesIn(folder: string): { language: string; index: number; reply: Labelled }[] {
  const url = new URL(`${folder}/`, TESTS);
  return readdirSync(url).flatMap((file) => {
    const replies: Labelled[] = JSON.parse(readFileSync(new URL(file, url), "utf8"));
    return replies.map((reply, index) => ({ language: file.replace(".json", ""), index, reply }));
  });
}

function judge(scores: Scores, language: string, reply: Labelled, set: Set): void {
  const read = readReply(reply.text, SETTING);
  const isPromise = reply.kind === "promise";
  const verdicts: [name: string, isRight: boolean][] = [
    ["all", read.kind === reply.kind],
    [reply.kind, read.kind === reply.kind],
    ...(isPromise
      ? ([
          ["promise, day", said(read).on === (reply.on ?? null)],
          ["promise, amount", said(read).amount === (reply.amount ?? null)],
        ] as [string, boolean][])
      : []),
  ];
  for (const [name, isRight] of verdicts) {
    count(scores, `${language}  ${name}`, set, isRight);
    count(scores, `all ${name}`, set, isRight);
  }
  if (process.env.READING_FAILURES && verdicts.some(([, isRight]) => !isRight))
    console.log(`${language} ${set} ${JSON.stringify(reply)}: ${read.kind} ${JSON.stringify(said(read))}`);
}

function said({ promise }: ReadReply): { on: string | null; amount: string | null } {
  const on = promise?.on ?? null;
  const amount = promise?.amount ? [promise.amount, promise.currency].filter(Boolean).join(" ") : null;
  return { on: on === null ? null : formatCivilDay(on), amount };
}

function count(scores: Scores, name: string, set: Set, isRight: boolean): void {
  const empty = () => ({ right: 0, of: 0 });
  const score = scores.get(name) ?? { seen: empty(), "kept back": empty(), blind: empty(), fresh: empty() };
  scores.set(name, score);
  score[set].of++;
  if (isRight) score[set].right++;
}

function share({ right, of }: { right: number; of: number }): string {
  return (of ? `${right}/${of} ${Math.round((100 * right) / of)} %` : "-").padStart(16);
}
