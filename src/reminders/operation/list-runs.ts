import { listRuns, type RunRecord } from "../../db/run-list.ts";
import type { Services } from "../../services.ts";

const LISTED = 20;

/** A tick as it is shown. An `unfinished` one was killed, or is still under way. */
export type RunLine = {
  run: string;
  state: "done" | "failed" | "unfinished";
  started_at: string;
  finished_at: string | null;
  seconds: number | null;
  sent: number;
  counts: Record<string, number>;
  left: number;
  failed: number;
  error: string | null;
};

/** The last 20 ticks, the newest first. */
export async function recentRuns({ db }: Pick<Services, "db">): Promise<RunLine[]> {
  return (await listRuns(db, LISTED)).map(toLine);
}

function toLine({ id, startedAt, finishedAt, counts, sent, left, failed, error }: RunRecord): RunLine {
  return {
    run: id,
    state: finishedAt === null ? "unfinished" : error === null ? "done" : "failed",
    started_at: new Date(startedAt).toISOString(),
    finished_at: finishedAt === null ? null : new Date(finishedAt).toISOString(),
    seconds: finishedAt === null ? null : Math.max(0, finishedAt - startedAt) / 1000,
    sent,
    counts,
    left,
    failed,
    error,
  };
}
