import { readdir, readFile } from "node:fs/promises";
import type { GeneratedFile } from "./generate.ts";

const FOLDER = "src/db/migrations";

/** A Worker has no disk: the SQL that drizzle-kit wrote, as a module. */
export async function generateMigrations(): Promise<GeneratedFile> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith(".sql")).sort();
  const migrations = await Promise.all(
    names.map(async (name) => ({
      name: name.replace(".sql", ""),
      statements: (await readFile(`${FOLDER}/${name}`, "utf8"))
        .split("--> statement-breakpoint")
        .map((s) => s.trim()),
    })),
  );
  return {
    path: "src/db/migrations.generated.ts",
    content: `export const MIGRATIONS: { name: string; statements: string[] }[] = ${JSON.stringify(migrations, null, 2)};\n`,
  };
}
