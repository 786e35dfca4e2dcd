import { readdir, readFile } from "node:fs/promises";
import mjml2html from "mjml";
import type { GeneratedFile } from "./generate.ts";

const FOLDER = "emails";
/** Not a stage's letter: what surrounds the others, and what every notice is. */
const OTHER_FILES = ["layout.mjml", "notice.mjml"];

/** Letters compiled from MJML, their text twins and the words of every locale, as a module: a Worker has neither disk nor compiler. */
export async function generateEmails(): Promise<GeneratedFile> {
  const parts = await readParts();
  const names = (await readdir(FOLDER)).filter(
    (name) => name.endsWith(".mjml") && !OTHER_FILES.includes(name),
  );
  const templates: Record<string, Template> = {};
  for (const file of names.sort()) {
    const name = file.replace(".mjml", "");
    templates[name] = await template(name, parts);
  }
  return {
    path: "src/email/templates.generated.ts",
    content: [
      `export const TEMPLATES = ${JSON.stringify(templates, null, 2)};`,
      "export type TemplateName = keyof typeof TEMPLATES;",
      `export const NOTICE_TEMPLATE = ${JSON.stringify(await template("notice", parts), null, 2)};`,
      `export const WORDS = ${JSON.stringify(await readWords(), null, 2)};\n`,
    ].join("\n\n"),
  };
}

type Template = { html: string; text: string };

async function template(name: string, parts: Map<string, string>): Promise<Template> {
  return {
    html: await compile(await assemble({ name, extension: "mjml", parts })),
    text: await assemble({ name, extension: "txt", parts }),
  };
}

async function readParts(): Promise<Map<string, string>> {
  const files = await readdir(`${FOLDER}/parts`);
  const read = async (file: string) => [file, await readFile(`${FOLDER}/parts/${file}`, "utf8")] as const;
  return new Map(await Promise.all(files.map(read)));
}

type Source = { name: string; extension: string; parts: Map<string, string> };

async function assemble({ name, extension, parts }: Source): Promise<string> {
  const layout = await readFile(`${FOLDER}/layout.${extension}`, "utf8");
  const letter = await readFile(`${FOLDER}/${name}.${extension}`, "utf8");
  const insert = (text: string): string =>
    text.replace(/\{\{> ([\w-]+)\}\}\n?/g, (_, part: string) => {
      const content = part === "letter" ? letter : parts.get(`${part}.${extension}`);
      if (content === undefined) throw new Error(`emails/parts/${part}.${extension} does not exist`);
      return insert(content);
    });
  return insert(layout);
}

async function compile(mjml: string): Promise<string> {
  const { html, errors } = await mjml2html(mjml, {
    minify: true,
    minifyOptions: { minifyCss: false },
    keepComments: false,
    validationLevel: "strict",
  });
  if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join("\n"));
  return squeeze(html);
}

const BLOCK = "!|/?(?:html|head|meta|title|style|body|div|table|tbody|tr|td|th|p|h1|h2)\\b";

function squeeze(html: string): string {
  return html
    .replace(/<style[^>]*>[^<]*/g, (css) => css.replace(/\s+/g, " ").replace(/ ?([{}:;,>]) ?/g, "$1"))
    .replace(/\s+/g, " ")
    .replace(new RegExp(`> (?=<(?:${BLOCK}))`, "g"), ">")
    .replace(new RegExp(`(<(?:${BLOCK})[^>]*>) (?=[^ ])`, "g"), "$1");
}

async function readWords(): Promise<Record<string, Record<string, string>>> {
  const files = (await readdir(`${FOLDER}/words`)).filter((file) => file.endsWith(".json")).sort();
  const words: Record<string, Record<string, string>> = {};
  for (const file of files)
    words[file.replace(".json", "")] = JSON.parse(await readFile(`${FOLDER}/words/${file}`, "utf8"));
  return words;
}
