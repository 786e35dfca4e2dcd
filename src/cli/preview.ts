import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import {
  type MailPreview,
  PREVIEW_LOCALES,
  PREVIEW_NOTICES,
  PREVIEW_STAGES,
  previewLetters,
  previewNotices,
} from "../email/preview.ts";
import { AppError } from "../errors.ts";
import type { CliContext } from "./context.ts";
import { count } from "./send-table.ts";

type Options = { stage?: string; notice?: string; locale?: string; out: string };

export function previewCommand(context: CliContext): Command {
  return new Command("preview")
    .description("write the mails with sample facts: .html, .txt and the raw message as .eml")
    .option("--stage <stage>", `one of ${PREVIEW_STAGES.join(", ")}`, stageArgument)
    .option(
      "--notice <kind>",
      `one of ${PREVIEW_NOTICES.join(", ")}; with neither all letters and notices`,
      noticeArgument,
    )
    .option("--locale <locale>", `one of ${PREVIEW_LOCALES.join(", ")}; without it all`, localeArgument)
    .option("--out <folder>", "where to write them", "preview")
    .action((options: Options) => run(context, options));
}

function stageArgument(text: string): string {
  return choose(PREVIEW_STAGES, text.replaceAll("-", "_"));
}

function noticeArgument(text: string): string {
  return choose(PREVIEW_NOTICES, text.replaceAll("-", "_"));
}

function localeArgument(text: string): string {
  return choose(PREVIEW_LOCALES, text);
}

function choose(names: string[], text: string): string {
  const chosen = names.find((name) => name.toLowerCase() === text.toLowerCase());
  if (chosen) return chosen;
  throw new InvalidArgumentError(`It must be one of ${names.join(", ")}.`);
}

async function run(context: CliContext, options: Options): Promise<void> {
  const { locale, out } = options;
  await writing(out, () => mkdir(out, { recursive: true }));
  let mails = 0;
  for (const oneLocale of locale ? [locale] : PREVIEW_LOCALES) {
    for (const mail of mailsOf(options, oneLocale)) {
      mails++;
      await writeMail(context, { folder: out, locale: oneLocale, mail });
    }
  }
  if (!context.json) context.out(`${count(mails, "mail")} in ${out}`);
}

function mailsOf({ stage, notice }: Options, locale: string): MailPreview[] {
  const all = !stage && !notice;
  const stages = stage ? [stage] : all ? PREVIEW_STAGES : [];
  const kinds = notice ? [notice] : all ? PREVIEW_NOTICES : [];
  return [
    ...stages.flatMap((one) => previewLetters({ stage: one, locale })),
    ...kinds.flatMap((kind) => previewNotices({ kind, locale })),
  ];
}

async function writeMail(
  context: CliContext,
  input: { folder: string; locale: string; mail: MailPreview },
): Promise<void> {
  const { folder, locale, mail } = input;
  const base = join(folder, `${mail.name}.${locale}`);
  const files = { html: `${base}.html`, text: `${base}.txt`, raw: `${base}.eml` };
  await writing(folder, async () => {
    await writeFile(files.html, mail.html);
    await writeFile(files.text, mail.text);
    await writeFile(files.raw, mail.raw);
  });
  if (context.json)
    context.out(JSON.stringify({ letter: mail.name, locale, subject: mail.subject, ...files }));
  else context.out(`${files.html}  ${mail.subject}`);
}

async function writing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  return work().catch((error: NodeJS.ErrnoException) => {
    throw new AppError("invalid", `the mails cannot be written to ${folder} (${error.code})`, {
      cause: error,
    });
  });
}
