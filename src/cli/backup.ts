import { chmod, stat } from "node:fs/promises";
import { Command } from "commander";
import { readSettings } from "../config.ts";
import { copyDatabase } from "../db/backup.ts";
import type { GroundContext } from "./context.ts";
import { databasePath } from "./database-file.ts";
import { count } from "./send-table.ts";
import { makeFile } from "./whole-file.ts";

const REMOTE =
  "a remote database is backed up by its provider: Turso keeps every moment of the last days, " +
  "`turso db create COPY --from-db NAME --timestamp 2026-03-31T09:00:00Z` brings one back, `turso db export NAME` makes a file";

export function backupCommand(context: GroundContext): Command {
  return new Command("backup")
    .description(
      "copy the embedded database into a file, as one moment has it; `dunwell serve` may go on meanwhile",
    )
    .argument("<file>", "the file to make; one that is there is never replaced")
    .action((file: string) => backup(context, file));
}

async function backup(context: GroundContext, file: string): Promise<void> {
  const { DATABASE_URL: url } = readSettings(context.environment);
  const source = databasePath(url);
  if (source === null) return context.fail(REMOTE);
  const { db, clock } = await context.services({ migration: "none" });
  const at = clock();
  let migrations: string[] = [];
  await makeFile(file, { replaces: false, advice: "a backup replaces nothing" }, async (temporary) => {
    migrations = await copyDatabase(db, temporary, at);
    await chmod(temporary, (await stat(source)).mode);
  });
  const { size } = await stat(file);
  const taken = new Date(at).toISOString();
  if (context.json) return context.out(JSON.stringify({ file, bytes: size, at: taken, migrations }));
  const through = `${count(migrations.length, "migration")} through ${migrations.at(-1)}`;
  context.out(`${file}: ${size} bytes, as of ${taken}, ${through}.`);
}
