import { html } from "hono/html";
import { LONGEST_NAME, takeEmail } from "../../../domain/taken.ts";
import { AppError } from "../../../errors.ts";
import { proposeContact } from "../../../reminders/agreements/propose-contact.ts";
import { inputField } from "../../pages/debtor/fields.ts";
import { one } from "../filled.ts";
import { createReader } from "../reader.ts";
import type { Way } from "../way.ts";

type Draft = { person: string; email: string };

export const contactWay: Way<Draft> = {
  name: "contact",
  fields: /^(person|email)$/,
  isOpen: () => true,

  start: () => new Map(),

  read(filled, page) {
    const reader = createReader(filled, page);
    const person = reader.text("person", LONGEST_NAME);
    if (person === "") reader.wrong("person", "page.mistake.person");
    const email = readEmail(one(filled, "email").normalize("NFKC"));
    if (!email) reader.wrong("email", "page.mistake.email", { like: "name@company.example" });
    const { mistakes } = reader;
    if (mistakes.length > 0) return { mistakes };
    return { draft: { person: person!, email: email! } };
  },

  form(filled, { words }, mistakes) {
    const state = { filled, mistakes, words };
    const attributes = html`autocomplete="off" maxlength="${LONGEST_NAME}"`;
    return html`${inputField(state, { name: "person", label: words.say("page.contact.name"), attributes })}
      ${inputField(state, {
        name: "email",
        type: "email",
        label: words.say("page.contact.email"),
        attributes: html`autocomplete="off" spellcheck="false"`,
      })}`;
  },

  understood: ({ person, email }, { words }) => ({
    said: [words.say("page.contact.said", { name: person, email })],
    notes: [words.say("page.contact.note")],
  }),

  async perform(services, { person, email }, { page }) {
    const { customerId } = page.account;
    await proposeContact(services, { customerId, name: person, email, author: "debtor" });
    return page.words.say("page.contact.done", { name: person });
  },
};

function readEmail(text: string): string | undefined {
  try {
    return takeEmail(text);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
