export type Family = { type: string; help: string; samples: Map<string, number> };

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\\\|\\"|\\n)*)"(?:,|$)/;

/**
 * Reads Prometheus' text format 0.0.4 and takes nothing for granted: every family has its HELP, its TYPE and at least one sample, in that
 * order and in one place; no family or sample comes twice; the last line ends. Throws with the line that is wrong.
 */
export function parseExposition(text: string): Map<string, Family> {
  if (!text.endsWith("\n")) throw new Error("the last line does not end");
  const families = new Map<string, Family>();
  for (const line of text.slice(0, -1).split("\n")) {
    const [name, family] = [...families].at(-1) ?? [];
    const [, keyword, of = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (keyword === "HELP") {
      if (family?.samples.size === 0) throw new Error(`${name} has no sample`);
      if (families.has(of)) throw new Error(`${of} comes twice`);
      families.set(requireName(of), { type: "", help: requireEscapes(rest), samples: new Map() });
    } else if (keyword === "TYPE") {
      if (!family || name !== of || family.type !== "") throw new Error(`out of place: ${line}`);
      family.type = requireType(of, rest);
    } else {
      const sample = parseSample(line);
      if (!family?.type || name !== sample.name) throw new Error(`out of place: ${line}`);
      if (family.samples.has(sample.labels)) throw new Error(`comes twice: ${line}`);
      family.samples.set(sample.labels, sample.value);
    }
  }
  const [name, last] = [...families].at(-1) ?? [];
  if (last?.samples.size === 0) throw new Error(`${name} has no sample`);
  return families;
}

function parseSample(line: string): { name: string; labels: string; value: number } {
  const [, name, labels, value] = SAMPLE.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new Error(`no sample: ${JSON.stringify(line)}`);
  if (!/^[+-]?(\d+(\.\d+)?(e[+-]?\d+)?|Inf)$|^NaN$/i.test(value)) throw new Error(`no number: ${line}`);
  return { name, labels: parseLabels(labels ?? ""), value: Number(value) };
}

function parseLabels(text: string): string {
  const seen: string[] = [];
  for (let rest = text; rest !== ""; ) {
    const [whole, name, value] = LABEL.exec(rest) ?? [];
    if (whole === undefined || seen.some((label) => label.startsWith(`${name}=`)))
      throw new Error(`no labels: ${text}`);
    seen.push(`${name}=${value}`);
    rest = rest.slice(whole.length);
  }
  return seen.sort().join(",");
}

function requireName(name: string): string {
  if (NAME.test(name)) return name;
  throw new Error(`no name: ${name}`);
}

function requireType(name: string, type: string): string {
  if (type !== "counter" && type !== "gauge") throw new Error(`no type known here: ${type}`);
  if ((type === "counter") !== name.endsWith("_total"))
    throw new Error(`${name} is named unlike a ${type} is`);
  return type;
}

function requireEscapes(help: string): string {
  if (/^(?:[^\\]|\\\\|\\n)*$/.test(help)) return help;
  throw new Error(`not escaped: ${help}`);
}
