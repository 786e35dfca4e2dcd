import { type DefaultTreeAdapterTypes, parse } from "parse5";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

export type ReadHtml = { errors: string[]; elements: Element[]; text: string };

/** A letter's HTML as a browser reads it: mistakes, elements and visible text. */
export function readHtml(html: string): ReadHtml {
  const errors: string[] = [];
  const document = parse(html, {
    onParseError: ({ code, startLine }) => errors.push(`${code} in line ${startLine}`),
  });
  const elements: Element[] = [];
  let text = "";
  const visit = (node: Node) => {
    if (node.nodeName === "#text") text += (node as DefaultTreeAdapterTypes.TextNode).value;
    if ("tagName" in node) elements.push(node);
    if (node.nodeName !== "style" && "childNodes" in node) for (const child of node.childNodes) visit(child);
  };
  visit(document);
  return { errors, elements, text: text.replace(/[\u00a0\u202f]/g, " ") };
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

/** The addresses of all links, in order. */
export function linksIn({ elements }: ReadHtml): string[] {
  return elements.filter(({ tagName }) => tagName === "a").map((element) => attribute(element, "href") ?? "");
}
