import { type DefaultTreeAdapterMap, parse } from "parse5";

type Node = DefaultTreeAdapterMap["node"];
type Element = DefaultTreeAdapterMap["element"];

/** A form as a browser would send it untouched. */
export type Form = { action: string; fields: [name: string, value: string][] };

/** The first form of a page. Throws where there is none. */
export function formOf(html: string): Form {
  const form = elementsOf(parse(html)).find(({ tagName }) => tagName === "form");
  if (!form) throw new Error(`no form in: ${html.replace(/^.*<main/s, "").slice(0, 500)}`);
  const fields = elementsOf(form).flatMap((element) => fieldOf(element));
  return { action: attribute(form, "action") ?? "", fields };
}

/** Where the links of a page lead. */
export function linksOf(html: string): string[] {
  return elementsOf(parse(html)).flatMap((element) =>
    element.tagName === "a" ? [attribute(element, "href") ?? ""] : [],
  );
}

/** The text of a page's main part, as somebody reads it. */
export function textOf(html: string): string {
  const main = elementsOf(parse(html)).find(({ tagName }) => tagName === "main")!;
  return textIn(main).replace(/\s+/g, " ").trim();
}

function textIn(node: Node): string {
  if (node.nodeName === "#text") return (node as DefaultTreeAdapterMap["textNode"]).value;
  return "childNodes" in node && node.nodeName !== "script" ? node.childNodes.map(textIn).join(" ") : "";
}

function elementsOf(node: Node): Element[] {
  const children = "childNodes" in node ? node.childNodes.flatMap(elementsOf) : [];
  return "tagName" in node ? [node, ...children] : children;
}

function fieldOf(element: Element): [string, string][] {
  const [name, type] = [attribute(element, "name"), attribute(element, "type")];
  if (!name || element.tagName === "button" || type === "file") return [];
  if (element.tagName === "textarea") return [[name, textIn(element)]];
  if (element.tagName !== "input") return [];
  const isChoice = type === "radio" || type === "checkbox";
  if (isChoice && attribute(element, "checked") === undefined) return [];
  return [[name, attribute(element, "value") ?? ""]];
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}
