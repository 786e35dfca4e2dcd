import { Command } from "commander";
import { migrate } from "../db/migrate.ts";
import type { CliContext } from "./context.ts";

export function migrateCommand(context: CliContext): Command {
  return new Command("migrate")
    .description("bring the database up to date; safe to repeat")
    .action(async () => {
      const { db, clock } = await context.services({
        createsDatabase: true,
        takesEmptyFile: true,
        migration: "none",
      });
      const applied = await migrate(db, clock());
      if (context.json) for (const migration of applied) context.out(JSON.stringify({ migration }));
      else
        context.out(
          applied.length > 0 ? `Applied: ${applied.join(", ")}.` : "Nothing to do: it is up to date.",
        );
    });
}
