import { html } from "hono/html";
import type { ApiDescription } from "../openapi.ts";
import { type Html, layout } from "./layout.ts";

type Operation = NonNullable<NonNullable<ApiDescription["paths"]>[string]["get"]>;
type Schema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  description?: string;
  example?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
};
type Parameter = { name: string; in: string; required?: boolean; schema?: Schema; description?: string };
type Content = { description?: string; content?: Record<string, { schema?: unknown }> };

const METHODS = ["get", "put", "post", "delete"] as const;

/** The API to read: the OpenAPI document as one page, without a script. */
export function docsPage(api: ApiDescription): Html {
  const operations = Object.entries(api.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => (item[method] ? [{ method, path, operation: item[method] }] : [])),
  );
  const section = ({ name, description }: { name: string; description?: string }) =>
    html`<section><h2>${name}</h2><p class="quiet">${description}</p>${operations
      .filter(({ operation }) => operation.tags?.includes(name))
      .map((one) => operationCard(api, one))}</section>`;
  return layout({
    title: "Dunwell API",
    lang: "en",
    top: html`<a href="/docs">Dunwell API</a>`,
    main: html`<h1>${api.info.title} API</h1>
      <div class="card"><p>${api.info.description}</p>
      <p>Send the key as <code>Authorization: Bearer …</code>. Without the setting <code>API_KEY</code>, only direct callers on the
      same machine are answered. The same as data: <a href="/openapi.json">openapi.json</a>.</p></div>
      ${(api.tags ?? []).map(section)}`,
  });
}

function operationCard(
  api: ApiDescription,
  one: { method: string; path: string; operation: Operation },
): Html {
  const { method, path, operation } = one;
  const parameters = (operation.parameters ?? []) as Parameter[];
  return html`<details class="card" id="${operationId(method, path)}">
    <summary><span class="method">${method.toUpperCase()}</span> <code>${path}</code>
      <div class="quiet small">${operation.summary}</div></summary>
    ${operation.description ? html`<p>${prose(operation.description)}</p>` : ""}
    ${parameters.length > 0 ? html`<h3>Parameters</h3>${parameters.map((parameter) => parameterRow(api, parameter))}` : ""}
    ${operation.requestBody ? html`<h3>Body</h3>${fields(api, schemaOf(operation.requestBody))}` : ""}
    ${answersOf(api, operation)}
  </details>`;
}

/** Each shape once, with the statuses that carry it; problems are the same everywhere and said in a sentence. */
function answersOf(api: ApiDescription, operation: Operation): Html {
  const titles = new Map<string, string[]>();
  const { default: problem, ...answers } = operation.responses as Record<string, Content>;
  for (const [status, answer] of Object.entries(answers)) {
    const shape = JSON.stringify(schemaOf(answer));
    titles.set(shape, [...(titles.get(shape) ?? []), `${status} ${answer.description}`]);
  }
  return html`${[...titles].map(
    ([shape, said]) => html`<h3>${said.join(" · ")}</h3>${fields(api, JSON.parse(shape))}`,
  )}
    <h3>Otherwise</h3><p class="small quiet">${prose(problem?.description)}</p>`;
}

function schemaOf(content: unknown): Schema {
  return (Object.values((content as Content).content ?? {})[0]?.schema ?? {}) as Schema;
}

function operationId(method: string, path: string): string {
  return `${method}-${path.replace(/[^a-z]+/gi, "-").replace(/^-|-$/g, "")}`;
}

function parameterRow(
  api: ApiDescription,
  { name, in: place, required, schema, description }: Parameter,
): Html {
  return html`<dl><dt><code>${name}</code></dt><dd><span class="quiet">${place}${required ? ", required" : ""}, ${typeOf(api, schema ?? {})}</span>
    ${prose(description ?? schema?.description)}</dd></dl>`;
}

function fields(api: ApiDescription, given: Schema): Html {
  const { properties = {}, required = [] } = resolve(api, given);
  return html`<dl>${Object.entries(properties).map(([name, property]) => {
    const schema = resolve(api, property);
    const inner = resolve(api, schema.items ?? schema);
    return html`<dt><code>${name}</code></dt>
      <dd><span class="quiet">${typeOf(api, property)}${required.includes(name) ? "" : ", optional"}</span>
      ${prose(schema.description)}${schema.example === undefined ? "" : html` <span class="quiet">e.g.</span> <code>${schema.example}</code>`}
      ${inner.properties ? html`<details><summary class="small">its fields</summary>${fields(api, inner)}</details>` : ""}</dd>`;
  })}</dl>`;
}

function typeOf(api: ApiDescription, given: Schema): string {
  const schema = resolve(api, given);
  if (schema.enum) return schema.enum.filter((value) => value !== null).join(" | ");
  const types = [schema.type ?? "any"].flat().filter((type) => type !== "null");
  if (types[0] === "array") return `list of ${typeOf(api, schema.items ?? {})}`;
  return schema.format ?? types.join(" | ");
}

/** Text with its `names` set as such. */
function prose(text = ""): Html[] {
  return text.split("`").map((part, index) => (index % 2 ? html`<code>${part}</code>` : html`${part}`));
}

/** The schema itself: references followed, a nullable or combined one reduced to its first part. */
function resolve(api: ApiDescription, schema: Schema): Schema {
  const name = schema.$ref?.split("/").at(-1);
  if (name) return resolve(api, (api.components?.schemas?.[name] ?? {}) as Schema);
  const part = schema.allOf ?? schema.anyOf;
  if (!part?.[0] || schema.properties) return schema;
  const { allOf: _, anyOf: __, ...own } = schema;
  const merged = Object.assign({}, ...part.map((one) => resolve(api, one)).reverse());
  return { ...merged, ...own };
}
