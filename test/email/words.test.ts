import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { TEMPLATES, WORDS } from "../../src/email/templates.generated.ts";

const ENGLISH: Record<string, string> = WORDS.en;

describe.each(Object.entries<Record<string, string>>(WORDS))("the words in %s", (locale, words) => {
  it("are as many as in English, none of them empty", () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(ENGLISH).sort());
    for (const message of Object.values(words)) expect(message.trim()).not.toBe("");
  });

  it("are messages that can be read, with the arguments that English has or fewer", () => {
    for (const [key, message] of Object.entries(words)) {
      const used = argumentsOf(message, words.format!);
      const known = new Set([...argumentsOf(ENGLISH[key]!, "en"), ...SENTENCE_ARGUMENTS]);
      expect(
        [...used].filter((name) => !known.has(name)),
        `${locale} ${key}`,
      ).toEqual([]);
    }
  });
});

// Given to every sentence; a language may need others of them than English does.
const SENTENCE_ARGUMENTS = ["count", "hasContact", "contact", "debtor", "creditor"];

it("has every word that a template sets in", () => {
  for (const { html, text } of Object.values(TEMPLATES)) {
    for (const [, key] of `${html}${text}`.matchAll(/\[\[([\w.]+)\]\]/g)) {
      expect(ENGLISH[key!], key).toBeDefined();
      expect(argumentsOf(ENGLISH[key!]!, "en").size, key).toBe(0);
    }
  }
});

it("escapes all that a template fills in", () => {
  for (const { html } of Object.values(TEMPLATES)) expect(html).not.toMatch(/\{\{\{|\{\{&/);
});

function argumentsOf(message: string, locale: string): Set<string> {
  const names = new Set<string>();
  const visit = (elements: unknown[]) => {
    for (const element of elements as {
      type: number;
      value?: string;
      options?: Record<string, { value: unknown[] }>;
    }[]) {
      if (element.type !== LITERAL && element.type !== POUND) names.add(element.value!);
      for (const option of Object.values(element.options ?? {})) visit(option.value);
    }
  };
  visit(new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst());
  return names;
}

const LITERAL = 0;
const POUND = 7;
