import { chmod, chown, copyFile, realpath, rm, stat } from "node:fs/promises";
import { Command } from "commander";
import { readSettings } from "../config.ts";
import { withCopy } from "../db/backup.ts";
import { isDamage } from "../db/open.ts";
import { type Departure, findDepartures, requireUnused, type Since } from "../db/replaced.ts";
import { prepareRestored, type Restored } from "../reminders/operation/prepare-restored.ts";
import { takeOutcomes } from "../reminders/outcomes/take-outcomes.ts";
import { author } from "./author.ts";
import type { GroundContext } from "./context.ts";
import { databasePath } from "./database-file.ts";
import { BESIDE, putAway } from "./put-away.ts";
import { fileFault, withFileNamed } from "./read-json.ts";
import { count } from "./send-table.ts";
import { isThere, makeFile } from "./whole-file.ts";

const REMOTE =
  "a remote database is restored by its provider: `dunwell stop-all` first, then Turso's " +
  "`turso db create NEW --from-db NAME --timestamp 2026-03-31T09:00:00Z`, `dunwell stop-all` on the new one, and DATABASE_URL to it";
const MOST_SHOWN = 20;
const NOTHING_LEFT: Since = { reminders: [], notices: [], outcomes: { reminders: [], notices: [] } };

type Options = { replace?: boolean; despiteBrokenLedger?: boolean; author?: string };
type Done = Restored & { file: string; database: string; kept: string | null; left: Since | null };

export function restoreCommand(context: GroundContext): Command {
  return new Command("restore")
    .description(
      "put a backup in the place of the embedded database, checked and brought up to date; everything is stopped then",
    )
    .argument("<file>", "the backup, which stays as it is")
    .option("--replace", "put a database that is there away, beside it under a dated name")
    .option("--despite-broken-ledger", "restore what was changed behind everybody's back too")
    .option("--author <name>", "who restores, for the record")
    .action((file: string, options: Options) => restore(context, file, options));
}

async function restore(context: GroundContext, file: string, options: Options): Promise<void> {
  const database = databasePath(readSettings(context.environment).DATABASE_URL);
  if (database === null) return context.fail(REMOTE);
  await requireBackup(context, file, database);
  let done: Done | undefined;
  const place = {
    replaces: options.replace ?? false,
    advice: "--replace puts it away beside, under a dated name",
  };
  await makeFile(database, place, async (temporary) => {
    const restored = await prepare(context, { file, temporary, options });
    const isReplaced = await isThere(database);
    if (isReplaced) await requireUnused(database);
    const left = isReplaced ? await findDepartures(database, restored.takenAt) : NOTHING_LEFT;
    if (left) await takeOver(context, { temporary, left, author: author(options.author) });
    if (isReplaced) await takeOwner(temporary, database);
    done = { ...restored, file, database, left, kept: await putAway(database, context.clock()) };
  });
  if (context.json) context.out(JSON.stringify(toJson(done!)));
  else for (const line of toLines(done!)) context.out(line);
}

async function requireBackup(context: GroundContext, file: string, database: string): Promise<void> {
  const found = await stat(file).catch((error) => {
    throw fileFault(file, error);
  });
  if (!found.isFile()) context.fail(`${file} is a folder, not a file`);
  if (found.size === 0) context.fail(`${file} is empty`);
  const target = await realpath(database).catch(() => null);
  if (target === (await realpath(file))) context.fail(`${file} is the database itself, not a backup of it`);
}

/** The backup is never worked on itself; a mere copy of a running database may have a log beside it that is part of it. */
async function prepare(
  context: GroundContext,
  { file, temporary, options }: { file: string; temporary: string; options: Options },
): Promise<Restored> {
  if (context.isTerminal) context.note(`Checking ${file} …`);
  try {
    await copyFile(file, temporary);
    if (await isThere(`${file}-wal`)) await copyFile(`${file}-wal`, `${temporary}-wal`);
    const told = {
      author: author(options.author),
      despiteBrokenLedger: options.despiteBrokenLedger ?? false,
    };
    return await withFileNamed(file, () =>
      withCopy(temporary, (db) => prepareRestored({ db, clock: context.clock }, told)),
    );
  } catch (error) {
    if (isDamage(error)) return context.fail(`${file} is damaged or is no database`);
    throw error;
  } finally {
    await tidy(temporary);
  }
}

/** What the replaced database knows of what was under way when the backup was taken. */
async function takeOver(
  { clock }: GroundContext,
  { temporary, left, author }: { temporary: string; left: Since; author: string },
): Promise<void> {
  await withCopy(temporary, (db) => takeOutcomes({ db, clock }, left.outcomes, author));
  await tidy(temporary);
}

async function tidy(temporary: string): Promise<void> {
  for (const ending of BESIDE) await rm(temporary + ending, { force: true });
}

/** Whoever could use the database that was there has to be able to use this one. */
async function takeOwner(temporary: string, database: string): Promise<void> {
  const { mode, uid, gid } = await stat(database);
  await chmod(temporary, mode);
  await chown(temporary, uid, gid).catch(() => undefined);
}

function toJson({ file, database, takenAt, migrated, ledger, kept, left }: Done) {
  const { invoices, entries, broken } = ledger;
  const taken = new Date(takenAt).toISOString();
  const checked = { invoices, entries, broken };
  return {
    file,
    database,
    taken_at: taken,
    migrated,
    ledger: checked,
    stopped: true,
    kept,
    left_since: left?.reminders ?? null,
    notices_left_since: left?.notices ?? null,
  };
}

function toLines(done: Done): string[] {
  const { file, database, takenAt, migrated, ledger, kept } = done;
  const { entries, invoices, first } = ledger;
  const taken = new Date(takenAt).toISOString();
  const chain = first
    ? `the ledger is broken for ${count(ledger.broken, "invoice")}`
    : `the ledger holds, ${entries} entries of ${count(invoices, "invoice")}`;
  const updated = migrated.length > 0 ? `; ${count(migrated.length, "migration")} applied` : "";
  return [
    `${database} is restored from ${file}, as of ${taken}: ${chain}${updated}.`,
    ...(kept ? [`What was there is kept as ${kept}.`] : []),
    ...tellLeft(done),
    "Everything is stopped, so that nothing leaves twice: enter what was sent, paid and promised since, then `dunwell resume-all`.",
  ];
}

function tellLeft({ left, kept }: Done): string[] {
  if (left === null)
    return ["The database that was there cannot be read: what left since then, its mail provider knows."];
  if (kept === null) return [];
  const { reminders, notices } = left;
  if (reminders.length + notices.length === 0)
    return ["Nothing left since then, by the database that was there."];
  const waive = "`dunwell waive INVOICE --stage STAGE` keeps each from leaving again";
  return [
    ...listLeft(reminders, `${count(reminders.length, "reminder")} left since then; ${waive}:`),
    ...listLeft(
      notices.map((notice) => ({ ...notice, stage: notice.kind })),
      `${count(notices.length, "notice")} left since then, or may have; those that were planned are cancelled:`,
    ),
  ];
}

function listLeft(
  left: Pick<Departure, "date" | "stage" | "customer" | "invoices">[],
  heading: string,
): string[] {
  if (left.length === 0) return [];
  const lines = left.slice(0, MOST_SHOWN).map(({ date, stage, customer, invoices }) => {
    return `  ${date}  ${stage}  ${invoices.join(", ")}  ${customer}`;
  });
  const more = left.length > MOST_SHOWN ? [`  and ${left.length - MOST_SHOWN} more; --json lists them`] : [];
  return [heading, ...lines, ...more];
}
