import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { PREVIEW_LOCALES, PREVIEW_STAGES, previewLetters } from "../email/preview.ts";
import { AppError } from "../errors.ts";
import type { CliContext } from "./context.ts";
import { count } from "./send-table.ts";

type Options = { stage?: string; locale?: string; out: string };

export function previewCommand(context: CliContext): Command {
  return new Command("preview")
    .description("write the letters with sample facts: .html, .txt and the raw message as .eml")
    .option("--stage <stage>", `one of ${PREVIEW_STAGES.join(", ")}; without it all`, stageArgument)
    .option("--locale <locale>", `one of ${PREVIEW_LOCALES.join(", ")}; without it all`, localeArgument)
    .option("--out <folder>", "where to write them", "preview")
    .action((options: Options) => run(context, options));
}

function stageArgument(text: string): string {
  return choose(PREVIEW_STAGES, text.replaceAll("-", "_"));
}

function localeArgument(text: string): string {
  return choose(PREVIEW_LOCALES, text);
}

function choose(names: string[], text: string): string {
  const chosen = names.find((name) => name.toLowerCase() === text.toLowerCase());
  if (chosen) return chosen;
  throw new InvalidArgumentError(`It must be one of ${names.join(", ")}.`);
}

async function run(context: CliContext, { stage, locale, out }: Options): Promise<void> {
  await writing(out, () => mkdir(out, { recursive: true }));
  let letters = 0;
  for (const oneStage of stage ? [stage] : PREVIEW_STAGES) {
    for (const oneLocale of locale ? [locale] : PREVIEW_LOCALES) {
      for (const letter of previewLetters({ stage: oneStage, locale: oneLocale })) {
        letters++;
        await writeLetter(context, { folder: out, locale: oneLocale, letter });
      }
    }
  }
  if (!context.json) context.out(`${count(letters, "letter")} in ${out}`);
}

async function writeLetter(
  context: CliContext,
  input: { folder: string; locale: string; letter: ReturnType<typeof previewLetters>[number] },
): Promise<void> {
  const { folder, locale, letter } = input;
  const base = join(folder, `${letter.name}.${locale}`);
  const files = { html: `${base}.html`, text: `${base}.txt`, raw: `${base}.eml` };
  await writing(folder, async () => {
    await writeFile(files.html, letter.html);
    await writeFile(files.text, letter.text);
    await writeFile(files.raw, letter.raw);
  });
  if (context.json)
    context.out(JSON.stringify({ letter: letter.name, locale, subject: letter.subject, ...files }));
  else context.out(`${files.html}  ${letter.subject}`);
}

async function writing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  return work().catch((error: NodeJS.ErrnoException) => {
    throw new AppError("invalid", `the letters cannot be written to ${folder} (${error.code})`, {
      cause: error,
    });
  });
}
