import PostalMime from "postal-mime";
import { expect, it } from "vitest";
import { previewLetters } from "../../src/email/preview.ts";
import { LOCALES } from "./every-letter.ts";

it.each(LOCALES)("previews every stage of the standard policy in %s as it would be sent", async (locale) => {
  for (const stage of ["pre_due", "overdue_3", "overdue_30", "formal_notice"]) {
    const letters = previewLetters({ stage, locale });
    expect(new Set(letters.map(({ name }) => name)).size).toBe(letters.length);
    for (const { name, subject, html, raw } of letters) {
      const message = await PostalMime.parse(raw);
      expect(name).toMatch(/^[\w.-]+$/);
      expect(message.subject).toBe(subject);
      expect(message.html!.trim()).toBe(html.trim());
    }
  }
});

it("names the stages there are when asked for another", () => {
  expect(() => previewLetters({ stage: "lawsuit", locale: "en" })).toThrow(
    'there is no stage "lawsuit" to preview: choose one of formal_notice, overdue_3, overdue_30, pre_due',
  );
});
